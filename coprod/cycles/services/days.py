"""Planning one day or evening on which groups come together: a cycle of one session, with an agenda of its own."""

from datetime import date, time

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.cycles.models import Cycle, CycleState, Session
from coprod.cycles.rules import days, moves, schedule
from coprod.cycles.services.plans import move
from coprod.people.models import Person
from coprod.programmes.queries import holidays
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import may_plan_a_day


def plan_day(
    stream: Workstream, on: date, starts_at: time, *, by: Person, minutes: int, is_day: bool, place: str = ""
) -> Cycle:
    """Put one session on a chosen day; a development day may be longer than an evening."""
    require(may_plan_a_day(by, stream) & moves.has_phases(stream))
    require(days.fits(minutes, days.longest(is_day)) & days.may_stand_on(on, starts_at, holidays(on, on), today()))
    lock(stream)
    cycle = Cycle(
        workstream=stream,
        number=next_number(Cycle.number, Cycle.workstream_id == stream.id),
        state=CycleState.DRAFT,
        starts_on=on,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        skips_school_holidays=False,
    )
    cycle.sessions = [_session(cycle)]
    db.session.add(cycle)
    db.session.flush()
    record(by, "planned", cycle)
    move(cycle, "scheduled", by=by)
    return cycle


def _session(cycle: Cycle) -> Session:
    return Session(
        number=1,
        on=cycle.starts_on,
        starts_at=cycle.starts_at,
        begins=schedule.begins(cycle.starts_on, cycle.starts_at),
        minutes=cycle.minutes,
        place=cycle.place,
        phase=cycle.workstream.programme.phases[0],
        items=days.agenda_for(cycle.minutes),
    )
