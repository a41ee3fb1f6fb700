"""Which home somebody has, and which ways on they are shown."""

from collections.abc import Sequence
from enum import StrEnum

from coprod.people.models import Person
from coprod.workstreams.models import Kind, Membership, Role


class Home(StrEnum):
    """The four first pages there are."""

    STEERING = "steering"
    FACILITATOR = "facilitator"
    MEMBER = "member"
    ADMIN = "admin"


def home_of(person: Person, seats: Sequence[Membership]) -> Home:
    """Answer which first page suits somebody: what they run comes before what they sit in."""
    if runs_a_group(seats):
        return Home.FACILITATOR
    if is_on_steering(seats) and (chairs(seats) or not sits_in_a_group(seats)):
        return Home.STEERING
    return Home.ADMIN if person.is_admin and not seats else Home.MEMBER


def runs_a_group(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody facilitates any group."""
    return any(seat.role == Role.FACILITATOR for seat in seats)


def chairs(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody chairs a steering group."""
    return any(seat.role == Role.CHAIR for seat in seats)


def is_on_steering(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody sits on the steering group."""
    return any(seat.workstream.kind == Kind.STEERING for seat in seats)


def sits_in_a_group(seats: Sequence[Membership]) -> bool:
    """Answer whether somebody sits in any group that is not the steering group."""
    return any(seat.workstream.kind != Kind.STEERING for seat in seats)


def doing(seat: Membership) -> str:
    """Say in a few words what somebody does at a table."""
    verbs = {Role.FACILITATOR: "Runs", Role.CHAIR: "Chairs"}
    said = verbs.get(seat.role) or f"{seat.seat.value.capitalize()},"
    return f"{said} {seat.workstream.name}"
