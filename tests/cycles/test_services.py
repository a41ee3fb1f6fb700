"""Planning, publishing, holding and moving: the change, the line in the journal, the refusal and its reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services
from coprod.cycles.models import Cycle, CycleState, ItemState, Part, Purpose, Session, SessionState
from coprod.programmes.models import Holiday, HolidayKind
from coprod.workstreams.models import Workstream
from tests.cycles.conftest import START, Table
from tests.factories import a_stream


def _journal(subject: object) -> list[tuple[str, str, str]]:
    wanted = db.session.query(Entry).filter_by(subject_id=subject.id).order_by(Entry.verb)  # type: ignore[attr-defined]
    return [(entry.verb, entry.before, entry.after) for entry in wanted]


def _titles(session: Session) -> list[str]:
    return [item.title for item in session.items]


# --- Planning.


def test_plan_places_ten_sessions_with_phase_evening_and_moment(table: Table) -> None:
    """R6: the wall clock and the moment in UTC are both kept."""
    db.session.add(
        Holiday(kind=HolidayKind.SCHOOL, first=date(2022, 10, 24), last=date(2022, 10, 28), what="Half term")
    )

    cycle = services.plan(table.stream, date(2022, 10, 4), time(18), by=table.sam, place="Sea Room")

    assert cycle.state == CycleState.SCHEDULED
    assert [session.on.isoformat()[5:] for session in cycle.sessions] == [
        *("10-04", "10-11", "10-18", "11-01", "11-08", "11-15", "11-22", "11-29", "12-06", "12-13")
    ]
    assert [(week.on, week.why) for week in cycle.skipped] == [(date(2022, 10, 25), "Half term")]
    assert [session.phase.name for session in cycle.sessions] == [
        *["Understand"] * 3,
        *["Explore"] * 4,
        *["Decide"] * 3,
    ]
    assert [session.begins for session in cycle.sessions[2:4]] == [
        datetime(2022, 10, 18, 17, tzinfo=UTC),
        datetime(2022, 11, 1, 18, tzinfo=UTC),
    ]
    assert {sum(item.minutes for item in session.items) for session in cycle.sessions} == {115}
    assert {(session.place, session.starts_at, session.zone) for session in cycle.sessions} == {
        ("Sea Room", time(18), "Europe/London")
    }
    assert _journal(cycle) == [("planned", "", ""), ("scheduled", "draft", "scheduled")]


def test_second_cycle_of_a_stream_has_the_next_number(table: Table, cycle: Cycle) -> None:
    again = services.plan(table.stream, date(2026, 4, 13), time(10), by=table.sam, skips_school_holidays=False)
    assert (cycle.number, again.number) == (1, 2)


def test_only_facilitators_plan(table: Table) -> None:
    for person in (table.robin, table.ada, table.stranger):
        with pytest.raises(Refused, match="Only a facilitator"):
            services.plan(table.stream, START, time(18), by=person)


def test_plan_refuses_an_hour_that_does_not_exist(table: Table) -> None:
    """R6."""
    with pytest.raises(Refused, match=r"no 1\.30am"):
        services.plan(table.stream, date(2026, 3, 1), time(1, 30), by=table.sam)


def test_plan_refuses_a_calendar_without_room(table: Table) -> None:
    db.session.add(Holiday(kind=HolidayKind.BANK, first=date(2025, 1, 1), last=date(2030, 1, 1), what="Long rest"))
    with pytest.raises(Refused, match="do not fit"):
        services.plan(table.stream, START, time(18), by=table.sam)


# --- Publishing and holding.


def test_publish_lets_the_group_see_a_ready_session(table: Table, published: Session) -> None:
    assert published.state == SessionState.PUBLISHED
    assert _journal(published) == [("published", "draft", "published")]


def test_first_session_is_not_published_before_an_agreement_is_agreed(table: Table, cycle: Cycle) -> None:
    """Domain rule 17."""
    with pytest.raises(Refused, match="No working-together agreement is agreed yet"):
        services.publish(cycle.sessions[0], by=table.sam)
    assert cycle.sessions[0].state == SessionState.DRAFT


def test_session_is_not_published_less_than_five_days_before(
    table: Table, agreed: None, cycle: Cycle, clock: Callable[..., None]
) -> None:
    """Domain rule 18."""
    clock(2025, 11, 28, 0, 1)
    with pytest.raises(Refused, match="It had to be out by Thursday 27 November, 5 days before"):
        services.publish(cycle.sessions[0], by=table.sam)
    clock(2025, 11, 27, 23, 59)
    services.publish(cycle.sessions[0], by=table.sam)


def test_broken_evening_is_refused_by_the_rules_own_name(table: Table, agreed: None, cycle: Cycle) -> None:
    """Domain rule 18."""
    services.change_item(cycle.sessions[0].items[1], by=table.sam, minutes=5)
    with pytest.raises(Refused, match=r"Check-in has 5 minutes\. It needs 10\."):
        services.publish(cycle.sessions[0], by=table.sam)


def test_holding_the_first_session_begins_the_cycle(table: Table, held: Session) -> None:
    assert held.state == SessionState.HELD
    assert held.cycle.state == CycleState.RUNNING
    assert ("begun", "scheduled", "running") in _journal(held.cycle)


def test_holding_a_later_session_leaves_the_cycle_running(
    table: Table, held: Session, clock: Callable[..., None]
) -> None:
    second = held.cycle.sessions[1]
    clock(second.begins - timedelta(6))
    services.publish(second, by=table.sam)
    clock(second.begins)
    services.hold(second, by=table.sam)
    assert (second.state, held.cycle.state) == (SessionState.HELD, CycleState.RUNNING)


def test_session_is_not_held_before_its_day(table: Table, published: Session) -> None:
    with pytest.raises(Refused, match="It is on Tuesday 2 December"):
        services.hold(published, by=table.sam)


def test_cycle_goes_to_its_report_once_every_session_is_over(table: Table, held: Session) -> None:
    with pytest.raises(Refused, match="9 of its sessions are still to come"):
        services.move(held.cycle, "brought to its report", by=table.sam)
    for session in held.cycle.sessions[1:]:
        services.cancel(session, by=table.sam)
    services.move(held.cycle, "brought to its report", by=table.sam)
    services.move(held.cycle, "closed", by=table.sam)
    assert held.cycle.state == CycleState.CLOSED


def test_cancelled_session_is_written_down(table: Table, published: Session) -> None:
    with pytest.raises(Refused):
        services.cancel(published, by=table.ada)
    services.cancel(published, by=table.sam)
    assert ("cancelled", "published", "cancelled") in _journal(published)


# --- Another day.


def test_moving_a_published_session_changes_its_day_and_no_number(table: Table, published: Session) -> None:
    numbers = [(session.id, session.number) for session in published.cycle.sessions]

    services.move_session(published, date(2025, 12, 4), by=table.sam)

    assert (published.state, published.on) == (SessionState.MOVED, date(2025, 12, 4))
    assert published.begins == datetime(2025, 12, 4, 18, tzinfo=UTC)
    assert [(session.id, session.number) for session in published.cycle.sessions] == numbers
    assert ("moved", "published", "moved") in _journal(published)


def test_moved_session_is_published_again_on_its_new_day(table: Table, published: Session) -> None:
    services.move_session(published, date(2025, 12, 4), by=table.sam)
    services.publish(published, by=table.sam)
    assert published.state == SessionState.PUBLISHED


def test_moving_a_draft_tells_nobody_and_is_written_down(table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[4]
    services.move_session(session, session.on + timedelta(1), by=table.sam)
    assert session.state == SessionState.DRAFT
    assert _journal(session) == [("put on another day", "", "")]


def test_moving_never_reaches_a_held_session(table: Table, held: Session) -> None:
    with pytest.raises(Refused, match="This session is held, so its day stays"):
        services.move_session(held, date(2025, 12, 4), by=table.sam)
    with pytest.raises(Refused, match="Session 1 is on Tuesday 2 December"):
        services.move_session(held.cycle.sessions[1], date(2025, 12, 2), by=table.sam)


# --- The evening.


def test_added_item_stands_before_check_out(table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    added = services.add_item(
        session, by=table.sam, part=Part.WORK, title="Our map", minutes=5, purpose=Purpose.EXPLORE
    )
    assert _titles(session)[-2:] == ["Our map", "Check-out"]
    assert [item.position for item in session.items] == list(range(1, 10))
    assert (added.purpose, added.state) == (Purpose.EXPLORE, ItemState.PLANNED)


def test_added_item_stands_last_where_there_is_no_check_out(table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    for item in list(session.items):
        services.remove_item(item, by=table.sam)
    assert session.items == []
    services.add_item(session, by=table.sam, part=Part.WORK, title="First", minutes=5)
    services.add_item(session, by=table.sam, part=Part.WORK, title="Second", minutes=5)
    assert _titles(session) == ["First", "Second"]


def test_evening_holds_thirty_items_at_most(table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    for _ in range(22):
        services.add_item(session, by=table.sam, part=Part.WORK, title="More", minutes=1)
    with pytest.raises(Refused, match="30 items at most"):
        services.add_item(session, by=table.sam, part=Part.WORK, title="Too many", minutes=1)


@pytest.mark.parametrize(("position", "place"), [(1, 0), (3, 2), (8, 7), (30, 7)])
def test_item_goes_to_its_place_and_the_others_keep_their_order(
    table: Table, cycle: Cycle, position: int, place: int
) -> None:
    session = cycle.sessions[0]
    before, moved = _titles(session), session.items[4]

    services.place_item(moved, position, by=table.sam)

    assert session.items[place] is moved
    assert [title for title in _titles(session) if title != "Break"] == [t for t in before if t != "Break"]
    assert [item.position for item in session.items] == list(range(1, 9))


def test_item_taken_off_leaves_no_gap(table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    services.remove_item(session.items[2], by=table.sam)
    assert [item.position for item in session.items] == list(range(1, 8))
    assert "What came of what we said" not in _titles(session)


def test_agenda_of_a_published_session_stays(table: Table, published: Session) -> None:
    for change in (
        lambda: services.change_item(published.items[0], by=table.sam, minutes=5),
        lambda: services.place_item(published.items[0], 3, by=table.sam),
        lambda: services.remove_item(published.items[0], by=table.sam),
        lambda: services.add_item(published, by=table.sam, part=Part.WORK, title="Late", minutes=5),
    ):
        with pytest.raises(Refused, match="so its agenda stays"):
            change()


def test_item_is_done_carried_over_or_dropped_once_published(table: Table, published: Session) -> None:
    services.move_item(published.items[0], "done", by=table.sam)
    services.move_item(published.items[3], "carried over", by=table.sam)
    services.drop_item(published.items[2], by=table.sam)
    assert [item.state for item in published.items[:4]] == [
        *(ItemState.DONE, ItemState.PLANNED, ItemState.DROPPED, ItemState.CARRIED_OVER)
    ]
    assert _journal(published.items[0]) == [("done", "planned", "done")]


def test_stream_of_another_facilitator_is_left_alone(table: Table, cycle: Cycle) -> None:
    other: Workstream = a_stream(table.stream.programme, "Elsewhere", facilitator=table.stranger)
    assert other.id != cycle.workstream_id
    with pytest.raises(Refused):
        services.change_item(cycle.sessions[0].items[0], by=table.stranger, minutes=5)
