"""Planning a cycle: its sessions, each with an evening, what is skipped, and what is done before and after."""

from collections.abc import Sequence
from datetime import date, time

from coprod.core.answers import require
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.cycles import queries
from coprod.cycles.models import AgendaItem, Cycle, CycleState, PlanStep, Session, SkippedWeek
from coprod.cycles.rules import moves, outlines, schedule, template
from coprod.cycles.rules.schedule import Skipped
from coprod.library import services as library
from coprod.library.models import Template, TemplateWeek
from coprod.library.rules import house
from coprod.library.rules.templates import outline_for
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
    outline: Template | None = None,
) -> Cycle:
    """Place the weekly sessions of an outline, the house's unless said, each with its evening, and schedule them."""
    require(moves.may_plan(by, stream) & moves.has_phases(stream))
    outline = outline or house.ten_weeks()
    count = len(outline.weeks)
    placed = queries.place(starts_on, skip_school=skips_school_holidays, count=count)
    require(schedule.is_whole(placed, count) & schedule.are_on_the_clock(placed.days, starts_at))
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
    evenings = _evenings(outline, by)
    cycle.sessions = [
        _session(cycle, week, on, items) for week, on, items in zip(outline.weeks, placed.days, evenings, strict=True)
    ]
    cycle.steps = [PlanStep(stage=step.stage, position=step.position, title=step.title) for step in outline.steps]
    db.session.add(cycle)
    db.session.flush()
    record(by, "planned", cycle)
    move(cycle, "scheduled", by=by)
    return cycle


def _evenings(outline: Template, by: Person) -> list[list[AgendaItem]]:
    last = len(outline.weeks)
    kept = [(week, outline_for(week, by)) for week in outline.weeks]
    return [
        template.as_items(evening.items) if evening else template.evening(week.number, week.phase, last)
        for week, evening in kept
    ]


def _session(cycle: Cycle, week: TemplateWeek, on: date, items: Sequence[AgendaItem]) -> Session:
    return Session(
        number=week.number,
        on=on,
        starts_at=cycle.starts_at,
        begins=schedule.begins(on, cycle.starts_at),
        minutes=cycle.minutes,
        place=cycle.place,
        phase=cycle.workstream.programme.phases[week.phase - 1],
        items=list(items),
    )


def move(cycle: Cycle, name: str, *, by: Person) -> None:
    """Make one of a cycle's moves, and write it down."""
    before, after = moves.CYCLE.make(by, name, cycle)
    record(by, name, cycle, before=before, after=after)


def skip(cycle: Cycle, weeks: Sequence[Skipped]) -> None:
    """Keep these as the weeks that are left out, and no others."""
    wanted = {week.on: week.why for week in weeks}
    for kept in [kept for kept in cycle.skipped if wanted.get(kept.on) != kept.why]:
        cycle.skipped.remove(kept)
        db.session.delete(kept)
    db.session.flush()
    known = {kept.on for kept in cycle.skipped}
    cycle.skipped.extend(SkippedWeek(on=on, why=why) for on, why in wanted.items() if on not in known)
    db.session.flush()


# --- What is kept of a plan in the library.


def keep_plan(cycle: Cycle, name: str, *, by: Person, note: str = "") -> Template:
    """Keep a cycle as a template of one's own: its sessions, evenings and steps, and nobody's data."""
    require(moves.may_keep_plan(by, cycle))
    return library.keep(outlines.outline_of(cycle), name, by=by, note=note)


def keep_evening(session: Session, name: str, *, by: Person, note: str = "") -> Template:
    """Keep a session's agenda as a template of one's own."""
    require(moves.runs(by, session))
    return library.keep(outlines.evening_of(session), name, by=by, note=note)
