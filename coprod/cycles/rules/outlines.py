"""A cycle or a session told as an outline, to be planned again or kept: nothing of who was there or what they said."""

from coprod.cycles.models import AgendaItem, Cycle, ItemState, Session
from coprod.library.models import Template, TemplateItem, TemplateKind, TemplateStep, TemplateWeek
from coprod.library.rules import house
from coprod.library.rules.templates import STEP_STAGES

LAST_PHASE = 3


def outline_of(cycle: Cycle) -> Template:
    """Tell a cycle as a template: its sessions, their evenings and its steps; no days, no people."""
    told = Template(
        kind=TemplateKind.CYCLE, name=f"{cycle.workstream.name}, cycle {cycle.number}", note="", shared=True
    )
    last = len(cycle.sessions)
    told.weeks = [_week(number, session, last) for number, session in enumerate(cycle.sessions, 1)]
    told.steps = [
        TemplateStep(stage=step.stage, position=step.position, title=step.title)
        for step in cycle.steps
        if step.stage in STEP_STAGES
    ]
    return told


def _week(number: int, session: Session, last: int) -> TemplateWeek:
    phase = min(session.phase.position, LAST_PHASE)
    told = evening_of(session)
    as_offered = [_told(item) for item in told.items] == [_told(item) for item in house.items(number, phase, last)]
    return TemplateWeek(number=number, phase=phase, outline=None if as_offered else told)


def evening_of(session: Session) -> Template:
    """Tell a session's agenda as a template; what was dropped, asked for or carried in stays with its group."""
    told = Template(kind=TemplateKind.SESSION, name=f"Session {session.number}", note="", shared=True)
    told.items = [_item(position, item) for position, item in enumerate(filter(_may_travel, session.items), 1)]
    return told


def _may_travel(item: AgendaItem) -> bool:
    """Answer whether this is the plan's own, and nobody's words at the table."""
    return item.state != ItemState.DROPPED and item.carried_from_id is None and not item.was_asked_for


def _item(position: int, item: AgendaItem) -> TemplateItem:
    return TemplateItem(
        position=position,
        part=str(item.part),
        title=item.title,
        purpose=str(item.purpose or ""),
        outcome_wanted=item.outcome_wanted or "",
        method=item.method or "",
        papers=item.papers or "",
        minutes=item.minutes,
        is_hard=bool(item.is_hard),
        content_note=item.content_note or "",
    )


def _told(item: TemplateItem) -> tuple[object, ...]:
    words = (item.part, item.title, item.purpose, item.outcome_wanted, item.method, item.papers, item.content_note)
    return (*words, item.minutes, item.is_hard)
