"""What is known of one indicator, ready to be drawn and to be listed."""

from dataclasses import dataclass
from enum import StrEnum

from coprod.drawings.shapes import Picture

ENOUGH_FOR_LIMITS = 6
ENOUGH_FOR_SIGNS = 12
ENOUGH_FOR_A_LINE = 3
"""Two points would be a line as well; but a line would make a trend of what is a comparison."""


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

    @property
    def words(self) -> str:
        """Say it in a table."""
        return "neither better nor worse" if self is Meaning.NEITHER else self.value


@dataclass(frozen=True, slots=True)
class ChartReading:
    """One reading: its label ("Mar 2024"), and its value, or none with the words shown instead."""

    label: str
    value: float | None
    instead: str = "Fewer than 5"
    sign: Sign = Sign.ORDINARY
    meaning: Meaning = Meaning.NEITHER


SIGN_MARKS = {sign.replace(" ", "-") for sign in Sign if sign is not Sign.ORDINARY}


@dataclass(frozen=True, slots=True)
class CycleSpan:
    """A test cycle over the chart: from the reading at `first` to the one at `last`, counted from 0."""

    number: int
    words: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened at a reading, counted from 0; `when`, where the reading's own label is not enough."""

    at: int
    words: str
    when: str = ""


class Kind(StrEnum):
    """What can be drawn of a stretch: a bare line, a run chart with its median, a control chart with its limits."""

    LINE = "line"
    RUN_CHART = "run chart"
    CONTROL_CHART = "control chart"


@dataclass(frozen=True, slots=True)
class Levels:
    """The lines across a stretch: the mean, or the median of a run chart; limits and near lines (lower, upper)."""

    centre: float
    limits: tuple[float, float] | None = None
    near: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The readings from one re-basing to the next, counted from 0, with the lines that hold there, and why.

    `baseline` is how many of its first shown readings make the lines; a trial has too few to call any of them a sign.
    """

    first: int
    last: int
    kind: Kind
    baseline: int = 0
    levels: Levels | None = None
    reason: str = ""

    @property
    def is_trial(self) -> bool:
        """Whether there are lines, made of too few readings to call any of them a sign."""
        return self.levels is not None and not self.tells

    @property
    def tells(self) -> bool:
        """Whether there are enough readings to call one of them a sign."""
        return self.baseline >= ENOUGH_FOR_SIGNS

    @property
    def lines(self) -> tuple[tuple[str, str, float], ...]:
        """List the lines across it: their class, their words, their height."""
        if self.levels is None:
            return ()
        found = [("mean", "Median" if self.kind is Kind.RUN_CHART else "Mean", self.levels.centre)]
        trial = "trial limit" if self.is_trial else "limit"
        for css, words, pair in (("limit", trial, self.levels.limits), ("near", "", self.levels.near)):
            if pair:
                found += [(css, f"{end} {words}" if words else "", level) for end, level in _ends(pair)]
        return tuple(found)


def _ends(pair: tuple[float, float]) -> tuple[tuple[str, float], tuple[str, float]]:
    return ("Upper", pair[1]), ("Lower", pair[0])


@dataclass(frozen=True, slots=True)
class LineChartFacts:
    """One indicator, ready to be drawn.

    `unit` is what one reading is ("% a month"). `stretches` hold the lines of the control chart, one for each
    re-basing, and may stay empty; `kept` are the charts as they were before each, the newest first. `summary` is the
    answer in words, read out with the picture, and `word` the same in one word. What was read before and after only is
    not `joined` by a line.
    """

    key: str
    title: str
    unit: str
    readings: tuple[ChartReading, ...]
    better: Better = Better.NEUTRAL
    target: float | None = None
    cycles: tuple[CycleSpan, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    events: tuple[Note, ...] = ()
    kept: tuple["LineChartFacts", ...] = ()
    summary: str = ""
    word: str = ""
    joined: bool = True

    @property
    def drawable(self) -> bool:
        """Whether enough may be shown for a line."""
        return self.joined and len(self.shown) >= ENOUGH_FOR_A_LINE

    @property
    def shown(self) -> tuple[float, ...]:
        """The values that may be shown, in order."""
        return tuple(reading.value for reading in self.readings if reading.value is not None)

    @property
    def latest(self) -> Stretch | None:
        """The stretch that holds now."""
        return self.stretches[-1] if self.stretches else None

    @property
    def levels(self) -> tuple[float, ...]:
        """The heights of every line across the chart."""
        across = [level for stretch in self.stretches for _, _, level in stretch.lines]
        return tuple(across if self.target is None else [*across, self.target])

    @property
    def named_lines(self) -> tuple[tuple[str, str, float], ...]:
        """List the lines that hold now, and the target, as those in a stretch are listed."""
        now = self.latest.lines if self.latest else ()
        return now if self.target is None else (("target", "Target", self.target), *now)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What stands as a note on the line, in order: new limits, and events."""
        rebased = [Note(one.first, f"New limits from here: {one.reason}") for one in self.stretches if one.reason]
        return tuple(sorted([*rebased, *self.events], key=lambda note: note.at))


@dataclass(frozen=True, slots=True)
class Among:
    """One indicator among others that are drawn over the same months: how many months in each of its readings is."""

    facts: LineChartFacts
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One reading in words, with what the rules call it and what happened then."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One mark of the key, and what it means."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note below the chart: the letter that stands on the line, when it was, and the words."""

    letter: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """The chart in three widths (none when too few numbers may be shown), its key, its notes and its table.

    `kept` are the same charts as they were before the limits were set anew.
    """

    key: str
    title: str
    unit: str
    better: str
    pictures: tuple[Picture, ...]
    legend: tuple[KeyEntry, ...]
    notes: tuple[NoteLine, ...]
    rows: tuple[TableRow, ...]
    kept: tuple["LineChart", ...]
    summary: str

    @property
    def noted(self) -> bool:
        """Whether any row of the table has more to tell than its number."""
        return any(row.note for row in self.rows)

    @property
    def signed(self) -> bool:
        """Whether any reading is drawn as a sign."""
        return any(entry.mark in SIGN_MARKS for entry in self.legend)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The small chart of a card, and its latest value in words; words alone when too little may be shown."""

    picture: Picture | None
    latest: str


@dataclass(frozen=True, slots=True)
class SmallChart:
    """One of many small charts over the same months: its name, its line, one word for it, and why that word."""

    key: str
    title: str
    line: Sparkline
    word: str
    words: str
