"""The ten weeks of a cycle: two strands drawn together, one stitch for each session."""

from dataclasses import dataclass
from enum import StrEnum

from coprod.drawings.shapes import Picture


class WeekState(StrEnum):
    """What became of a week."""

    HELD = "held"
    NEXT = "next"
    TO_COME = "to come"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its label, its state, its session's number (none when skipped), its phase, and a small note."""

    label: str
    state: WeekState
    number: int | None = None
    phase: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TenWeeksFacts:
    """The weeks in order, skipped ones included, and what waits at the end."""

    key: str
    title: str
    weeks: tuple[Week, ...]
    end_label: str = "To steering"


@dataclass(frozen=True, slots=True)
class TenWeeks:
    """The weeks lying down for desks, and upright for phones."""

    wide: Picture
    tall: Picture
