"""The evening each session starts from: the house's own, by its phase (domain section 7), or what a template says."""

from collections.abc import Iterable

from coprod.cycles.models import AgendaItem, Part, Purpose, Session
from coprod.library.models import Template, TemplateItem
from coprod.library.rules import house


def evening(number: int, phase: int | None = None, last: int = house.TEN) -> list[AgendaItem]:
    """Lay out a fresh evening of the house's for the session with this number, in this phase, of so many."""
    return as_items(house.items(number, phase, last))


def for_session(session: Session, outline: Template | None) -> list[AgendaItem]:
    """Lay out a fresh evening for this session: as the template says, or the house's for its week."""
    if outline is None or house.is_offered(outline):
        return evening(session.number, session.phase.position, len(session.cycle.sessions))
    return as_items(outline.items)


def as_items(told: Iterable[TemplateItem]) -> list[AgendaItem]:
    """Lay out a fresh evening from what a template holds."""
    return [
        AgendaItem(
            position=position,
            part=Part(item.part),
            title=item.title,
            purpose=Purpose(item.purpose) if item.purpose else None,
            outcome_wanted=item.outcome_wanted,
            method=item.method,
            papers=item.papers,
            minutes=item.minutes,
            is_hard=item.is_hard,
            content_note=item.content_note,
        )
        for position, item in enumerate(told, 1)
    ]
