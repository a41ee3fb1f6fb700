"""When an action is late, and every move from every state by everybody. No database."""

import itertools
from datetime import date, timedelta
from uuid import uuid4

import pytest

from coprod.actions.models import Action, ActionState, DueChange
from coprod.actions.rules import LIFECYCLE, Status, can_own, first_due, may_move_date, may_own, moves_to, status
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream

TODAY = date(2025, 11, 17)
EVERYBODY = ("owner", "owner who said so", "chair", "facilitator", "member", "member who said so", "left", "stranger")

ALLOWED = {
    ("said done", ActionState.OPEN, "owner"),
    ("said done", ActionState.OPEN, "owner who said so"),
    ("said done", ActionState.OPEN, "chair"),
    ("said done", ActionState.OPEN, "facilitator"),
    ("agreed done", ActionState.SAID_DONE, "owner"),
    ("agreed done", ActionState.SAID_DONE, "chair"),
    ("agreed done", ActionState.SAID_DONE, "facilitator"),
    ("agreed done", ActionState.SAID_DONE, "member"),
    ("found not done yet", ActionState.SAID_DONE, "owner"),
    ("found not done yet", ActionState.SAID_DONE, "chair"),
    ("found not done yet", ActionState.SAID_DONE, "facilitator"),
    ("found not done yet", ActionState.SAID_DONE, "member"),
    ("cancelled", ActionState.OPEN, "chair"),
    ("cancelled", ActionState.OPEN, "facilitator"),
    ("cancelled", ActionState.SAID_DONE, "chair"),
    ("cancelled", ActionState.SAID_DONE, "facilitator"),
    ("opened again", ActionState.DONE, "chair"),
    ("opened again", ActionState.DONE, "facilitator"),
    ("opened again", ActionState.CANCELLED, "chair"),
    ("opened again", ActionState.CANCELLED, "facilitator"),
}
MOVES = ("said done", "agreed done", "found not done yet", "cancelled", "opened again")


def a_person(alias: str) -> Person:
    return Person(id=uuid4(), alias=alias, side=Side.PROFESSIONAL)


def a_seat(table: Workstream, person: Person, role: Role = Role.MEMBER, **fields: object) -> Membership:
    chosen = {"state": MembershipState.JOINED} | fields
    return Membership(id=uuid4(), workstream=table, person=person, person_id=person.id, role=role, **chosen)


def an_action(due: date = TODAY, state: ActionState = ActionState.OPEN) -> Action:
    return Action(
        workstream=Workstream(name="Steering group"), number=1, what="Ring", due=due, state=state, owner_id=uuid4()
    )


def test_moves_are_those_of_the_hand_written_list() -> None:
    assert tuple(LIFECYCLE.moves) == MOVES


@pytest.mark.parametrize(("name", "state", "who"), list(itertools.product(LIFECYCLE.moves, ActionState, EVERYBODY)))
def test_every_move_from_every_state_by_everybody(name: str, state: ActionState, who: str) -> None:
    ada, action = a_person("Ada"), an_action(state=state)
    if who.startswith("owner"):
        action.owner_id = ada.id
    if who.endswith("said so"):
        action.said_done_by_id = ada.id
    role = next((role for role in (Role.CHAIR, Role.FACILITATOR) if role == who), Role.MEMBER)
    if who not in ("stranger", "owner", "owner who said so"):
        a_seat(action.workstream, ada, role, state=MembershipState.LEFT if who == "left" else MembershipState.JOINED)

    answer = LIFECYCLE.may(ada, name, action)

    assert bool(answer) == ((name, state, who) in ALLOWED)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Status.LATE),
        (0, Status.DUE_SOON),
        (7, Status.DUE_SOON),
        (8, Status.ON_TRACK),
    ],
)
def test_status_is_late_after_the_day_and_soon_in_the_week_before(days: int, expected: Status) -> None:
    assert status(an_action(TODAY + timedelta(days)), TODAY) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ActionState.SAID_DONE, "waiting for a second person"),
        (ActionState.DONE, "done"),
        (ActionState.CANCELLED, "cancelled"),
    ],
)
def test_status_of_what_is_settled_does_not_look_at_the_day(state: ActionState, expected: str) -> None:
    assert status(an_action(TODAY - timedelta(400), state), TODAY) == expected


def test_first_due_is_the_day_before_any_was_moved() -> None:
    action = an_action(date(2025, 12, 5))
    assert first_due(action) == date(2025, 12, 5)

    action.due_changes = [
        DueChange(number=1, was=date(2025, 10, 20), now=date(2025, 11, 10)),
        DueChange(number=2, was=date(2025, 11, 10), now=date(2025, 12, 5)),
    ]

    assert first_due(action) == date(2025, 10, 20)


def test_owner_may_be_anybody_here_or_a_facilitator_of_the_group_that_asked() -> None:
    steering, stream = Workstream(name="Steering group"), Workstream(name="Practice models")
    alex, sam, robin, both, gone = (a_person(alias) for alias in ("Alex", "Sam", "Robin", "bo", "Gone"))
    a_seat(steering, alex)
    a_seat(steering, both)
    a_seat(steering, gone, state=MembershipState.LEFT)
    a_seat(stream, sam, Role.FACILITATOR)
    a_seat(stream, both, Role.FACILITATOR)
    a_seat(stream, robin)

    assert [held.person for held in may_own(steering)] == [alex, both]
    choices = may_own(steering, Recommendation(workstream=stream))
    assert [held.person for held in choices] == [alex, both, sam]
    assert can_own(sam, choices)
    assert can_own(robin, choices).reason == "Robin is not at this table, so this cannot be theirs to do."


def test_date_moves_only_while_it_is_open_and_to_another_day() -> None:
    ada, action = a_person("Ada"), an_action()
    assert may_move_date(ada, action).reason == "Only the person it belongs to, the chair or a facilitator can do this."
    action.owner_id = ada.id
    assert may_move_date(ada, action)
    action.state = ActionState.SAID_DONE
    assert may_move_date(ada, action).reason == "It is said done, so its date stays."
    assert moves_to(action, TODAY).reason == "That is the date it has now."
    assert moves_to(action, TODAY + timedelta(1))
