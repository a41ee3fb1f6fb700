"""Moving one session, this and those after it, or all that are not over."""

from datetime import date, timedelta

from sqlalchemy import select

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles import queries
from coprod.cycles.models import Cycle, Session
from coprod.cycles.rules import moves, shifting
from coprod.cycles.rules.shifting import Scope, Shift
from coprod.cycles.services.plans import skip
from coprod.cycles.services.sessions import put_on
from coprod.people.models import Person


def shift(session: Session, to: date | timedelta, scope: Scope, *, by: Person) -> Shift:
    """Move sessions to a new day or so far along; numbers stay, held ones never move, skipped weeks are kept true."""
    cycle = session.cycle
    _hold_all(cycle)
    require(moves.may_reschedule(by, session))
    found, known = queries.shifted(session, scope, to)
    require(shifting.may_shift(by, found, known, today()))
    for change in [change for change in found.changes if change.moves]:
        put_on(change.session, change.on, by=by)
    skip(cycle, found.skipped)
    if scope != Scope.THIS:
        if found.changes[0].session is cycle.sessions[0]:
            cycle.starts_on = found.changes[0].on
        record(by, "shifted", cycle)
    db.session.flush()
    return found


def move_session(session: Session, on: date, *, by: Person) -> None:
    """Put one session on another day; its number and all the others stay."""
    shift(session, on, Scope.THIS, by=by)


def _hold_all(cycle: Cycle) -> None:
    """Hold every session in turn and then the cycle, freshly read, as whoever holds one of them does."""
    db.session.flush()
    held = select(Session).where(Session.cycle_id == cycle.id).order_by(Session.number).with_for_update()
    db.session.scalars(held.execution_options(populate_existing=True)).all()
    lock(cycle)
