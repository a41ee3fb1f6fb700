"""Moving one session, this and those after it, or all that are not over: the rules, the verb and the pages."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from coprod.core.answers import Refused
from coprod.core.db import db, lock
from coprod.core.journal import Entry
from coprod.cycles import services
from coprod.cycles.models import Cycle, PlanStep, Session, SessionState, SkippedWeek
from coprod.cycles.rules import preview, shifting
from coprod.cycles.rules.shifting import Scope
from coprod.library.models import Stage
from coprod.messages.models import PartOfDay
from coprod.needs.models import NeverTime
from coprod.needs.rules import Slot
from coprod.people.models import Person
from coprod.programmes.models import Holiday, HolidayKind
from tests.cycles.build import a_cycle, a_holiday, a_table, people
from tests.cycles.conftest import Table

Visitor = Callable[..., FlaskClient]
TODAY = date(2025, 10, 1)
WEEK = timedelta(weeks=1)
HALF_TERM = a_holiday(date(2025, 10, 27), date(2025, 10, 31), "Half term")


def _shift(cycle: Cycle, number: int, scope: Scope, to: date | timedelta) -> shifting.Shift:
    session = cycle.sessions[number - 1]
    return shifting.shift(session, scope, shifting.aim(session, scope, to), [HALF_TERM])


def _days(found: shifting.Shift) -> list[str]:
    return [f"{change.session.number}: {change.on:%-d %b}" for change in found.changes]


def _held(cycle: Cycle, count: int) -> Cycle:
    for session in cycle.sessions[:count]:
        session.__dict__["state"] = SessionState.HELD
    return cycle


# --- The rules.


def test_this_and_those_after_it_go_on_weekly_and_skip_anew() -> None:
    found = _shift(_held(a_cycle(skips_school_holidays=True), 2), 3, Scope.FOLLOWING, WEEK)
    assert _days(found)[:3] == ["3: 4 Nov", "4: 11 Nov", "5: 18 Nov"]
    earlier = _shift(_held(a_cycle(skips_school_holidays=True), 1), 2, Scope.FOLLOWING, date(2025, 10, 23))
    assert _days(earlier)[:3] == ["2: 23 Oct", "3: 6 Nov", "4: 13 Nov"]
    assert [(skip.on, skip.why) for skip in earlier.skipped] == [
        (date(2025, 10, 30), "Half term"),
        (date(2025, 12, 25), "Christmas Day"),
        (date(2026, 1, 1), "New Year’s Day"),
    ]
    whatever = _shift(_held(a_cycle(skips_school_holidays=False), 1), 2, Scope.FOLLOWING, date(2025, 10, 23))
    assert _days(whatever)[:3] == ["2: 23 Oct", "3: 30 Oct", "4: 6 Nov"]


def test_all_means_all_that_are_not_over_and_no_number_changes() -> None:
    cycle = _held(a_cycle(skips_school_holidays=True), 2)
    cycle.sessions[4].__dict__["state"] = SessionState.CANCELLED
    found = _shift(cycle, 8, Scope.ALL, 2 * WEEK)
    assert _days(found) == [*("3: 11 Nov", "4: 18 Nov", "6: 25 Nov", "7: 2 Dec", "8: 9 Dec", "9: 16 Dec", "10: 23 Dec")]
    assert [session.number for session in found.others] == [1, 2]
    assert len(found.schedule.days) == 9


def test_rows_tell_what_was_what_stays_and_what_is_skipped() -> None:
    cycle = _held(a_cycle(skips_school_holidays=True), 1)
    cycle.sessions[2].__dict__["state"] = SessionState.PUBLISHED
    rows = preview.shifted_rows(_shift(cycle, 3, Scope.FOLLOWING, timedelta(days=-1)))
    assert [(row.number, row.words) for row in rows[:5]] == [
        (1, "Held"),
        (2, "Stays"),
        (None, "Skipped: Half term"),
        (3, "Was Tuesday 28 October. People read that it moved"),
        (4, "Was Tuesday 4 November"),
    ]


def _told(cycle: Cycle, number: int, scope: Scope, to: date | timedelta, never: list[set[Slot]] | None = None) -> str:
    found = _shift(cycle, number, scope, to)
    hints = preview.told_of_shift(found, cycle.sessions[number - 1], [HALF_TERM], never or [])
    return " | ".join(f"{hint.words} {hint.todo}" for hint in hints)


def test_hints_speak_of_what_moves_and_of_nothing_that_stays() -> None:
    cycle = _held(a_cycle(start=date(2026, 2, 17), skips_school_holidays=True), 5)
    cycle.sessions[2].on += timedelta(21)  # a gap of weeks, Mother's Day and the clocks: all of it is over
    cycle.sessions[3].on += timedelta(21)
    cycle.sessions[4].on += timedelta(21)
    never = [{(1, PartOfDay.EVENING)}, {(3, PartOfDay.EVENING)}]
    over = ("28 days pass", "Mother’s Day, ", "The clocks go")
    thursdays = _told(cycle, 6, Scope.FOLLOWING, date(2026, 4, 30), never)
    assert not [words for words in over if words in thursdays]
    assert "1 of 2 parents can’t do this slot." in thursdays
    assert "Tuesday 14" not in thursdays
    one = _told(cycle, 10, Scope.THIS, date(2026, 5, 14), never)
    assert "1 of 2 parents can’t do Thursday 14 May." in one
    assert "this slot" not in one
    assert "30 days pass after Tuesday 14 April." in one
    assert "no parent" not in _told(cycle, 10, Scope.THIS, date(2026, 5, 15), never).lower()


def test_a_late_end_and_mondays_are_said_where_they_move() -> None:
    cycle = a_cycle(start=date(2025, 8, 19), skips_school_holidays=False)
    late = "The last session falls in a school holiday."
    assert late in _told(cycle, 10, Scope.THIS, date(2025, 10, 30))
    assert late not in _told(cycle, 2, Scope.THIS, date(2025, 8, 27))


def test_a_step_whose_day_comes_to_lie_wrongly_is_named() -> None:
    cycle = a_cycle()
    last = cycle.sessions[-1].on
    cycle.steps = [
        PlanStep(stage=Stage.BEFORE, position=1, title="A walk", on=date(2025, 10, 11)),
        PlanStep(stage=Stage.BEFORE, position=2, title="Tea", on=date(2025, 10, 11), done_on=date(2025, 10, 11)),
        PlanStep(stage=Stage.BEFORE, position=3, title="A picnic"),
        PlanStep(stage=Stage.AFTER, position=1, title="The reply", on=last + timedelta(3)),
    ]
    earlier = _told(cycle, 1, Scope.ALL, date(2025, 10, 7))
    assert "“A walk” is on Saturday 11 October. Week 1 is on Tuesday 7 October. Choose a day before it." in earlier
    assert ("Tea" in earlier, "picnic" in earlier, "reply" in earlier) == (False, False, False)
    later = _told(cycle, 1, Scope.ALL, date(2025, 10, 21))
    assert "“The reply” is on" in later
    assert "A walk" not in later


def test_a_first_that_keeps_its_day_may_still_move_the_rest() -> None:
    rows = preview.shifted_rows(_shift(a_cycle(skips_school_holidays=True), 2, Scope.FOLLOWING, date(2025, 10, 21)))
    assert [row.words for row in rows[:4]] == ["Stays", "Stays", "Skipped: Half term", "Was Tuesday 28 October"]


def test_one_session_on_a_skipped_day_is_skipped_no_more() -> None:
    cycle = a_cycle()
    cycle.skipped = [SkippedWeek(on=date(2025, 10, 30), why="Half term"), SkippedWeek(on=date(2026, 2, 1), why="Late")]
    assert _shift(cycle, 3, Scope.THIS, date(2025, 10, 30)).skipped == ()


def test_weeks_skipped_before_the_first_that_moves_stay_skipped() -> None:
    cycle = a_cycle(skips_school_holidays=True)
    cycle.skipped = [SkippedWeek(on=date(2025, 10, 15), why="A day off")]
    found = _shift(cycle, 2, Scope.FOLLOWING, WEEK)
    assert [skip.on for skip in found.skipped] == [date(2025, 10, 15), date(2025, 10, 28)]


@pytest.mark.parametrize(
    ("number", "scope", "to", "reason"),
    [
        (3, Scope.FOLLOWING, date(2025, 10, 21), "Session 2 is on Tuesday 21 October. Choose a day after it."),
        (3, Scope.THIS, 2 * WEEK, "Session 4 is on Tuesday 4 November. Choose a day before it."),
        (3, Scope.ALL, date(2025, 10, 13), "Session 1 is on Tuesday 14 October. Choose a day after it."),
        (2, Scope.ALL, date(2025, 9, 30), "That day is over. Choose a day to come."),
        (2, Scope.FOLLOWING, timedelta(0), "They are on these days already."),
        (1, Scope.THIS, WEEK, "This session is held, so its day stays."),
    ],
)
def test_what_breaks_the_order_is_refused(number: int, scope: Scope, to: date | timedelta, reason: str) -> None:
    folk = people("facilitator")
    cycle = _held(a_cycle(a_table(folk)), 1)
    found = _shift(cycle, number, scope, to)
    assert shifting.may_shift(folk["facilitator"], found, [], TODAY).reason == reason


def test_a_session_held_out_of_turn_is_kept_its_turn() -> None:
    folk = people("facilitator")
    cycle = a_cycle(a_table(folk))
    cycle.sessions[5].__dict__["state"] = SessionState.HELD
    found = _shift(cycle, 3, Scope.ALL, 4 * WEEK)
    reason = "Session 6 is on Tuesday 18 November. Choose a day before it."
    assert shifting.may_shift(folk["facilitator"], found, [], TODAY).reason == reason


def test_only_facilitators_move_days_and_a_full_calendar_is_said() -> None:
    folk = people("facilitator", "member", "chair", "stranger")
    cycle = a_cycle(a_table(folk), skips_school_holidays=True)
    found = _shift(cycle, 3, Scope.FOLLOWING, WEEK)
    assert {who for who, person in folk.items() if shifting.may_shift(person, found, [], TODAY)} == {"facilitator"}
    assert {who for who, person in folk.items() if shifting.may_choose(person, cycle.sessions[2])} == {"facilitator"}
    rest = a_holiday(date(2025, 1, 1), date(2030, 1, 1))
    full = shifting.shift(cycle.sessions[2], Scope.FOLLOWING, date(2025, 11, 4), [rest])
    assert "too many of these days are holidays" in shifting.may_shift(folk["facilitator"], full, [rest], TODAY).reason


def test_an_hour_the_clocks_leave_out_is_refused() -> None:
    """R6."""
    folk = people("facilitator")
    cycle = a_cycle(a_table(folk), start=date(2026, 3, 1))
    for session in cycle.sessions:
        session.starts_at = session.starts_at.replace(hour=1, minute=30)
    found = _shift(cycle, 2, Scope.FOLLOWING, date(2026, 3, 15))
    assert "no 1.30am" in shifting.may_shift(folk["facilitator"], found, [], TODAY).reason


# --- The verb.


def test_shifting_moves_what_is_not_over_and_tells_whoever_knew(
    table: Table, held: Session, clock: Callable[..., None]
) -> None:
    cycle = held.cycle
    clock(cycle.sessions[1].begins - timedelta(6))
    services.publish(cycle.sessions[1], by=table.sam)
    off = Holiday(kind=HolidayKind.SCHOOL, first=date(2025, 12, 29), last=date(2026, 1, 2), what="Winter")
    db.session.add(off)
    before = {session.number: session.id for session in cycle.sessions}

    services.shift(cycle.sessions[4], WEEK, Scope.ALL, by=table.sam)

    db.session.refresh(cycle)
    assert {session.number: session.id for session in cycle.sessions} == before
    assert [f"{session.on:%-d %b}" for session in cycle.sessions[:5]] == [
        "2 Dec",
        "16 Dec",
        "23 Dec",
        "6 Jan",
        "13 Jan",
    ]
    assert [session.state for session in cycle.sessions[:3]] == ["held", "moved", "draft"]
    assert [(week.on, week.why) for week in cycle.skipped] == [(date(2025, 12, 30), "Winter")]
    assert cycle.sessions[1].begins.date() == date(2025, 12, 16)
    assert cycle.starts_on == date(2025, 12, 2)
    verbs = [entry.verb for entry in db.session.query(Entry).filter_by(subject_id=cycle.sessions[1].id)]
    assert "moved" in verbs


def test_shifting_all_of_a_plan_moves_its_first_day_and_keeps_skipped_weeks_true(table: Table, cycle: Cycle) -> None:
    off = Holiday(kind=HolidayKind.SCHOOL, first=date(2026, 1, 12), last=date(2026, 1, 16), what="Snow")
    db.session.add(off)
    services.shift(cycle.sessions[0], date(2025, 12, 4), Scope.FOLLOWING, by=table.sam)
    assert (cycle.starts_on, cycle.sessions[0].on.weekday()) == (date(2025, 12, 4), 3)
    assert [week.why for week in cycle.skipped] == ["Christmas Day", "New Year’s Day", "Snow"]
    services.shift(cycle.sessions[0], date(2025, 12, 5), Scope.ALL, by=table.sam)
    assert [(week.on, week.why) for week in cycle.skipped] == [
        (date(2025, 12, 26), "Boxing Day"),
        (date(2026, 1, 16), "Snow"),
    ]


def test_one_alone_goes_as_it_always_did(table: Table, cycle: Cycle) -> None:
    services.shift(cycle.sessions[2], date(2025, 12, 18), Scope.THIS, by=table.sam)
    assert (cycle.sessions[2].on, cycle.sessions[3].on) == (date(2025, 12, 18), date(2025, 12, 23))
    with pytest.raises(Refused, match="Only a facilitator"):
        services.shift(cycle.sessions[2], WEEK, Scope.ALL, by=table.ada)


# --- Two at once.


def _meanwhile(app: Flask, act: Callable[[], object]) -> tuple[Thread, list[str]]:
    """Let somebody else do this from what stands saved now; she waits where she must, and says how it went."""
    said: list[str] = []

    def do() -> None:
        with app.app_context():
            try:
                act()
                db.session.commit()
                said.append("done")
            except Refused as refused:
                said.append(str(refused))
            except DBAPIError as error:
                said.append(str(error.orig))
            finally:
                db.session.remove()

    somebody = Thread(target=do)
    somebody.start()
    somebody.join(0.5)
    return somebody, said


@pytest.mark.parametrize(
    ("number", "scope", "how"),
    [(1, Scope.ALL, "This session is held"), (1, Scope.THIS, "This session is held"), (2, Scope.ALL, "done")],
)
def test_an_evening_held_meanwhile_keeps_its_day(
    app: Flask, table: Table, published: Session, clock: Callable[..., None], number: int, scope: Scope, how: str
) -> None:
    """R4: whoever moves days waits for whoever marks the evening as held, and neither for the other."""
    clock(published.begins)
    db.session.commit()
    sam, key = table.sam.id, published.cycle.sessions[number - 1].id

    def move_days() -> None:
        session = db.session.get_one(Session, key)
        services.shift(session, timedelta(days=1), scope, by=db.session.get_one(Person, sam))

    lock(published)
    somebody, said = _meanwhile(app, move_days)
    services.hold(published, by=table.sam)
    db.session.commit()
    somebody.join()
    db.session.expire_all()
    assert how in said[0]
    days = {session.number: session.on for session in published.cycle.sessions}
    assert (published.state, days[1], published.cycle.state) == (SessionState.HELD, date(2025, 12, 2), "running")
    assert days[2] == date(2025, 12, 10 if how == "done" else 9)


def test_days_moved_meanwhile_are_not_held_before_they_come(
    app: Flask, table: Table, published: Session, clock: Callable[..., None]
) -> None:
    """R4."""
    clock(published.begins)
    db.session.commit()
    sam, key = table.sam.id, published.id
    services.shift(published, WEEK, Scope.ALL, by=table.sam)
    somebody, said = _meanwhile(
        app, lambda: services.hold(db.session.get_one(Session, key), by=db.session.get_one(Person, sam))
    )
    db.session.commit()
    somebody.join()
    db.session.expire_all()
    assert "It is on Tuesday 9 December" in said[0]
    assert (published.state, published.on) == (SessionState.MOVED, date(2025, 12, 9))


# --- The pages.


def test_the_new_dates_are_seen_before_they_are_accepted(as_: Visitor, table: Table, published: Session) -> None:
    sam, address = as_(table.sam), f"/sessions/{published.id}/shift"
    db.session.add(NeverTime(person_id=table.robin.id, weekday=3, part=PartOfDay.EVENING))
    page = sam.get(address).text
    assert "All that are still to come, from session 1" in page
    typed = {"scope": "this", "weeks": "", "on": "4 December 2025"}
    page = sam.get(f"{address}/dates", query_string=typed).text
    for words in ("Check the new dates", "Was Tuesday 2 December", "can’t do Thursday 4 December.", "People know some"):
        assert words in page
    assert published.on == date(2025, 12, 2)
    answer = sam.post(address, data=typed)
    assert answer.location == f"/cycles/{published.cycle_id}"
    assert (published.on, published.state) == (date(2025, 12, 4), SessionState.MOVED)
    page = sam.get(f"/sessions/{published.cycle.sessions[3].id}/shift/dates?scope=following&weeks=2&on=").text
    assert "Nobody has been told of these dates yet." in page
    sam.post(f"/sessions/{published.cycle.sessions[3].id}/shift", data={"scope": "following", "weeks": "2"})
    assert "Seven sessions moved." in sam.get(f"/cycles/{published.cycle_id}").text


def test_what_is_seen_is_what_is_done_however_far_the_weeks_move(as_: Visitor, table: Table, cycle: Cycle) -> None:
    off = Holiday(kind=HolidayKind.SCHOOL, first=date(2027, 2, 15), last=date(2027, 2, 19), what="Half term")
    db.session.add(off)
    sam, address = as_(table.sam), f"/sessions/{cycle.sessions[0].id}/shift"
    typed = {"scope": "all", "weeks": "", "on": "26 January 2027"}
    page = sam.get(f"{address}/dates", query_string=typed).text
    assert "Skipped: Half term" in page
    sam.post(address, data=typed)
    assert date(2027, 2, 16) not in {session.on for session in cycle.sessions}
    assert [week.why for week in cycle.skipped] == ["Half term"]
    full = Holiday(kind=HolidayKind.BANK, first=date(2027, 6, 1), last=date(2029, 6, 1), what="All closed")
    db.session.add(full)
    typed = {"scope": "all", "weeks": "", "on": "25 May 2027"}
    for answer in (sam.get(f"{address}/dates", query_string=typed), sam.post(address, data=typed)):
        assert (answer.status_code, 'value="25 May 2027"' in answer.text) == (422, True)
        assert "too many of these days are holidays" in answer.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"weeks": "1"}, "Choose which sessions move."),
        ({"scope": "some", "weeks": "1"}, "Choose which sessions move."),
        ({"scope": "this"}, "Write how many weeks, or a new day."),
        ({"scope": "all", "weeks": "0"}, "Write at least 1 week, or -1."),
        ({"scope": "all", "weeks": "99"}, "Choose up to 26 weeks."),
        ({"scope": "all", "weeks": "1", "on": "4 December 2025"}, "not both."),
        ({"scope": "all", "on": "soon"}, "Write the day like this: 18 November 2025."),
        ({"scope": "this", "weeks": "1"}, "Session 2 is on Tuesday 9 December. Choose a day before it."),
        ({"scope": "this", "on": "2 December 2025"}, "It is on that day already."),
    ],
)
def test_shifting_asks_again(as_: Visitor, table: Table, cycle: Cycle, typed: dict[str, str], words: str) -> None:
    sam, address = as_(table.sam), f"/sessions/{cycle.sessions[0].id}/shift"
    for answer in (sam.get(f"{address}/dates", query_string=typed), sam.post(address, data=typed)):
        assert (answer.status_code, words in answer.text.replace("&#39;", "’")) == (422, True)
    assert cycle.sessions[0].on == date(2025, 12, 2)


def test_nobody_else_finds_the_page_and_a_held_session_says_why(as_: Visitor, table: Table, held: Session) -> None:
    for person in (table.robin, table.ada, table.stranger):
        assert as_(person).get(f"/sessions/{held.id}/shift").status_code == 404
    refused = as_(table.sam).get(f"/sessions/{held.id}/shift")
    assert (refused.status_code, "This session is held, so its day stays." in refused.text) == (403, True)


def test_the_new_dates_cost_the_same_with_few_and_with_many(
    as_: Visitor, table: Table, cycle: Cycle, query_count: list[str]
) -> None:
    sam, address = as_(table.sam), f"/sessions/{cycle.sessions[0].id}/shift/dates?scope=all&weeks=1"

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert sam.get(address).status_code == 200
        return len(query_count)

    cost()
    with_none = cost()
    for weekday in (1, 2, 3):
        db.session.add(NeverTime(person_id=table.robin.id, weekday=weekday, part=PartOfDay.EVENING))
        first = date(2026, 1, weekday)
        db.session.add(Holiday(kind=HolidayKind.BANK, first=first, last=first, what=f"Off {weekday}"))
    assert cost() == with_none
