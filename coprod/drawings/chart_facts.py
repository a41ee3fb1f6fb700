"""What is known of one indicator, ready to be drawn and to be listed."""

from dataclasses import dataclass
from enum import StrEnum

from coprod.drawings.shapes import Picture

ENOUGH_FOR_LIMITS = 6
ENOUGH_FOR_A_LINE = 2


class Better(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"

    @property
    def words(self) -> str:
        """Say it in a short sentence."""
        return {"increase": "Up is better.", "decrease": "Down is better."}.get(self.value, "Neither way is better.")


class Sign(StrEnum):
    """The shape of a point: what the rules of the control chart call it."""

    ORDINARY = "ordinary"
    SHIFT = "shift"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    OUTSIDE = "outside"


class Meaning(StrEnum):
    """What a marked point means: filled woad, hollow weld, or filled iron."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class ChartReading:
    """One reading: its label ("Mar 2024"), and its value, or none with the words shown instead."""

    label: str
    value: float | None
    instead: str = "Fewer than 5"
    sign: Sign = Sign.ORDINARY
    meaning: Meaning = Meaning.NEITHER


@dataclass(frozen=True, slots=True)
class CycleSpan:
    """A test cycle over the chart: from the reading at `first` to the one at `last`, counted from 0."""

    number: int
    words: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LineChartFacts:
    """One indicator, ready to be drawn.

    `unit` is what one reading is ("% a month"), `baseline` how many first readings are the baseline. `mean`,
    `limits` and `near` (lower, upper) are the control chart's and may stay empty; below six shown readings they are
    not drawn. `summary` is the answer in words, read out with the picture.
    """

    key: str
    title: str
    unit: str
    readings: tuple[ChartReading, ...]
    better: Better = Better.NEUTRAL
    baseline: int = 0
    target: float | None = None
    cycles: tuple[CycleSpan, ...] = ()
    mean: float | None = None
    limits: tuple[float, float] | None = None
    near: tuple[float, float] | None = None
    summary: str = ""

    @property
    def shown(self) -> tuple[float, ...]:
        """The values that may be shown, in order."""
        return tuple(reading.value for reading in self.readings if reading.value is not None)

    @property
    def controlled(self) -> bool:
        """Whether there is enough to draw a mean and limits."""
        return len(self.shown) >= ENOUGH_FOR_LIMITS

    def level_lines(self) -> tuple[tuple[str, str, float], ...]:
        """List the lines across the chart: their class, their words, their height."""
        found = [("target", "Target", self.target)]
        if self.controlled:
            lower, upper = self.limits or (None, None)
            near_lower, near_upper = self.near or (None, None)
            found += [("mean", "Mean", self.mean), ("limit", "Upper limit", upper), ("limit", "Lower limit", lower)]
            found += [("near", "", near_upper), ("near", "", near_lower)]
        return tuple((css, words, level) for css, words, level in found if level is not None)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One reading in words."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One mark of the key, and what it means."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """The chart in three widths (none when too few numbers may be shown), its key and its table."""

    key: str
    title: str
    unit: str
    better: str
    pictures: tuple[Picture, ...]
    legend: tuple[KeyEntry, ...]
    rows: tuple[TableRow, ...]
    noted: bool


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The small chart of a card, and its latest value in words; words alone when too little may be shown."""

    picture: Picture | None
    latest: str
