"""Everything that changes a session's agenda."""

from typing import Any

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles.models import AgendaItem, Part, Session
from coprod.cycles.rules import moves
from coprod.people.models import Person

ASIDE = 1000


def add_item(session: Session, *, by: Person, part: Part, title: str, minutes: int, **words: Any) -> AgendaItem:
    """Add an item, before check-out where there is one."""
    _hold_still(session, by)
    require(moves.has_room(session))
    last = session.items[-1] if session.items else None
    ends_it = last is not None and last.part == Part.CHECK_OUT
    item = AgendaItem(
        session=session, position=len(session.items) + ASIDE, part=part, title=title, minutes=minutes, **words
    )
    db.session.add(item)
    db.session.flush()
    others = [other for other in session.items if other is not item]
    _put_in_order(session, [*others[:-1], item, others[-1]] if ends_it else [*others, item], by)
    return item


def change_item(item: AgendaItem, *, by: Person, **words: Any) -> None:
    """Change what an item says or how long it is."""
    _hold_still(item.session, by)
    for name, value in words.items():
        setattr(item, name, value)
    record(by, "changed the agenda", item.session)


def place_item(item: AgendaItem, position: int, *, by: Person) -> None:
    """Put an item at this place in the evening."""
    _hold_still(item.session, by)
    others = [other for other in item.session.items if other is not item]
    _put_in_order(item.session, [*others[: position - 1], item, *others[position - 1 :]], by)


def remove_item(item: AgendaItem, *, by: Person) -> None:
    """Take an item off an evening nobody has been told of yet."""
    session = item.session
    _hold_still(session, by)
    db.session.delete(item)
    db.session.flush()
    _put_in_order(session, [other for other in session.items if other is not item], by)


def move_item(item: AgendaItem, name: str, *, by: Person) -> None:
    """Say what became of an item: done, carried over or dropped."""
    before, after = moves.ITEM.make(by, name, item)
    record(by, name, item, before=before, after=after)


def _hold_still(session: Session, by: Person) -> None:
    lock(session)
    require(moves.may_change(by, session))


def _put_in_order(session: Session, items: list[AgendaItem], by: Person) -> None:
    for shelf in (ASIDE * 2, 0):
        for position, item in enumerate(items, 1):
            item.position = shelf + position
        db.session.flush()
    db.session.expire(session, ["items"])
    record(by, "changed the agenda", session)
