"""Which first page somebody has, and what is said of their seats."""

from itertools import product

import pytest

from coprod.home.rules import Home, chairs, doing, home_of, is_on_steering, runs_a_group, sits_in_a_group
from coprod.people.models import Person, Side
from coprod.workstreams.models import Kind, Membership, Role, Seat, Workstream


def a_seat(kind=Kind.STREAM, role=Role.MEMBER, seat=Seat.PRACTITIONER):
    name = "Steering group" if kind == Kind.STEERING else "Practice models"
    return Membership(workstream=Workstream(name=name, kind=kind), role=role, seat=seat)


def at_steering(role=Role.MEMBER):
    return a_seat(Kind.STEERING, role)


PEOPLE = {
    "parent": Person(alias="Robin", side=Side.LIVED),
    "worker": Person(alias="Mo", side=Side.PROFESSIONAL),
    "admin": Person(alias="Lee", side=Side.PROFESSIONAL, is_admin=True),
}
SEATS = {
    "no seat": [],
    "a group": [a_seat()],
    "two groups": [a_seat(), a_seat(Kind.GROUP)],
    "runs a group": [a_seat(role=Role.FACILITATOR)],
    "runs one, sits in another": [a_seat(), a_seat(role=Role.FACILITATOR)],
    "runs a group, and steers": [at_steering(), a_seat(role=Role.FACILITATOR)],
    "runs a group, and chairs": [at_steering(Role.CHAIR), a_seat(role=Role.FACILITATOR)],
    "steers": [at_steering()],
    "chairs": [at_steering(Role.CHAIR)],
    "chairs, and sits in a group": [a_seat(), at_steering(Role.CHAIR)],
    "steers, and sits in a group": [a_seat(), at_steering()],
}
HOMES = {
    "a group": Home.MEMBER,
    "two groups": Home.MEMBER,
    "runs a group": Home.FACILITATOR,
    "runs one, sits in another": Home.FACILITATOR,
    "runs a group, and steers": Home.FACILITATOR,
    "runs a group, and chairs": Home.FACILITATOR,
    "steers": Home.STEERING,
    "chairs": Home.STEERING,
    "chairs, and sits in a group": Home.STEERING,
    "steers, and sits in a group": Home.MEMBER,
}


@pytest.mark.parametrize(("who", "where"), [*product(PEOPLE, SEATS)])
def test_home_is_what_one_runs_before_what_one_sits_in(who, where):
    without_a_seat = Home.ADMIN if who == "admin" else Home.MEMBER
    assert home_of(PEOPLE[who], SEATS[where], only_pays=False) == HOMES.get(where, without_a_seat)


def test_who_pays_people_and_sits_nowhere_begins_there() -> None:
    assert home_of(PEOPLE["worker"], SEATS["no seat"], only_pays=True) == Home.PAYMENTS
    assert home_of(PEOPLE["worker"], SEATS["a group"], only_pays=True) == Home.MEMBER
    assert home_of(PEOPLE["admin"], SEATS["no seat"], only_pays=True) == Home.ADMIN


def test_seats_say_what_somebody_does():
    assert [name for name, seats in SEATS.items() if chairs(seats)] == [
        "runs a group, and chairs",
        "chairs",
        "chairs, and sits in a group",
    ]
    assert [name for name, seats in SEATS.items() if runs_a_group(seats)] == [n for n in SEATS if n.startswith("runs")]
    assert not any(is_on_steering(SEATS[name]) for name in ("no seat", "a group", "two groups"))
    assert not any(sits_in_a_group(SEATS[name]) for name in ("no seat", "steers", "chairs"))


def test_what_somebody_does_is_said_in_a_few_words():
    assert doing(a_seat(role=Role.FACILITATOR, seat=Seat.TEAM)) == "Runs Practice models"
    assert doing(at_steering(Role.CHAIR)) == "Chairs Steering group"
    assert doing(a_seat(seat=Seat.MOTHER)) == "Mother, Practice models"
