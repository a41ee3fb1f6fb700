"""Everything that changes a session as it happens."""

from coprod.core.answers import require
from coprod.core.clock import now, today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles import services as cycles
from coprod.cycles.models import AgendaItem, ItemState, Session
from coprod.people.models import Person
from coprod.room import queries
from coprod.room.models import Room, Temperature
from coprod.room.rules import clock, moves


def go_on(session: Session, turn: int, *, by: Person) -> bool:
    """Begin, or end the item that is on and begin the next; False where somebody else moved it on in between."""
    room = _held(session, by)
    if room.turn != turn:
        return False
    item = room.item
    if item is not None:
        _finish(item, by)
    elif clock.is_begun(room):
        return False
    else:
        record(by, "begun", room)
    _turn_to(room, next(iter(clock.after(session.items, item)), None))
    return True


def go_back(session: Session, turn: int, *, by: Person) -> bool:
    """Take up again what was on before; False where somebody else moved it on, or where nothing was before."""
    room = _held(session, by)
    earlier = clock.before(session.items, room.item)
    if room.turn != turn or not clock.is_begun(room) or earlier is None:
        return False
    _turn_to(room, earlier)
    return True


def carry_over(item: AgendaItem, *, by: Person) -> None:
    """Leave what is not done for the next session; where it is on now, go on."""
    _let_go(item, "carried over", by)


def drop(item: AgendaItem, *, by: Person) -> None:
    """Leave an item out; where it is on now, go on."""
    _let_go(item, "dropped", by)


def take_temperature(session: Session, temperature: Temperature, *, by: Person) -> None:
    """Keep how the whole group is at check-out; never one person's answer."""
    lock(session)
    require(moves.may_feel(by, session, today()))
    room = _room(session)
    room.temperature = temperature
    record(by, "temperature taken", room)


def _let_go(item: AgendaItem, name: str, by: Person) -> None:
    room = _held(item.session, by)
    require(moves.may_let_go(by, item, today()))
    if name == "dropped":
        cycles.drop_item(item, by=by)
    else:
        cycles.carry_over(item, by=by)
    is_on = room.item is item
    _turn_to(room, next(iter(clock.after(item.session.items, item)), None) if is_on else room.item, anew=is_on)


def _finish(item: AgendaItem, by: Person) -> None:
    if item.state == ItemState.PLANNED:
        cycles.move_item(item, "done", by=by)


def _turn_to(room: Room, item: AgendaItem | None, *, anew: bool = True) -> None:
    room.item, room.turn = item, room.turn + 1
    if anew:
        room.since = now()
    db.session.flush()


def _held(session: Session, by: Person) -> Room:
    """Answer what is on in this session, held and read anew with its items: whoever was faster may have ended it."""
    lock(session)
    db.session.scalars(queries.items_anew(session)).all()
    require(moves.may_run(by, session, today()))
    return _room(session)


def _room(session: Session) -> Room:
    """Answer what is on in a session that is held; made when it is first asked for."""
    room = queries.room_of(session)
    if room is None:
        room = Room(session=session, turn=0)
        db.session.add(room)
        db.session.flush()
    else:
        db.session.refresh(room)
    return room
