"""What is on, how long is left, how late it runs; and who may move it on."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import segno

from coprod.cycles.models import AgendaItem, ItemState, Part, Purpose, Session, SessionState
from coprod.cycles.rules.schedule import begins
from coprod.room.models import Room
from coprod.room.rules import clock, moves
from coprod.room.rules.clock import Now, Phase, behind_in_words, left_in_words
from coprod.room.rules.square import EDGE, square
from tests.cycles.build import ROLES, a_cycle, a_table, people

STAYS = {Part.ARRIVE, Part.CHECK_IN, Part.BREAK, Part.CHECK_OUT}


def _evening(state: SessionState = SessionState.PUBLISHED) -> tuple[Session, dict]:
    known = people(*ROLES)
    session = a_cycle(a_table(known)).sessions[0]
    session.state = state  # type: ignore[misc]
    session.begins = begins(session.on, session.starts_at)
    for number, item in enumerate(session.items):
        item.id, item.state, item.session = UUID(int=number + 1), ItemState.PLANNED, session
        item.is_hard = item.is_hard or False
    return session, known


def _at(session: Session, minute: float, on: int | None = None, since: float = 0, turn: int = 1) -> Now:
    room = None
    if turn:
        item = session.items[on] if on is not None else None
        room = Room(turn=turn, item_id=item.id if item else None, item=item)
        room.since = session.begins + timedelta(minutes=since)
    return Now(session, room, session.begins + timedelta(minutes=minute))


# --- Words.


def test_minutes_are_said_in_words() -> None:
    told = {
        720: "12 minutes left",
        661: "12 minutes left",
        660: "11 minutes left",
        60: "1 minute left",
        1: "1 minute left",
        0: "Time is up",
        -59: "Time is up",
        -60: "1 minute over",
        -180: "3 minutes over",
    }
    assert {seconds: left_in_words(seconds) for seconds in told} == told
    assert (left_in_words(-500, "A little longer"), left_in_words(5, "A little longer")) == (
        "A little longer",
        "1 minute left",
    )
    late = {0: "On time", 59: "On time", -59: "On time", 60: "Running 1 minute late", 300: "Running 5 minutes late"}
    late[-130] = "2 minutes in hand"
    assert {seconds: behind_in_words(seconds) for seconds in late} == late


# --- What is on.


def test_evening_is_told_before_while_and_after() -> None:
    session, _ = _evening()
    before, on, over = _at(session, -20, turn=0), _at(session, 18, 1, 15, 2), _at(session, 116, turn=9)
    assert [one.phase for one in (before, on, over)] == [Phase.BEFORE, Phase.ON, Phase.OVER]
    assert (before.item, before.then, before.begins_at) == (None, session.items[0], "6pm")
    assert (on.item, on.then, on.left, on.until) == (session.items[1], session.items[2], 420, "6.25")
    assert (over.item, over.then, over.left, over.behind, over.break_at) == (None, None, 0, 0, "")
    assert (before.at_the_start, on.at_the_start, over.at_the_start) == (True, True, False)
    assert (before.at_the_end, on.at_the_end, over.at_the_end) == (False, False, True)
    assert (before.home_at, before.break_at, on.break_at) == ("7.55", "6.55", "6.55")
    assert (on.wall_seconds, _at(session, 1, 0).break_at) == ((18 * 60 + 18) * 60, "6.55")


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.HELD])
def test_nothing_is_on_in_what_is_not_out_called_off_or_held(state: SessionState) -> None:
    session, _ = _evening(state)
    one = _at(session, 5, 0)
    assert one.phase == (Phase.OVER if state == SessionState.HELD else Phase.OFF)
    assert (one.item, one.to_come, one.is_hard, one.bar[0].kind) == (
        None,
        [],
        False,
        "done" if state == SessionState.HELD else "coming",
    )
    assert not clock.is_about_now(one)


def test_running_late_is_the_end_against_the_plan() -> None:
    session, _ = _evening()
    assert session.minutes == sum(item.minutes for item in session.items) == 115
    assert _at(session, -20, turn=0).behind == 0
    assert _at(session, 4, turn=0).behind == 4 * 60
    # Begun four minutes late: that stays so while the item keeps its time, and grows when it does not.
    assert [_at(session, minute, 0, 4).behind // 60 for minute in (4, 10, 19, 22)] == [4, 4, 4, 7]
    # Gone on six minutes early.
    assert _at(session, 9, 1, 9).behind == -6 * 60
    # What is dropped or carried over gives its minutes back.
    session.items[5].state = ItemState.CARRIED_OVER  # type: ignore[misc]
    assert _at(session, 22, 0, 4).behind == (7 - 25) * 60


def test_next_and_before_leave_out_what_was_let_go() -> None:
    session, _ = _evening()
    items = session.items
    items[2].state, items[3].state = ItemState.DROPPED, ItemState.CARRIED_OVER  # type: ignore[misc]
    assert clock.after(items, items[1])[0] is items[4]
    assert clock.before(items, items[4]) is items[1]
    assert (clock.before(items, items[0]), clock.before(items, None)) == (None, items[-1])
    assert clock.after(items, items[-1]) == []
    assert [one.kind for one in _at(session, 26, 4, 25).bar] == ["done", "done", "now", "coming", "coming", "coming"]
    assert "break" in [one.kind for one in _at(session, 1, 0).bar]


def test_group_meets_from_half_an_hour_before_to_the_end_and_while_something_is_on() -> None:
    session, _ = _evening()
    waiting = {minute: clock.is_about_now(_at(session, minute, turn=0)) for minute in (-31, -30, 0, 115, 116)}
    assert waiting == {-31: False, -30: True, 0: True, 115: True, 116: False}
    late = {minute: clock.is_about_now(_at(session, minute, 7, 110)) for minute in (115, 130, 175, 176)}
    assert late == {115: True, 130: True, 175: True, 176: False}
    assert not clock.is_about_now(_at(session, 60, turn=8))


def test_mark_changes_with_every_turn_and_not_with_the_minutes() -> None:
    session, _ = _evening()
    assert _at(session, 1, 0).mark == _at(session, 9, 0).mark
    marks = {_at(session, 1, turn=0).mark, _at(session, 1, 0).mark, _at(session, 1, 0, turn=2).mark}
    assert len(marks) == 3


def test_items_are_named_and_noted_as_members_read_them() -> None:
    told = {
        (Part.ARRIVE, None): ("Food and hello", "Come in and sit down."),
        (Part.BREAK, None): ("Ours", "10 minutes."),
        (Part.WORK, None): ("Ours", "In pairs."),
        (Part.WORK, Purpose.DECIDE): ("Ours", "We decide this together."),
    }
    for (part, purpose), words in told.items():
        item = AgendaItem(part=part, purpose=purpose, title="Ours", method="In pairs.", minutes=10)
        assert (clock.name_of(item), clock.note_of(item)) == words


# --- Who may.


def test_only_facilitators_run_it_on_its_day_once_it_is_out_and_until_it_is_held() -> None:
    session, known = _evening()
    allowed = []
    for state in SessionState:
        session.state = state  # type: ignore[misc]
        allowed += [
            (state, days, role, name)
            for days in (-1, 0, 1)
            for role in ROLES
            for name, may in (("run", moves.may_run), ("feel", moves.may_feel))
            if may(known[role], session, session.on + timedelta(days))
        ]
    out = (SessionState.PUBLISHED, SessionState.HELD, SessionState.MOVED)
    assert allowed == [
        (state, days, "facilitator", name)
        for state in out
        for days in (0, 1)
        for name in ("run", "feel")
        if not (state == SessionState.HELD and name == "run")
    ]


def test_check_in_the_break_and_check_out_stay_and_so_does_what_is_done() -> None:
    session, known = _evening()
    sam = known["facilitator"]
    assert {item.part for item in session.items if not moves.may_let_go(sam, item, session.on)} == STAYS
    work = session.items[3]
    assert not moves.may_let_go(known["member"], work, session.on)
    for state in ItemState:
        work.state = state  # type: ignore[misc]
        assert bool(moves.may_let_go(sam, work, session.on)) == (state == ItemState.PLANNED)


# --- The square.


def test_square_draws_every_dark_dot_and_keeps_its_edge_quiet() -> None:
    address = "http://localhost:8106/now"
    drawn, grid = square(address), list(segno.make(address, error="m", micro=False).matrix_iter(border=EDGE))
    assert drawn.side == len(grid)
    dots = set()
    for stroke in drawn.path.split("z")[:-1]:
        start, rest = stroke[1:].split(" ")
        row, length = rest.split("h")[0], rest.split("h")[1].split("v")[0]
        dots |= {(int(start) + at, int(row)) for at in range(int(length))}
    assert dots == {(x, y) for y, row in enumerate(grid) for x, dot in enumerate(row) if dot}


def test_clock_speaks_as_a_wall_here_in_summer_too() -> None:
    session, _ = _evening()
    session.begins = datetime(2025, 7, 1, 18, tzinfo=UTC)
    assert _at(session, 0, 0).wall_seconds == 19 * 3600
