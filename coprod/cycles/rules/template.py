"""The evening each session starts from: a session template's, or the house's own by its phase (domain section 7)."""

from collections.abc import Sequence

from coprod.cycles.models import AgendaItem, Part, Purpose
from coprod.library.models import TemplateItem
from coprod.library.rules import house
from coprod.library.rules.house import TEN, work_of

__all__ = ["as_items", "evening", "work_of"]


def evening(number: int, phase: int | None = None, last: int = TEN) -> list[AgendaItem]:
    """Lay out a fresh evening, the house's own, for the session with this number."""
    return as_items(house.items(number, phase, last))


def as_items(outline: Sequence[TemplateItem]) -> list[AgendaItem]:
    """Turn a template's items into an agenda's."""
    return [_item(position, told) for position, told in enumerate(outline, 1)]


def _item(position: int, told: TemplateItem) -> AgendaItem:
    return AgendaItem(
        position=position,
        part=Part(told.part),
        title=told.title,
        purpose=Purpose(told.purpose) if told.purpose else None,
        outcome_wanted=told.outcome_wanted,
        method=told.method,
        papers=told.papers,
        minutes=told.minutes,
        is_hard=told.is_hard,
        content_note=told.content_note,
    )
