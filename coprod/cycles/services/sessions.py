"""Everything that changes one session: publishing it, holding it, calling it off, ticking who came."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from coprod.agreements.queries import has_agreed
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles import queries
from coprod.cycles.models import Attendance, CycleState, How, ItemState, Session, SessionState
from coprod.cycles.rules import moves, register, schedule
from coprod.cycles.services.items import hold_with_items, move_item
from coprod.cycles.services.plans import move
from coprod.people.models import Person


def _move_session(session: Session, name: str, *, by: Person) -> None:
    before, after = moves.SESSION.make(by, name, session)
    record(by, name, session, before=before, after=after)


def publish(session: Session, *, by: Person) -> None:
    """Let the group see the evening, once it is ready."""
    lock(session)
    require(moves.may_publish(by, session, agreed=has_agreed(session.cycle.workstream), today=today()))
    _move_session(session, "published", by=by)


def hold(session: Session, *, by: Person) -> None:
    """Note that it was held; the first one begins the cycle."""
    lock(session)
    require(moves.may_hold(by, session, today()))
    _move_session(session, "held", by=by)
    lock(session.cycle)
    if session.cycle.state == CycleState.SCHEDULED:
        move(session.cycle, "begun", by=by)


def wrap_up(session: Session, became: Mapping[UUID, str], *, by: Person) -> None:
    """Say what became of each piece of work, by its key, and note that the session was held.

    What every evening has, from arrival to check-out, needs no word: it was done where nobody said otherwise.
    """
    hold_with_items(session)
    require(moves.may_hold(by, session, today()) & moves.are_settled(session, became))
    for item in [item for item in session.items if item.state == ItemState.PLANNED]:
        move_item(item, became.get(item.id, "done"), by=by)
    hold(session, by=by)


def say_how_to_dial_in(session: Session, words: str, *, by: Person) -> None:
    """Say how to take part by phone; without words, it is not possible this time."""
    lock(session)
    require(moves.may_say_how_to_dial_in(by, session))
    session.dial_in = words
    record(by, "said how to dial in", session)


def tick(session: Session, guest: Person, how: How, *, by: Person) -> None:
    """Tick on the register how somebody is here, or that they are not; a later tick takes an earlier one's place.

    The journal says once that there is a register, and never who came or when (P4).
    """
    lock(session)
    require(register.may_tick(by, session, guest, how, today()))
    if not queries.register_of(session):
        record(by, "kept a register", session)
    db.session.merge(Attendance(session_id=session.id, person_id=guest.id, how=how))
    db.session.flush()


def cancel(session: Session, *, by: Person) -> None:
    """Call a session off."""
    lock(session)
    _move_session(session, "cancelled", by=by)


def put_on(session: Session, on: date, *, by: Person) -> None:
    """Write another day into one session; who was told of the old day reads that it moved."""
    if session.state == SessionState.DRAFT:
        record(by, "put on another day", session)
    else:
        _move_session(session, "moved", by=by)
    session.on, session.begins = on, schedule.begins(on, session.starts_at, session.zone)
