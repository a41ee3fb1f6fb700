"""The points of a chart, written down once for all its widths: a step along for a reading, a thousand down for all.

What is only a line or a spot of it keeps its thickness however a width stretches it. Triangles and diamonds would not:
they are drawn for each width by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from coprod.drawings.chart_facts import ChartReading, LineChartFacts, Meaning, Sign
from coprod.drawings.chart_scale import DOWN, Scale
from coprod.drawings.shapes import Outline, Point, Use, Written, short

SPOTS = {Sign.OUTSIDE: "spot", Sign.SHIFT: "block"}
"""The signs that are spots: round, and square."""
SHORT = {"line": "l", "dots": "d"} | {
    f"{kind}{meaning}": kind[0] + meaning[0] for kind in SPOTS.values() for meaning in Meaning
}
"""What each is called where it is written down: the names stand in every width."""


def write_down(facts: LineChartFacts, scale: Scale) -> Written:
    """Write down the line, the open dots, and the spots, and how they lie over each other."""
    places = {
        index: (round(scale.place(index), 1), float(round(DOWN * scale.share(reading.value))))
        for index, reading in enumerate(facts.readings)
        if reading.value is not None
    }
    found = {"line": "".join(_joined(run) for run in _runs(places) if len(run) > 1)}
    for name, points in _kinds(facts, places).items():
        found[name] = _strewn(points)
    drawn = {name: Outline(_key(facts, name), d) for name, d in found.items() if d}
    over = tuple(Use(drawn[name].key, css) for name, css in _order() if name in drawn)
    return Written(f"{facts.key}-p", tuple(drawn.values()), over)


def _key(facts: LineChartFacts, name: str) -> str:
    return f"{facts.key}-{SHORT[name]}"


def _order() -> Iterator[tuple[str, str]]:
    """Give the layers from back to front: the line, the open dots, the rings round what is outside, the spots."""
    for name in ("line", "dots"):
        yield name, f"chart-{name}-edge"
        yield name, f"chart-{name}"
    for css in ("chart-ring", "chart-ring-core"):
        for meaning in Meaning:
            yield f"spot{meaning}", css
    for kind in SPOTS.values():
        for meaning in Meaning:
            yield f"{kind}{meaning}", f"chart-{kind} chart-{meaning}"
        yield f"{kind}{Meaning.CONCERN}", f"chart-{kind}-core"


def _kinds(facts: LineChartFacts, places: dict[int, Point]) -> dict[str, list[Point]]:
    kinds: dict[str, list[Point]] = {}
    for index, at in places.items():
        if name := _kind(facts.readings[index]):
            kinds.setdefault(name, []).append(at)
    return kinds


def _kind(reading: ChartReading) -> str:
    if reading.sign is Sign.ORDINARY:
        return "dots"
    return f"{SPOTS[reading.sign]}{reading.meaning}" if reading.sign in SPOTS else ""


def _runs(places: dict[int, Point]) -> list[list[Point]]:
    """Gather points in unbroken runs: what may not be shown leaves a gap."""
    numbered = groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    return [[places[index] for _, index in run] for _, run in numbered]


def _joined(run: Sequence[Point]) -> str:
    (x, y), steps = run[0], _steps(run)
    return f"M{short(x)} {short(y)}l" + "".join(steps).lstrip()


def _strewn(points: Sequence[Point]) -> str:
    """Write points of no length: a line cap makes each one a spot."""
    x, y = points[0]
    return f"M{short(x)} {short(y)}h0" + "".join(f"m{step.lstrip()}h0" for step in _steps(points))


def _steps(points: Sequence[Point]) -> list[str]:
    return [_apart(after[0] - before[0]) + _apart(after[1] - before[1]) for before, after in pairwise(points)]


def _apart(number: float) -> str:
    """Write a number so that it is parted from the one before."""
    text = short(number)
    return text if text.startswith("-") else f" {text}"
