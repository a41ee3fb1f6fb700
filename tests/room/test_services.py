"""Moving an evening on: one step for one press, whoever presses; and what is let go."""

from enum import StrEnum
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services as cycles
from coprod.cycles.models import AgendaItem, ItemState, Session, SessionState
from coprod.cycles.rules.agenda import kept
from coprod.room import queries, services
from coprod.room.models import Room, Temperature
from coprod.room.rules.clock import Now, Phase
from coprod.workstreams.models import Role, Seat
from tests.cycles.conftest import Table
from tests.factories import a_membership, a_professional
from tests.room.conftest import Later


def _room(session: Session) -> Room:
    found = queries.room_of(session)
    assert found is not None
    return found


def test_evening_goes_on_item_by_item_and_back(table: Table, tonight: Session, later: Later) -> None:
    sam, items = table.sam, tonight.items
    assert services.go_on(tonight, 0, by=sam)
    later(20)
    assert services.go_on(tonight, 1, by=sam)
    room = _room(tonight)
    assert (room.item, room.turn, room.since) == (items[1], 2, tonight.begins.replace(minute=20))
    assert [item.state for item in items[:2]] == [ItemState.DONE, ItemState.PLANNED]
    later(21)
    assert services.go_back(tonight, 2, by=sam)
    assert (room.item, room.turn, room.since) == (items[0], 3, tonight.begins.replace(minute=21))
    # What was done stays done, however often it is taken up again.
    assert services.go_on(tonight, 3, by=sam)
    assert room.item is items[1]


def test_two_who_press_at_once_go_one_step(table: Table, tonight: Session) -> None:
    second = a_professional("Mo")
    a_membership(table.stream, second, Role.FACILITATOR, Seat.TEAM)
    assert services.go_on(tonight, 0, by=table.sam)
    assert not services.go_on(tonight, 0, by=second)
    assert not services.go_back(tonight, 0, by=second)
    # Before the first there is nothing.
    assert not services.go_back(tonight, 1, by=second)
    assert (_room(tonight).item, _room(tonight).turn) == (tonight.items[0], 1)


def test_after_the_last_item_it_is_over_and_can_be_taken_back(table: Table, tonight: Session) -> None:
    count = len(tonight.items)
    assert not services.go_back(tonight, 0, by=table.sam)
    for turn in range(count + 1):
        assert services.go_on(tonight, turn, by=table.sam)
    room = _room(tonight)
    assert (room.item, room.turn) == (None, count + 1)
    assert {item.state for item in tonight.items} == {ItemState.DONE}
    assert not services.go_on(tonight, count + 1, by=table.sam)
    assert services.go_back(tonight, count + 1, by=table.sam)
    assert room.item is tonight.items[-1]


def test_what_is_dropped_or_carried_over_is_left_out(table: Table, tonight: Session, later: Later) -> None:
    items = list(tonight.items)
    services.go_on(tonight, 0, by=table.sam)
    later(5)
    services.drop(items[2], by=table.sam)
    services.carry_over(items[5], by=table.sam)
    room = _room(tonight)
    # What is on stays on, and keeps its time; the screens are told that something changed.
    assert (room.item, room.since, room.turn) == (items[0], tonight.begins, 3)
    assert [items[2].state, items[5].state] == [ItemState.DROPPED, ItemState.CARRIED_OVER]
    fresh = db.session.scalars(select(AgendaItem).where(AgendaItem.carried_from_id == items[5].id)).one()
    assert fresh.session.number == 2


def test_what_is_on_may_be_broken_off_for_next_time(table: Table, tonight: Session, later: Later) -> None:
    items = list(tonight.items)
    for turn in range(4):
        services.go_on(tonight, turn, by=table.sam)
    later(40)
    services.carry_over(items[3], by=table.sam)
    room = _room(tonight)
    assert (room.item, room.turn, room.since) == (items[4], 5, tonight.begins.replace(minute=40))


def test_what_is_let_go_in_any_phase_neither_begins_nor_ends_the_evening(
    table: Table, tonight: Session, later: Later
) -> None:
    items, sam = list(tonight.items), table.sam
    later(-20)
    services.drop(items[2], by=sam)
    services.carry_over(items[5], by=sam)
    told = Now(tonight, _room(tonight), tonight.begins)
    assert (told.phase, told.turn, told.then) == (Phase.BEFORE, 2, items[0])
    assert not services.go_back(tonight, 2, by=sam)
    assert services.go_on(tonight, 2, by=sam)
    assert db.session.scalars(select(Entry.verb).where(Entry.subject == "room")).all() == ["begun"]
    services.drop(items[6], by=sam)
    assert (Now(tonight, _room(tonight), tonight.begins).phase, _room(tonight).item) == (Phase.ON, items[0])
    for turn in range(4, 4 + len(kept(items))):
        assert services.go_on(tonight, turn, by=sam)
    # What was taken up again by mistake and let go then leaves it over, and it can be taken back.
    db.session.execute(update(AgendaItem).where(AgendaItem.id == items[3].id).values(state=ItemState.PLANNED))
    db.session.expire_all()
    services.drop(items[3], by=sam)
    room = _room(tonight)
    assert Now(tonight, room, tonight.begins).phase == Phase.OVER
    assert not services.go_on(tonight, room.turn, by=sam)
    assert services.go_back(tonight, room.turn, by=sam)
    assert Now(tonight, room, tonight.begins).phase == Phase.ON


def _meanwhile(kind: type, key: UUID, state: StrEnum) -> None:
    """Let somebody else, in a transaction of her own, be faster; what this one remembers is stale."""
    faster = update(kind).where(kind.id == key).values(state=state)  # type: ignore[attr-defined]
    db.session.execute(faster.execution_options(synchronize_session=False))


def test_what_somebody_else_did_in_between_counts(table: Table, tonight: Session) -> None:
    """R4: what is asked, is asked of what stands once the session is held."""
    sam, items = table.sam, list(tonight.items)
    services.go_on(tonight, 0, by=sam)
    assert {item.state for item in items} == {ItemState.PLANNED}
    # The one that is on was dropped, and so was the next.
    for item in items[:2]:
        _meanwhile(AgendaItem, item.id, ItemState.DROPPED)
    assert services.go_on(tonight, 1, by=sam)
    assert (_room(tonight).item, items[0].state) == (items[2], ItemState.DROPPED)
    _meanwhile(Session, tonight.id, SessionState.HELD)
    for attempt in (lambda: services.go_on(tonight, 2, by=sam), lambda: services.drop(items[3], by=sam)):
        with pytest.raises(Refused, match="This session is held"):
            attempt()
    _meanwhile(Session, tonight.id, SessionState.CANCELLED)
    with pytest.raises(Refused, match="cancelled"):
        services.take_temperature(tonight, Temperature.GOOD, by=sam)


def test_temperature_is_the_groups_and_the_latest_stays(table: Table, tonight: Session) -> None:
    services.take_temperature(tonight, Temperature.HEAVY, by=table.sam)
    cycles.hold(tonight, by=table.sam)
    services.take_temperature(tonight, Temperature.MIXED, by=table.sam)
    assert db.session.scalars(select(Room.temperature)).all() == [Temperature.MIXED]
    assert {column.name for column in Room.__table__.columns} == {
        "id",
        "session_id",
        "item_id",
        "since",
        "turn",
        "temperature",
    }


def test_nobody_else_may_and_nothing_is_left_of_trying(table: Table, tonight: Session) -> None:
    services.go_on(tonight, 0, by=table.sam)
    tries = [
        lambda: services.go_on(tonight, 1, by=table.robin),
        lambda: services.go_back(tonight, 1, by=table.ada),
        lambda: services.drop(tonight.items[3], by=table.robin),
        lambda: services.carry_over(tonight.items[3], by=table.stranger),
        lambda: services.take_temperature(tonight, Temperature.GOOD, by=table.robin),
        lambda: services.drop(tonight.items[4], by=table.sam),
    ]
    for attempt in tries:
        with pytest.raises(Refused):
            attempt()
    assert (_room(tonight).turn, tonight.items[3].state) == (1, ItemState.PLANNED)


def test_journal_tells_that_it_was_begun_and_names_nobody_but_who_ran_it(table: Table, tonight: Session) -> None:
    services.go_on(tonight, 0, by=table.sam)
    services.go_on(tonight, 1, by=table.sam)
    services.take_temperature(tonight, Temperature.GOOD, by=table.sam)
    entries = db.session.scalars(select(Entry).where(Entry.subject == "room").order_by(Entry.verb)).all()
    assert [(entry.verb, entry.by_id, entry.after) for entry in entries] == [
        ("begun", table.sam.id, ""),
        ("temperature taken", table.sam.id, ""),
    ]
    assert db.session.scalar(select(func.count()).select_from(Room)) == 1
