"""The rules of the control chart: its limits, which points are signs, what they mean, what a target may hope for.

All is worked out in exact fractions, so that a point that lies on a line lies on it. What may not be shown is not
known here: it is left out of every mean, and breaks every run.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from statistics import median

from coprod.drawings.chart_facts import (
    ENOUGH_FOR_LIMITS,
    ENOUGH_FOR_SIGNS,
    Better,
    Kind,
    Levels,
    Meaning,
    Sign,
    Stretch,
)

BASELINE = ENOUGH_FOR_SIGNS
RUN = 7
TO_THE_LIMIT = Fraction("2.66")
TO_THE_NEAR_LINE = Fraction(2, 3)
HIDDEN_AT_MOST = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Point:
    """One reading: its label ("Mar 2024"), and its value, or none where it may not be shown."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Phase:
    """A re-basing: from this point on, counted from 0, the chart has limits of its own; and why."""

    starts_at_index: int
    reason: str


class Assurance(StrEnum):
    """What the limits say of a target."""

    PASSES = "passes"
    FAILS = "fails"
    HIT_AND_MISS = "hit and miss"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the rules call one point, and what that means; `up` tells which way a sign points."""

    sign: Sign = Sign.ORDINARY
    meaning: Meaning = Meaning.NEITHER
    up: bool = False


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A chart by the rules: a mark for each point, its stretches, and what the last of them says of the target."""

    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]
    assurance: Assurance | None

    @property
    def latest(self) -> Mark | None:
        """The mark of the latest point, which is the chart's variation; none where the rules cannot tell."""
        if not self.stretches or not self.stretches[-1].tells or self.points[-1].value is None:
            return None
        return self.marks[-1]


def control_chart(
    points: Sequence[Point],
    better: Better = Better.NEUTRAL,
    *,
    target: float | None = None,
    phases: Iterable[Phase] = (),
    baseline: int = BASELINE,
) -> ControlChart:
    """Work out the limits of each phase, the mark of each point, and what the latest limits say of the target."""
    values = [None if point.value is None else Fraction(str(point.value)) for point in points]
    marks: list[Mark] = []
    stretches: list[Stretch] = []
    for first, last, reason in _bounds(len(points), phases):
        part = values[first : last + 1]
        lines = _lines(part, baseline)
        stretches.append(_stretch(first, last, reason, lines))
        marks += _marks(part, lines, better) if lines and stretches[-1].tells else [Mark()] * len(part)
    assurance = _assurance(stretches[-1], better, target) if stretches else None
    return ControlChart(tuple(points), tuple(marks), tuple(stretches), assurance)


def _bounds(count: int, phases: Iterable[Phase]) -> list[tuple[int, int, str]]:
    """List where each phase begins and ends, and why; one that begins after the last point is not there yet."""
    starts = {0: ""} | {phase.starts_at_index: phase.reason for phase in phases}
    begun = sorted(start for start in starts if 0 <= start < count)
    return [(first, after - 1, starts[first]) for first, after in pairwise([*begun, count])]


# --- The lines of one phase.


@dataclass(frozen=True, slots=True)
class _Lines:
    """The centre, how far from it the limits lie (nothing on a run chart) and the near lines, and what made them."""

    centre: Fraction
    reach: Fraction | None
    near: Fraction
    made_of: int


def _lines(values: Sequence[Fraction | None], baseline: int) -> _Lines | None:
    """Find the lines of a phase from its first points; none below six."""
    numbered = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(numbered) < ENOUGH_FOR_LIMITS:
        return None
    first = numbered[:baseline]
    shown = [value for _, value in first]
    moves = [abs(after - before) for (i, before), (j, after) in pairwise(first) if j == i + 1]
    if not any(moves) or len(values) - len(numbered) > HIDDEN_AT_MOST * len(values):
        return _Lines(median(shown), None, Fraction(), len(first))
    reach = TO_THE_LIMIT * sum(moves) / len(moves)
    return _Lines(sum(shown, Fraction()) / len(shown), reach, TO_THE_NEAR_LINE * reach, len(first))


def _stretch(first: int, last: int, reason: str, lines: _Lines | None) -> Stretch:
    if lines is None:
        return Stretch(first, last, Kind.LINE, reason=reason)
    if lines.reach is None:
        return Stretch(first, last, Kind.RUN_CHART, lines.made_of, Levels(float(lines.centre)), reason)
    levels = Levels(float(lines.centre), _around(lines.centre, lines.reach), _around(lines.centre, lines.near))
    return Stretch(first, last, Kind.CONTROL_CHART, lines.made_of, levels, reason)


def _around(centre: Fraction, reach: Fraction) -> tuple[float, float]:
    return float(centre - reach), float(centre + reach)


# --- The signs: first match wins.

ORDER = (Sign.OUTSIDE, Sign.TREND, Sign.TWO_OF_THREE, Sign.SHIFT)
"""The rules of the signs, the one that speaks first at the front."""

ON_THE_LINE, WITHIN, BEYOND_NEAR, BEYOND_LIMIT = range(4)


def _marks(values: Sequence[Fraction | None], lines: _Lines, better: Better) -> list[Mark]:
    marks = [Mark()] * len(values)
    for start, run in _unbroken(values):
        for index, (sign, way) in _signs(run, [_zone(value, lines) for value in run]).items():
            marks[start + index] = Mark(sign, _meaning(way, better), way > 0)
    return marks


def _unbroken(values: Sequence[Fraction | None]) -> Iterator[tuple[int, list[Fraction]]]:
    """Give the runs of points that may be shown, and where each begins."""
    for shown, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        if shown:
            pairs = list(run)
            yield pairs[0][0], [value for _, value in pairs if value is not None]


def _way(difference: Fraction) -> int:
    return (difference > 0) - (difference < 0)


def _zone(value: Fraction, lines: _Lines) -> int:
    """Say how far from the centre a point lies, below it as a negative number."""
    off = value - lines.centre
    distance = abs(off)
    if lines.reach is None or distance <= lines.near:
        how_far = WITHIN
    else:
        how_far = BEYOND_NEAR if distance <= lines.reach else BEYOND_LIMIT
    return how_far * _way(off)


def _signs(values: Sequence[Fraction], zones: Sequence[int]) -> dict[int, tuple[Sign, int]]:
    """Find each sign and which way it points; the first rule that matches a point names it."""
    found = {
        Sign.OUTSIDE: {index: zone for index, zone in enumerate(zones) if abs(zone) == BEYOND_LIMIT},
        Sign.TREND: _trend(values),
        Sign.TWO_OF_THREE: _two_of_three(zones),
        Sign.SHIFT: _shift(zones),
    }
    signs: dict[int, tuple[Sign, int]] = {}
    for sign in ORDER:
        for index, way in found[sign].items():
            signs.setdefault(index, (sign, way))
    return signs


def _long_runs(ways: Sequence[int], length: int) -> Iterator[tuple[range, int]]:
    """Give the runs of one way, up or down, that are long enough."""
    for way, run in groupby(enumerate(ways), key=lambda pair: pair[1]):
        places = [index for index, _ in run]
        if way and len(places) >= length:
            yield range(places[0], places[-1] + 1), way


def _trend(values: Sequence[Fraction]) -> dict[int, int]:
    """Find points of seven that each go further than the last; a turning point belongs to the trend that it ends."""
    steps = [_way(after - before) for before, after in pairwise(values)]
    found: dict[int, int] = {}
    for places, way in _long_runs(steps, RUN - 1):
        for index in (*places, places.stop):
            found.setdefault(index, way)
    return found


def _two_of_three(zones: Sequence[int]) -> dict[int, int]:
    """Find the points near a limit, two or more of three neighbours on one side of the mean."""
    found: dict[int, int] = {}
    for start in range(len(zones) - 2):
        three = range(start, start + 3)
        near = [index for index in three if abs(zones[index]) == BEYOND_NEAR]
        one_side = all(zones[index] > 0 for index in three) or all(zones[index] < 0 for index in three)
        if one_side and len(near) > 1:
            found |= {index: zones[index] for index in near}
    return found


def _shift(zones: Sequence[int]) -> dict[int, int]:
    """Find points of seven on one side of the centre; one on the line breaks it."""
    sides = [(zone > 0) - (zone < 0) for zone in zones]
    return {index: way for places, way in _long_runs(sides, RUN) for index in places}


# --- What it means.


def _meaning(way: int, better: Better) -> Meaning:
    if better is Better.NEUTRAL:
        return Meaning.NEITHER
    return Meaning.IMPROVEMENT if (way > 0) == (better is Better.INCREASE) else Meaning.CONCERN


def _assurance(stretch: Stretch, better: Better, target: float | None) -> Assurance | None:
    """Say what the limits promise of the target; nothing on trial, without limits, or where neither way is better."""
    limits = stretch.levels.limits if stretch.levels else None
    if target is None or limits is None or not stretch.tells or better is Better.NEUTRAL:
        return None
    lower, upper = limits
    if lower <= target <= upper:
        return Assurance.HIT_AND_MISS
    return Assurance.FAILS if (target > upper) == (better is Better.INCREASE) else Assurance.PASSES
