"""How an order is made, how an area stands, and who may decide. No database."""

from datetime import date
from uuid import uuid4

import pytest

from coprod.areas import rules
from coprod.areas.models import Ordering, Place, Proposal, SetAside, Taken
from coprod.areas.rules import Area, Standing
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState
from coprod.people.models import Person, Side
from coprod.principles.models import Priority
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

TODAY = date(2025, 11, 17)
A, B, C, D = (uuid4() for _ in range(4))
PROGRAMME = uuid4()


def table(name="Mothers", state=WorkstreamState.ACTIVE, kind=Kind.GROUP, **fields) -> Workstream:
    given = {"id": uuid4(), "programme_id": PROGRAMME, "memberships": []} | fields
    return Workstream(name=name, state=state, kind=kind, **given)


def somebody(stream, role=None, state=MembershipState.JOINED, **fields) -> Person:
    person = Person(id=uuid4(), alias="Alex", side=Side.PROFESSIONAL, **({"is_admin": False} | fields))
    if role is not None:
        stream.memberships.append(
            Membership(id=uuid4(), person_id=person.id, person=person, role=role, state=state, seat=Seat.LEADER)
        )
    return person


def area(number=1, **fields) -> Area:
    return Area(
        Priority(id=uuid4(), number=number, wording="A map", programme_id=PROGRAMME), number, today=TODAY, **fields
    )


# --- Who may.


def test_the_chair_and_the_facilitators_of_the_steering_group_alone_decide():
    steering = table("Steering group", kind=Kind.STEERING)
    people = {role: somebody(steering, role) for role in Role}
    people["left chair"] = somebody(steering, Role.CHAIR, MembershipState.LEFT)
    people["admin"] = somebody(steering, is_admin=True)
    may = {who for who, person in people.items() if rules.may_lead(person, steering)}
    assert may == {Role.CHAIR, Role.FACILITATOR}
    assert [rules.sits_at(people[who], steering) for who in (Role.MEMBER, "admin")] == [True, False]
    steering.state = WorkstreamState.CLOSED
    assert rules.may_lead(people[Role.CHAIR], steering).reason == "This group is closed."
    assert rules.may_lead(people["admin"], steering).reason == "Only the chair or a facilitator can do this."


def test_areas_of_another_programme_are_nothing_to_this_group():
    steering = table(kind=Kind.STEERING)
    assert rules.belong_here([], steering).reason == "Choose one area or more."
    assert rules.belong_here([area().priority], steering)
    steering.programme_id = uuid4()
    assert rules.belong_here([area().priority], steering).reason == "This area belongs to another programme."


# --- The order.


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [A, B, C, D]),
        ({D: 1}, [D, A, B, C]),
        ({A: 4}, [B, C, D, A]),
        ({D: 1, A: 2}, [D, A, B, C]),
        ({A: 1, B: 2, C: 3, D: 4}, [A, B, C, D]),
        ({A: 3, B: 2, C: 3, D: 4}, [B, C, A, D]),
        ({A: 4, B: 3, C: 2, D: 1}, [D, C, B, A]),
    ],
)
def test_what_gets_another_number_stands_there_and_the_others_make_room(wanted, expected):
    assert rules.can_be_moved([A, B, C, D], wanted)
    assert rules.moved([A, B, C, D], wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({A: 0}, "Write a number from 1 to 3."),
        ({A: 4}, "Write a number from 1 to 3."),
        ({uuid4(): 1}, "Write a number from 1 to 3."),
        ({A: 3, B: 3}, "Two areas cannot stand in one place. Look at number 3."),
    ],
)
def test_numbers_that_make_no_order_are_told_why(wanted, why):
    assert rules.can_be_moved([A, B, C], wanted).reason == why


def test_what_a_writer_moved_is_what_she_did_not_read_there():
    assert rules.moved_by({A: 1, B: 3, C: 2}, {A: 1, B: 2, C: 2}) == {B: 3}
    assert rules.moved_by({D: 4}, {}) == {D: 4}


def test_only_the_first_order_may_change_nothing():
    last = Ordering(places=[Place(priority_id=A, place=1), Place(priority_id=B, place=2)])
    assert rules.says_something_new([A, B], None)
    assert rules.says_something_new([B, A], last)
    assert rules.says_something_new([A, B, C], last)
    assert rules.says_something_new([A, B], last).reason == "Nothing has moved. Write a new number beside an area."


def test_what_came_after_the_order_stands_behind_it():
    first, second, new = (Priority(id=uuid4(), number=n, wording="x") for n in (1, 2, 3))
    order = Ordering(places=[Place(priority_id=second.id, place=1), Place(priority_id=first.id, place=2)])
    assert rules.in_order([first, second, new], rules.places_of(order)) == [second, first, new]
    assert rules.in_order([second, first], rules.places_of(None)) == [first, second]
    for place, of in zip(order.places, (second, first), strict=True):
        place.priority = of
    assert rules.numbers(order) == "2, 1"


# --- How it stands.


def test_an_area_stands_where_what_came_of_it_says():
    aside = SetAside(why="Later", look_again_on=None)
    soon, now = SetAside(look_again_on=date(2025, 11, 18)), SetAside(look_again_on=TODAY)
    waits = Proposal(gathering_id=None, let_go_on=None)
    at_work, over = (Taken(workstream=table(state=WorkstreamState[name])) for name in ("PRIORITISED", "CLOSED"))
    found = [
        area().standing,
        area(proposals=[waits]).standing,
        area(aside=aside, proposals=[waits]).standing,
        area(aside=soon).standing,
        area(aside=now).standing,
        area(aside=now, taken=[at_work]).standing,
        area(taken=[over, at_work]).standing,
        area(taken=[over]).standing,
        area(aside=aside, taken=[over]).standing,
        area(proposals=[waits], taken=[over]).standing,
    ]
    named = ("WAITS", "PROPOSED", "ASIDE", "ASIDE", "LOOK", "TAKEN", "TAKEN", "ENDED", "ASIDE", "PROPOSED")
    assert found == [Standing[name] for name in named]


def test_what_is_worked_on_is_not_set_aside_and_nothing_twice():
    aside = SetAside(why="Later", look_again_on=None)
    assert rules.can_be_set_aside(area())
    at_work, over = (Taken(workstream=table(state=WorkstreamState[name])) for name in ("ACTIVE", "CLOSED"))
    assert rules.can_be_set_aside(area(taken=[at_work])).reason == "A group works on this area."
    assert rules.can_be_set_aside(area(taken=[over]))
    assert rules.can_be_set_aside(area(aside=aside)).reason == "It is set aside already."
    assert rules.can_be_brought_back(area(aside=aside))
    assert rules.can_be_brought_back(area()).reason == "It is not set aside."


def test_it_is_looked_at_again_on_a_day_to_come():
    days = (None, date(2025, 11, 18), TODAY, date(2025, 1, 1))
    assert [rules.look_again_fault(day, TODAY) for day in days] == ["", "", *["Write a day that is still to come."] * 2]


# --- Which tables take it up.


def test_a_table_of_the_programme_that_goes_on_takes_an_area_up():
    steering = table("Steering group", kind=Kind.STEERING)
    reasons = [
        rules.can_take_up(one, steering).reason
        for one in (
            table(),
            table(kind=Kind.STEERING),
            table(programme_id=uuid4()),
            table(state=WorkstreamState.CLOSED),
        )
    ]
    assert reasons == ["", "Choose another group.", "Choose another group.", "Mothers is closed."]


def test_only_what_was_a_mere_proposal_moves_up():
    proposed = WorkstreamState.PROPOSED
    assert rules.is_new_work(table(state=proposed, kind=Kind.STREAM))
    assert not rules.is_new_work(table(state=proposed, kind=Kind.GATHERING))
    assert not rules.is_new_work(table())


def test_a_table_whose_checks_wait_says_so_in_one_wording_p3():
    said = [rules.table_state(table(state=WorkstreamState.PROPOSED, kind=kind)) for kind in (Kind.JOINED, Kind.STREAM)]
    assert said == ["waiting for a check", "still to be talked about"]
    assert set(rules.STATES) == set(WorkstreamState)


# --- Groups that are to come together.


def test_two_groups_that_meet_may_be_proposed_to_come_together():
    steering, merged, day = (
        table("Steering group", kind=Kind.STEERING),
        GatheringKind.MERGED,
        GatheringKind.DEVELOPMENT_DAY,
    )
    one, two = table("One"), table("Two")
    told = [
        rules.can_be_proposed(groups, steering, kind).reason
        for groups, kind in (
            ([one, two], merged),
            ([one, one], merged),
            ([one, table(programme_id=uuid4())], merged),
            ([one, table("Three", state=WorkstreamState.PAUSED)], merged),
            ([one, steering], merged),
            ([one, steering], day),
        )
    ]
    assert told == [
        "",
        "Choose two groups or more.",
        "This group belongs to another programme.",
        "Three is paused.",
        "The steering group stays a group of its own.",
        "",
    ]


def test_who_runs_every_group_brings_it_about_and_who_leads_lets_it_go():
    steering, one, two = table("Steering group", kind=Kind.STEERING), table("One"), table("Two")
    chair, runs_one, admin = (
        somebody(steering, Role.CHAIR),
        somebody(one, Role.FACILITATOR),
        somebody(one, is_admin=True),
    )
    runs_both = somebody(one, Role.FACILITATOR)
    two.memberships.append(Membership(person_id=runs_both.id, role=Role.FACILITATOR, state=MembershipState.JOINED))
    wanted = Proposal(workstream=steering, groups=[one, two], kind=GatheringKind.MERGED)
    people = (chair, runs_one, runs_both, admin)
    assert [bool(rules.may_bring_about(who, wanted, ())) for who in people] == [False, False, True, True]
    assert [bool(rules.may_let_go(who, wanted)) for who in people] == [True, False, False, False]
    wanted.gathering_id = uuid4()
    assert rules.may_let_go(chair, wanted).reason == "This was brought about already."
    wanted.gathering_id, wanted.let_go_on = None, TODAY
    assert rules.may_bring_about(admin, wanted, ()).reason == "This proposal was let go."


def test_a_proposal_is_said_in_words():
    wanted = Proposal(groups=[table("Two"), table("One"), table("Three")], kind=GatheringKind.DEVELOPMENT_DAY)
    assert rules.proposal_words(wanted) == "“One”, “Three” and “Two” spend a development day together"
    assert (rules.names([table("One")]), rules.names([])) == ("“One”", "")
    assert rules.proposal_state(wanted) == "waiting"
    wanted.gathering = Gathering(state=GatheringState.WAITING)
    assert rules.proposal_state(wanted) == "waiting for a check"
    wanted.let_go_on = TODAY
    assert rules.proposal_state(wanted) == "let go"
    assert set(rules.KINDS) == set(GatheringKind)
