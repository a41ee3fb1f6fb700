"""Builders of people, programmes and tables, added and flushed; straight through the models, past every rule."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from coprod.actions.models import Action
from coprod.core.clock import today
from coprod.core.db import db, next_number
from coprod.people.models import Person, Side
from coprod.programmes.models import Phase, Programme, ProgrammeState
from coprod.workstreams.models import (
    CheckAnswer,
    Kind,
    Membership,
    MembershipState,
    Role,
    Seat,
    SeparationCheck,
    Workstream,
    WorkstreamState,
)

PHASES = ("Understand", "Explore", "Decide")


def keep(*things: Any) -> None:
    """Add these and flush, so that they have keys and the constraints have spoken."""
    db.session.add_all(things)
    db.session.flush()


def a_person(alias: str = "Robin", side: Side = Side.LIVED, **fields: Any) -> Person:
    """Somebody with an account."""
    person = Person(alias=alias, side=side, **fields)
    keep(person)
    return person


def a_professional(alias: str = "Sam", **fields: Any) -> Person:
    """Somebody who sits on the professional side."""
    return a_person(alias, Side.PROFESSIONAL, **fields)


def an_admin(alias: str = "Ada") -> Person:
    """A programme admin."""
    return a_professional(alias, is_admin=True)


def signed_off() -> dict[str, Any]:
    """What a programme needs before it goes live: who receives concerns, and which papers are signed."""
    return {
        "safeguarding_lead": a_professional("Lee"),
        "deputy_lead": a_professional("Dale"),
        "data_protection_signed_on": date(2025, 9, 1),
        "accessibility_statement_on": date(2025, 9, 1),
    }


def a_programme(name: str = "Born into Care", **fields: Any) -> Programme:
    """An active programme with its three phases; nobody is named to receive its concerns unless said."""
    chosen = {"partnership": "Blackpool", "state": ProgrammeState.ACTIVE} | fields
    programme = Programme(name=name, **chosen)
    programme.phases = [Phase(position=n, name=phase, content=f"{phase} it") for n, phase in enumerate(PHASES, 1)]
    keep(programme)
    return programme


def a_membership(
    stream: Workstream,
    person: Person,
    role: Role = Role.MEMBER,
    seat: Seat | None = None,
    state: MembershipState = MembershipState.JOINED,
) -> Membership:
    """A seat at this table: a mother's or a practitioner's unless said."""
    chosen = seat or (Seat.MOTHER if person.is_lived else Seat.PRACTITIONER)
    membership = Membership(workstream=stream, person=person, role=role, seat=chosen, state=state)
    keep(membership)
    return membership


def looked_at(membership: Membership, answer: CheckAnswer = CheckAnswer.TOGETHER) -> Membership:
    """The separation check of this place is made, so long ago that its answer counts; the own-case check is apart."""
    membership.asked_on = date(2025, 11, 3)
    check = {"checked_on": date(2025, 11, 4), "checked_by": an_admin("Checker")}
    membership.separation = SeparationCheck(answer=answer, **check)
    keep(membership)
    return membership


def a_stream(
    programme: Programme | None = None,
    name: str = "Practice models",
    *,
    facilitator: Person | None = None,
    members: Iterable[Person] = (),
    **fields: Any,
) -> Workstream:
    """An active workstream at which these people have joined."""
    stream = Workstream(
        **{"name": name, "state": WorkstreamState.ACTIVE, "programme": programme or a_programme()} | fields
    )
    keep(stream)
    if facilitator is not None:
        a_membership(stream, facilitator, Role.FACILITATOR, Seat.TEAM)
    for person in members:
        a_membership(stream, person)
    return stream


def a_steering_group(
    programme: Programme | None = None,
    *,
    chair: Person | None = None,
    members: Iterable[Person] = (),
    name: str = "Steering group",
    **fields: Any,
) -> Workstream:
    """The steering group, with its chair and its members joined."""
    group = a_stream(programme, name, members=members, kind=Kind.STEERING, **fields)
    if chair is not None:
        a_membership(group, chair, Role.CHAIR, Seat.LEADER)
    return group


def an_action(table: Workstream, owner: Person, what: str = "Ring the ward", **fields: Any) -> Action:
    """Something to do in the log of this table, with the next number there; agreed today and due today unless said."""
    given = {"due": today(), "opened_on": today()} | fields
    number = next_number(Action.number, Action.workstream_id == table.id)
    action = Action(workstream=table, owner=owner, what=what, number=number, **given)
    keep(action)
    return action
