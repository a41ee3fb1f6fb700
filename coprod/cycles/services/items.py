"""Everything that changes a session's agenda."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles.models import AgendaItem, Part, Session, SuggestedItem
from coprod.cycles.rules import agenda, moves, template
from coprod.cycles.rules.suggestions import SUGGESTION
from coprod.library.models import Template
from coprod.people.models import Person

ASIDE = 1000
SAID = ("part", "title", "purpose", "outcome_wanted", "method", "lead", "minutes")
SAID_OF_IT = ("is_hard", "content_note", "papers", "raised_by", "was_asked_for")


def add_item(session: Session, *, by: Person, part: Part, title: str, minutes: int, **words: Any) -> AgendaItem:
    """Add an item, before check-out where there is one."""
    _hold_still(session, by)
    last = session.items[-1] if session.items else None
    ends_it = last is not None and last.part == Part.CHECK_OUT
    item = AgendaItem(part=part, title=title, minutes=minutes, **words)
    return _put_in(session, item, len(session.items) - ends_it, by)


def add_work(session: Session, item: AgendaItem, *, by: Person) -> AgendaItem:
    """Add what came from elsewhere: it stands before "who does what next", until somebody finds it a better place."""
    _hold_still(session, by)
    return _put_in(session, item, agenda.place_for_more(session.items), by)


def change_item(item: AgendaItem, *, by: Person, **words: Any) -> None:
    """Change what an item says or how long it is."""
    _hold_item(item, by)
    for name, value in words.items():
        setattr(item, name, value)
    record(by, "changed the agenda", item.session)


def place_item(item: AgendaItem, position: int, *, by: Person) -> None:
    """Put an item at this place in the evening."""
    _hold_item(item, by)
    others = [other for other in item.session.items if other is not item]
    _put_in_order(item.session, [*others[: position - 1], item, *others[position - 1 :]], by)


def remove_item(item: AgendaItem, *, by: Person) -> None:
    """Take an item off; one a member asked for waits for an answer again.

    Where people have been told of the evening it is dropped: notes, the room and later evenings may point to it.
    """
    session = item.session
    _hold(item)
    require(moves.may_take_off(by, item))
    if session.state in moves.TOLD:
        _move(item, "dropped", by)
        return
    for suggestion in _asked_for([item]):
        SUGGESTION.make(by, "given back", suggestion)
        suggestion.item_id = None
    take_out(item)
    record(by, "changed the agenda", session)


def take_out(item: AgendaItem) -> None:
    """Take an item out of an evening that is held and nobody has been told of; those after it move up."""
    session = item.session
    others = [other for other in session.items if other is not item]
    db.session.flush()
    db.session.delete(item)
    db.session.flush()
    _number(session, others)


def lay_out(session: Session, outline: Template | None, *, by: Person) -> None:
    """Start the evening anew from a template, or from the house's own; what was carried in or asked for stays."""
    lock(session)
    require(moves.may_lay_out(by, session))
    fresh = template.for_session(session, outline)
    asked = {suggestion.item_id for suggestion in _asked_for(session.items)}
    kept = [item for item in session.items if item.carried_from_id or item.id in asked]
    require(moves.fit_in([*kept, *fresh]))
    for item in session.items:
        if item not in kept:
            db.session.delete(item)
    for position, item in enumerate(kept, 1):
        item.position = ASIDE + position
    db.session.flush()
    session.items = [*kept, *fresh]
    place = agenda.place_for_more(fresh)
    _put_in_order(session, [*fresh[:place], *kept, *fresh[place:]], by, "laid out anew")


# --- What became of an item.


def move_item(item: AgendaItem, name: str, *, by: Person) -> None:
    """Say what became of an item: done, carried over or dropped."""
    if name == "carried over":
        carry_over(item, by=by)
    else:
        _hold(item)
        _move(item, name, by)


def drop_item(item: AgendaItem, *, by: Person) -> None:
    """Say that an item was dropped; nothing of it comes again."""
    _hold(item)
    _move(item, "dropped", by)


def carry_over(item: AgendaItem, *, by: Person) -> AgendaItem:
    """Leave an unfinished item for the next session that is not over: a fresh one stands there, whoever asked for it.

    Where that evening has been sent out and is too full now, its agenda may be mended.
    """
    _hold(item)
    require(moves.ITEM.may(by, "carried over", item))
    coming = moves.coming_after(item.session)[0]
    lock(coming)
    require(moves.still_takes(coming))
    _move(item, "carried over", by)
    fresh = AgendaItem(**{name: getattr(item, name) for name in (*SAID, *SAID_OF_IT)}, carried_from_id=item.id)
    _put_in(coming, fresh, agenda.place_for_more(coming.items), by)
    for suggestion in _asked_for([item]):
        suggestion.item_id = fresh.id
    db.session.flush()
    return fresh


def _move(item: AgendaItem, name: str, by: Person) -> None:
    before, after = moves.ITEM.make(by, name, item)
    record(by, name, item, before=before, after=after)


def _asked_for(items: Sequence[AgendaItem]) -> Sequence[SuggestedItem]:
    keys = [item.id for item in items]
    wanted = select(SuggestedItem).where(SuggestedItem.item_id.in_(keys)).order_by(SuggestedItem.id)
    return db.session.scalars(wanted).all()


def hold_with_items(session: Session) -> None:
    """Hold an evening and all that happens in it, freshly read, until the transaction ends."""
    lock(session)
    items = select(AgendaItem).where(AgendaItem.session_id == session.id).order_by(AgendaItem.position)
    db.session.scalars(items.with_for_update().execution_options(populate_existing=True)).all()


def _hold(item: AgendaItem) -> None:
    """Hold the evening before its item, as all who change either do: nobody then waits for who waits for her."""
    lock(item.session)
    lock(item)


def _hold_item(item: AgendaItem, by: Person) -> None:
    _hold(item)
    require(moves.may_change(by, item.session))


def _hold_still(session: Session, by: Person) -> None:
    lock(session)
    require(moves.may_change(by, session))


def _put_in(session: Session, item: AgendaItem, place: int, by: Person) -> AgendaItem:
    others = list(session.items)
    require(moves.fit_in([*others, item]))
    item.session, item.position = session, len(others) + ASIDE
    db.session.add(item)
    db.session.flush()
    _put_in_order(session, [*others[:place], item, *others[place:]], by)
    return item


def _put_in_order(session: Session, items: Sequence[AgendaItem], by: Person, said: str = "changed the agenda") -> None:
    _number(session, items)
    record(by, said, session)


def _number(session: Session, items: Sequence[AgendaItem]) -> None:
    for shelf in (ASIDE * 2, 0):
        for position, item in enumerate(items, 1):
            item.position = shelf + position
        db.session.flush()
    db.session.expire(session, ["items"])
