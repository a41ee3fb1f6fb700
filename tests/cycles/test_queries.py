"""Who finds which cycle and session, and what finding costs."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.cycles import queries, services
from coprod.cycles.models import Cycle, Session
from coprod.people.models import Person
from coprod.workstreams.models import MembershipState, WorkstreamState
from tests.cycles.conftest import START, Table
from tests.factories import a_stream

TODAY = date(2025, 11, 17)


def _another(table: Table, name: str, start: date = START) -> Cycle:
    """Ten weeks of a stream at which Sam sits too, and Robin does not."""
    other = a_stream(table.stream.programme, name, facilitator=table.sam)
    return services.plan(other, start, time(10), by=table.sam)


def test_cycle_is_seen_by_those_who_sit_at_its_stream(table: Table, cycle: Cycle) -> None:
    """P1."""
    elsewhere = _another(table, "Elsewhere", date(2026, 1, 6))
    for person in (table.sam, table.robin, table.ada):
        assert queries.one_seen_by(person, cycle.id) is cycle
    assert list(queries.seen_by(table.robin)) == [cycle]
    assert list(queries.seen_by(table.sam)) == [elsewhere, cycle]
    assert list(queries.seen_by(table.stranger)) == []
    with pytest.raises(NoResultFound):
        queries.one_seen_by(table.stranger, cycle.id)


def test_one_who_left_finds_nothing(table: Table, published: Session) -> None:
    """P6."""
    next(m for m in table.stream.memberships if m.person is table.robin).state = MembershipState.LEFT  # type: ignore[misc]
    db.session.flush()
    with pytest.raises(NoResultFound):
        queries.one_session_seen_by(table.robin, published.id)


def test_draft_session_is_found_by_its_facilitator_alone(table: Table, published: Session) -> None:
    draft = published.cycle.sessions[1]
    assert queries.one_session_seen_by(table.sam, draft.id) is draft
    assert queries.one_item_seen_by(table.sam, draft.items[2].id) is draft.items[2]
    for person in (table.robin, table.ada, table.stranger):
        with pytest.raises(NoResultFound):
            queries.one_session_seen_by(person, draft.id)
        with pytest.raises(NoResultFound):
            queries.one_item_seen_by(person, draft.items[2].id)
    for person in (table.robin, table.ada):
        assert queries.one_session_seen_by(person, published.id) is published


def test_next_session_is_the_first_this_person_may_come_to(table: Table, published: Session) -> None:
    sessions = published.cycle.sessions
    for person in (table.robin, table.sam):
        assert queries.next_session_for(person, TODAY) is published
    assert queries.next_session_for(table.robin, published.on) is published
    assert queries.next_session_for(table.robin, published.on + timedelta(1)) is None
    assert queries.next_session_for(table.sam, published.on + timedelta(1)) is sessions[1]
    assert queries.next_session_for(table.stranger, TODAY) is None


def test_cancelled_and_held_sessions_come_next_no_more(table: Table, published: Session) -> None:
    services.cancel(published, by=table.sam)
    assert queries.next_session_for(table.robin, TODAY) is None


@pytest.mark.parametrize("state", [WorkstreamState.PAUSED, WorkstreamState.CLOSED])
def test_nobody_is_told_to_come_to_a_group_that_does_not_meet_now(
    table: Table, published: Session, state: WorkstreamState
) -> None:
    table.stream.state = state
    db.session.flush()
    assert queries.next_session_for(table.robin, TODAY) is None
    assert list(queries.sessions_between(table.sam, TODAY, published.on)) == []
    assert queries.stuck(table.sam, published.on) == []


def test_sessions_of_a_week_are_listed_in_their_order(table: Table, cycle: Cycle) -> None:
    other = _another(table, "Elsewhere", START - timedelta(1))
    week = queries.sessions_between(table.sam, START - timedelta(1), START + timedelta(5))
    assert list(week) == [other.sessions[0], cycle.sessions[0]]
    assert list(queries.sessions_between(table.robin, START, START + timedelta(5))) == []


def test_cycles_of_a_stream_are_listed_first_one_first(table: Table, cycle: Cycle) -> None:
    _another(table, "Elsewhere")
    second = services.plan(table.stream, date(2026, 4, 14), time(18), by=table.sam)
    assert list(queries.cycles_of(table.stream)) == [cycle, second]


def test_stuck_names_what_must_be_out_soon_and_cannot_be(table: Table, cycle: Cycle, agreed: None) -> None:
    """Sessions of 2 and 9 December must be out by 27 November and 4 December."""
    services.change_item(cycle.sessions[0].items[-1], by=table.sam, minutes=5)
    services.change_item(cycle.sessions[1].items[-1], by=table.sam, minutes=5)
    assert queries.stuck(table.sam, date(2025, 11, 21)) == []
    assert queries.stuck(table.sam, date(2025, 11, 22)) == [
        queries.Stuck(cycle.sessions[0], "Check-out has 5 minutes. It needs 10. Add 5.")
    ]
    assert [found.session.number for found in queries.stuck(table.sam, date(2025, 11, 29))] == [1, 2]
    assert queries.stuck(table.robin, date(2025, 11, 29)) == []


def test_stuck_names_a_missing_agreement_and_too_little_notice(table: Table, cycle: Cycle) -> None:
    assert ["agreement" in found.reason for found in queries.stuck(table.sam, date(2025, 11, 22))] == [True]


def test_published_session_is_not_stuck(table: Table, published: Session) -> None:
    assert queries.stuck(table.sam, date(2025, 11, 22)) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda person, stream: queries.seen_by(person),
        lambda person, stream: queries.sessions_between(person, TODAY, date(2026, 12, 1)),
        lambda person, stream: queries.next_session_for(person, TODAY),
        lambda person, stream: queries.stuck(person, date(2025, 11, 29)),
        lambda person, stream: queries.cycles_of(stream),
    ],
)
def test_lists_cost_the_same_with_one_and_with_three(
    table: Table, cycle: Cycle, query_count: list[str], ask: Callable[[Person, object], object]
) -> None:
    def cost() -> int:
        db.session.commit()
        db.session.expire_all()
        person, stream = table.sam, table.stream
        _ = person.id, stream.id
        query_count.clear()
        _read(ask(person, stream))
        return len(query_count)

    with_one = cost()
    for name in ("Second", "Third"):
        _another(table, name)
    services.plan(table.stream, date(2026, 4, 14), time(18), by=table.sam)
    assert cost() == with_one


def _read(found: object) -> None:
    """Touch what pages touch."""
    for thing in found if isinstance(found, list) else [found]:
        session = getattr(thing, "session", thing)
        sessions = session.sessions if isinstance(session, Cycle) else [session]
        for each in sessions:
            _ = each.phase.name
        if isinstance(session, Session):
            _ = [item.title for item in session.items], session.cycle.workstream.name, session.cycle.sessions
