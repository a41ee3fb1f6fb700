"""R4: what somebody else did in between counts; what may be done is asked of what stands once it is held."""

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.cycles import services
from coprod.cycles.models import AgendaItem, Cycle, ItemState, Part, Session, SessionState, SuggestedItem
from coprod.cycles.models import SuggestionState as Asked
from coprod.cycles.rules import moves
from coprod.people.models import Person
from tests.cycles.conftest import Table
from tests.together import at_once


def _meanwhile(kind: type, key: UUID, state: StrEnum | None) -> None:
    """Let somebody else change its state, or delete it, so that what this one remembers is stale."""
    found = kind.id == key  # type: ignore[attr-defined]
    faster = delete(kind).where(found) if state is None else update(kind).where(found).values(state=state)
    db.session.execute(faster.execution_options(synchronize_session=False))


def _refused(*attempts: Callable[[], object]) -> list[str]:
    said = []
    for attempt in attempts:
        with pytest.raises((Refused, NoResultFound)) as stopped:
            attempt()
        said.append(str(stopped.value) if stopped.type is Refused else "not found")
    return said


def test_item_that_was_let_go_is_neither_done_dropped_nor_carried(table: Table, published: Session) -> None:
    sam, items = table.sam, published.items
    assert {item.state for item in items} == {ItemState.PLANNED}
    for item in items[3], items[5]:
        _meanwhile(AgendaItem, item.id, ItemState.DROPPED)
    assert _refused(
        lambda: services.move_item(items[3], "done", by=sam),
        lambda: services.drop_item(items[5], by=sam),
    ) == ["It is dropped, so it cannot be done.", "It is dropped, so it cannot be dropped."]
    _meanwhile(AgendaItem, items[3].id, ItemState.PLANNED)
    db.session.refresh(items[3])
    _meanwhile(AgendaItem, items[3].id, ItemState.CARRIED_OVER)
    assert "It is carried over" in _refused(lambda: services.carry_over(items[3], by=sam))[0]
    assert db.session.scalar(select(func.count()).where(AgendaItem.carried_from_id.is_not(None))) == 0


def test_nothing_is_carried_into_an_evening_that_was_called_off(table: Table, published: Session) -> None:
    coming = published.cycle.sessions[1]
    assert coming.state == SessionState.DRAFT
    _meanwhile(Session, coming.id, SessionState.CANCELLED)
    (said,) = _refused(lambda: services.carry_over(published.items[3], by=table.sam))
    assert said == "Session 2 is cancelled by now. Try once more."
    assert published.items[3].state == ItemState.PLANNED


def test_evening_that_is_over_stays_as_it_is(table: Table, published: Session, clock: Callable[..., None]) -> None:
    sam = table.sam
    clock(published.begins)
    became = {item.id: "done" for item in moves.to_settle(published)}
    tries: list[Callable[[], object]] = [
        lambda: services.hold(published, by=sam),
        lambda: services.wrap_up(published, became, by=sam),
        lambda: services.cancel(published, by=sam),
        lambda: services.say_how_to_dial_in(published, "01632 960 000", by=sam),
    ]
    for attempt in tries:
        assert published.state == SessionState.PUBLISHED
        _meanwhile(Session, published.id, SessionState.CANCELLED)
        assert "cancelled" in _refused(attempt)[0]
        _meanwhile(Session, published.id, SessionState.PUBLISHED)
        db.session.expire_all()


def test_what_was_said_of_an_item_stands_when_the_evening_is_laid_aside(
    table: Table, published: Session, clock: Callable[..., None]
) -> None:
    clock(published.begins)
    work = moves.to_settle(published)
    _meanwhile(AgendaItem, work[0].id, ItemState.DROPPED)
    services.wrap_up(published, {item.id: "done" for item in work}, by=table.sam)
    assert [published.state, *(item.state for item in work)] == ["held", "dropped", "done"]


def test_agenda_that_went_out_is_not_built_any_more(table: Table, cycle: Cycle) -> None:
    sam, session = table.sam, cycle.sessions[0]
    item = session.items[3]
    asked = services.suggest(table.stream, "The phone at night", by=table.robin)
    tries: list[Callable[[], object]] = [
        lambda: services.add_item(session, by=sam, part=Part.WORK, title="More", minutes=5),
        lambda: services.change_item(item, by=sam, minutes=5),
        lambda: services.place_item(item, 5, by=sam),
        lambda: services.remove_item(item, by=sam),
        lambda: services.lay_out(session, None, by=sam),
        lambda: services.take(asked, session, by=sam),
    ]
    for attempt in tries:
        assert session.state == SessionState.DRAFT
        _meanwhile(Session, session.id, SessionState.PUBLISHED)
        assert _refused(attempt) != ["not found"]
        _meanwhile(Session, session.id, SessionState.DRAFT)
        db.session.expire_all()


def test_what_was_answered_or_taken_back_is_not_answered_again(table: Table, cycle: Cycle) -> None:
    sam, session = table.sam, cycle.sessions[0]
    asked = services.suggest(table.stream, "The phone at night", by=table.robin)
    _meanwhile(SuggestedItem, asked.id, Asked.TAKEN)
    tries: list[Callable[[], object]] = [
        lambda: services.put_off(asked, "In spring.", by=sam),
        lambda: services.take(asked, session, by=sam),
    ]
    assert ["It is taken" in said for said in _refused(*tries)] == [True, True]
    _meanwhile(SuggestedItem, asked.id, None)
    gone = [*tries, lambda: services.take_back(asked, by=table.robin)]
    assert _refused(*gone) == ["not found"] * 3


def test_item_that_was_taken_off_is_not_found(table: Table, cycle: Cycle) -> None:
    """It answered 500."""
    item = cycle.sessions[0].items[3]
    _meanwhile(AgendaItem, item.id, None)
    assert _refused(
        lambda: services.change_item(item, by=table.sam, minutes=5),
        lambda: services.remove_item(item, by=table.sam),
    ) == ["not found", "not found"]


def test_held_evening_lists_what_is_in_it_now(table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    first, gone = session.items[0], session.items[3]
    _meanwhile(AgendaItem, gone.id, None)
    services.place_item(first, 2, by=table.sam)
    assert gone not in session.items
    assert [item.position for item in session.items] == list(range(1, 8))
    assert session.items[1] is first


def test_one_item_carried_twice_at_once_comes_once(app: Flask, table: Table, published: Session) -> None:
    item, sam = published.items[3].id, table.sam.id
    db.session.commit()
    refused: list[str] = []

    def carry() -> None:
        with app.app_context():
            try:
                services.carry_over(db.session.get_one(AgendaItem, item), by=db.session.get_one(Person, sam))
                db.session.commit()
            except Refused as refusal:
                refused.append(str(refusal))
                db.session.rollback()

    at_once(carry, carry)
    assert refused == ["It is carried over, so it cannot be carried over."]
    assert db.session.scalar(select(func.count()).where(AgendaItem.carried_from_id == item)) == 1
