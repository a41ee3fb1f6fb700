"""When an action is late, and every move from every state by everybody. No database."""

import itertools
from datetime import date, timedelta
from uuid import uuid4

import pytest

from coprod.actions.models import Action, ActionState, DueChange, Repeat
from coprod.actions.rules import (
    LIFECYCLE,
    Status,
    can_own,
    first_due,
    goes_to,
    may_hand_over,
    may_move_date,
    may_name,
    may_note,
    may_own,
    may_stop_repeating,
    moves_to,
    next_turn,
    reminder_day,
    status,
    times_moved,
    told_day,
    weekday_of,
)
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday, HolidayKind
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream

TODAY, ONCE = date(2025, 11, 17), Repeat.ONCE
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
    table, opened_on = Workstream(name="Steering group"), due - timedelta(30)
    return Action(
        workstream=table,
        number=1,
        what="Ring",
        due=due,
        state=state,
        owner_id=uuid4(),
        opened_on=opened_on,
        repeats=ONCE,
    )


def test_moves_are_those_of_the_hand_written_list() -> None:
    assert tuple(LIFECYCLE.moves) == MOVES


def test_every_move_from_every_state_by_everybody() -> None:
    allowed = {
        (name, state, who)
        for name, state, who in itertools.product(LIFECYCLE.moves, ActionState, EVERYBODY)
        if _may(name, state, who)
    }
    assert allowed == ALLOWED


def _may(name: str, state: ActionState, who: str) -> bool:
    ada, action = a_person("Ada"), an_action(state=state)
    if who.startswith("owner"):
        action.owner_id = ada.id
    if who.endswith("said so"):
        action.said_done_by_id = ada.id
    role = next((role for role in (Role.CHAIR, Role.FACILITATOR) if role == who), Role.MEMBER)
    if who not in ("stranger", "owner", "owner who said so"):
        a_seat(action.workstream, ada, role, state=MembershipState.LEFT if who == "left" else MembershipState.JOINED)
    return bool(LIFECYCLE.may(ada, name, action))


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


def bank_holidays_of_2026() -> list[date]:
    """The bank holidays of England in 2026, as the calendar has them."""
    days = [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]
    return [date(2026, month, day) for month, day in days]


HOLIDAYS = [Holiday(kind=HolidayKind.BANK, first=day, last=day, what="Off") for day in bank_holidays_of_2026()]


@pytest.mark.parametrize(
    ("repeats", "due", "today", "expected"),
    [
        (Repeat.WEEKLY, date(2026, 3, 6), date(2026, 3, 6), date(2026, 3, 13)),
        (Repeat.WEEKLY, date(2026, 3, 27), date(2026, 3, 27), date(2026, 4, 7)),  # Good Friday, Easter Monday
        (Repeat.WEEKLY, date(2026, 3, 6), date(2026, 5, 20), date(2026, 5, 22)),  # agreed late: none that is over
        (Repeat.WEEKLY, date(2026, 3, 6), date(2026, 2, 20), date(2026, 3, 13)),  # agreed early: the one after
        (Repeat.MONTHLY, date(2026, 1, 30), date(2026, 1, 30), date(2026, 3, 2)),  # 28 February is a Saturday
        (Repeat.QUARTERLY, date(2025, 11, 28), date(2025, 11, 28), date(2026, 3, 2)),
        (Repeat.MONTHLY, date(2025, 12, 1), date(2025, 12, 1), date(2026, 1, 2)),
    ],
)
def test_next_turn_is_on_a_working_day_to_come(repeats: Repeat, due: date, today: date, expected: date) -> None:
    action = an_action(due)
    action.repeats = repeats
    assert next_turn(action, today, HOLIDAYS) == expected


def test_turn_that_was_moved_moves_no_other() -> None:
    """A thing for Fridays stays one for Fridays, and one for the 31st comes back to the 31st."""
    action = an_action(date(2026, 4, 7))
    action.repeats, action.series_from = Repeat.WEEKLY, date(2026, 3, 27)
    assert next_turn(action, date(2026, 4, 7), HOLIDAYS) == date(2026, 4, 10)
    action.due, action.due_changes = date(2026, 4, 9), [DueChange(number=1, was=date(2026, 4, 7), now=date(2026, 4, 9))]
    assert next_turn(action, date(2026, 4, 7), HOLIDAYS) == date(2026, 4, 10)
    last = an_action(date(2026, 6, 30))
    last.repeats, last.series_from = Repeat.MONTHLY, date(2026, 3, 31)
    assert next_turn(last, date(2026, 6, 30), HOLIDAYS) == date(2026, 7, 31)


def test_reminder_is_never_for_a_day_before_its_owner_knew() -> None:
    action = an_action(date(2026, 3, 18))
    action.opened_on = date(2026, 3, 11)
    assert reminder_day(action, date(2026, 3, 16), HOLIDAYS) is None
    assert reminder_day(action, date(2026, 3, 17), HOLIDAYS) == date(2026, 3, 17)
    action.opened_on = date(2026, 3, 1)
    assert reminder_day(action, date(2026, 3, 16), HOLIDAYS) == date(2026, 3, 11)
    action.handed_on = date(2026, 3, 12)
    assert reminder_day(action, date(2026, 3, 16), HOLIDAYS) is None
    action.due_changes = [DueChange(number=1, was=date(2026, 3, 10), now=date(2026, 3, 18), on=date(2026, 3, 17))]
    assert reminder_day(action, date(2026, 3, 18), HOLIDAYS) is None


def test_what_was_missed_for_four_weeks_is_told_no_more() -> None:
    action = an_action(date(2026, 3, 18))
    action.opened_on = date(2026, 3, 1)
    assert reminder_day(action, date(2026, 4, 13), HOLIDAYS) == date(2026, 3, 17)
    assert reminder_day(action, date(2026, 4, 14), HOLIDAYS) is None


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        (date(2026, 3, 13), date(2026, 3, 15), None),
        (date(2026, 3, 13), date(2026, 3, 16), date(2026, 3, 16)),
        (date(2026, 3, 13), date(2026, 3, 22), date(2026, 3, 16)),
        (date(2026, 3, 13), date(2026, 4, 6), date(2026, 3, 30)),
        (date(2026, 3, 13), date(2026, 4, 7), date(2026, 4, 7)),
        (date(2026, 12, 24), date(2026, 12, 28), None),
        (date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 29)),
    ],
)
def test_chair_is_told_a_working_day_after_and_then_weekly(due: date, today: date, expected: date | None) -> None:
    assert told_day(due, today, HOLIDAYS) == expected


def test_day_fits_into_a_text() -> None:
    assert weekday_of(date(2026, 9, 30)) == "Wed 30 Sep"


def test_who_may_write_beside_name_hand_over_and_end_the_turns() -> None:
    table = Workstream(name="Steering group")
    chair, member, stranger = (a_person(alias) for alias in ("Chair", "Member", "Stranger"))
    place = a_seat(table, chair, Role.CHAIR)
    seat = a_seat(table, member)
    action = an_action()
    action.workstream = table
    assert [bool(may_note(person, action)) for person in (chair, member, stranger)] == [True, True, False]
    action.owner_id = stranger.id
    assert may_note(stranger, action)
    assert may_name(chair, [place])
    assert not may_name(member, [seat, place])
    assert may_hand_over(chair, action)
    assert may_hand_over(stranger, action).reason == "Only the chair or a facilitator can do this."
    assert goes_to(action, member)
    assert goes_to(action, stranger).reason == "It is Stranger’s already."
    assert may_stop_repeating(chair, action).reason == "It does not come again."
    action.repeats = Repeat.WEEKLY
    assert may_stop_repeating(chair, action)
    assert not may_stop_repeating(member, action)
    action.state = ActionState.DONE
    assert may_stop_repeating(chair, action).reason == "It does not come again."
    assert may_hand_over(chair, action).reason == "It is done, so it stays where it is."
    assert can_own(stranger, [place], from_outside=True)
    assert times_moved(action) == 0
