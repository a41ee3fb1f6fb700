"""Planning a cycle: its sessions, each with the evening of its phase, and what is skipped."""

from datetime import date, time

from coprod.core.answers import require
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.cycles import queries
from coprod.cycles.models import Cycle, CycleState, Session, SkippedWeek
from coprod.cycles.rules import moves, schedule, template
from coprod.library.rules.house import phase_at
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


def plan(
    stream: Workstream,
    starts_on: date,
    starts_at: time,
    *,
    by: Person,
    minutes: int = 115,
    place: str = "",
    skips_school_holidays: bool = True,
) -> Cycle:
    """Place ten weekly sessions, each with the evening of its phase, and schedule them."""
    require(moves.may_plan(by, stream) & moves.has_phases(stream))
    placed = queries.place(starts_on, skip_school=skips_school_holidays)
    require(schedule.is_whole(placed) & schedule.are_on_the_clock(placed.days, starts_at))
    lock(stream)
    cycle = Cycle(
        workstream=stream,
        number=next_number(Cycle.number, Cycle.workstream_id == stream.id),
        state=CycleState.DRAFT,
        starts_on=starts_on,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        skips_school_holidays=skips_school_holidays,
    )
    cycle.skipped = [SkippedWeek(on=skip.on, why=skip.why) for skip in placed.skipped]
    cycle.sessions = [_session(cycle, number, on) for number, on in enumerate(placed.days, 1)]
    db.session.add(cycle)
    db.session.flush()
    record(by, "planned", cycle)
    move(cycle, "scheduled", by=by)
    return cycle


def _session(cycle: Cycle, number: int, on: date) -> Session:
    return Session(
        number=number,
        on=on,
        starts_at=cycle.starts_at,
        begins=schedule.begins(on, cycle.starts_at),
        minutes=cycle.minutes,
        place=cycle.place,
        phase=cycle.workstream.programme.phases[phase_at(number) - 1],
        items=template.evening(number),
    )


def move(cycle: Cycle, name: str, *, by: Person) -> None:
    """Make one of a cycle's moves, and write it down."""
    before, after = moves.CYCLE.make(by, name, cycle)
    record(by, name, cycle, before=before, after=after)
