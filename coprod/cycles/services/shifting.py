"""Moving one session, this and those after it, or all that are not over."""

from datetime import date, timedelta

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles.models import Session
from coprod.cycles.rules import moves, schedule, shifting
from coprod.cycles.rules.shifting import Scope, Shift
from coprod.cycles.services.plans import skip
from coprod.cycles.services.sessions import move_session, put_on
from coprod.people.models import Person
from coprod.programmes.queries import holidays


def shift(session: Session, to: date | timedelta, scope: Scope, *, by: Person) -> Shift:
    """Move sessions to a new day or so far along; numbers stay, held ones never move, skipped weeks are kept true."""
    cycle = session.cycle
    lock(cycle)
    require(moves.may_reschedule(by, session))
    first = shifting.aim(session, scope, to)
    known = holidays(*schedule.span(first))
    found = shifting.shift(session, scope, first, known)
    require(shifting.may_shift(by, found, known, today()))
    if scope == Scope.THIS:
        move_session(session, first, by=by)
        return found
    for change in [change for change in found.changes if change.moves]:
        put_on(change.session, change.on, by=by)
    skip(cycle, found.skipped)
    if found.changes[0].session is cycle.sessions[0]:
        cycle.starts_on = found.changes[0].on
    db.session.flush()
    record(by, "shifted", cycle)
    return found
