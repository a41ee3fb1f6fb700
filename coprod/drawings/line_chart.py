"""The line chart of one indicator: in three widths for the page, and small for cards."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from math import ceil, floor, log10

from coprod.drawings.chart_facts import (
    ENOUGH_FOR_A_LINE,
    ChartReading,
    CycleSpan,
    KeyEntry,
    LineChart,
    LineChartFacts,
    Sign,
    Sparkline,
    TableRow,
)
from coprod.drawings.chart_scale import FRAMES, SMALL, Frame, Scale
from coprod.drawings.chart_signs import draw_signs
from coprod.drawings.shapes import (
    Box,
    Cased,
    Layer,
    Path,
    Picture,
    Point,
    Shape,
    Word,
    dots,
    filled,
    polyline,
    short,
    value_words,
)

BARE_TOP = 16.0
SIGN_WORDS = {
    Sign.OUTSIDE: "Outside the limits",
    Sign.TREND: "Trend: 7 going one way",
    Sign.TWO_OF_THREE: "Two of three near a limit",
    Sign.SHIFT: "Shift: 7 on one side of the mean",
}


def draw_line_chart(facts: LineChartFacts) -> LineChart:
    """Draw one indicator for wide, middle and narrow places, with its key and its table."""
    drawable = len(facts.shown) >= ENOUGH_FOR_A_LINE
    return LineChart(
        key=facts.key,
        title=facts.title,
        unit=facts.unit,
        better=facts.better.words,
        pictures=tuple(_draw(facts, frame) for frame in FRAMES) if drawable else (),
        legend=_legend(facts) if drawable else (),
        rows=tuple(_row(reading) for reading in facts.readings),
        noted=any(reading.sign is not Sign.ORDINARY for reading in facts.readings),
    )


def draw_sparkline(facts: LineChartFacts) -> Sparkline:
    """Draw one indicator small, for a card among others with the same months."""
    shown = facts.shown
    latest = value_words(shown[-1]) if shown else facts.readings[-1].instead if facts.readings else "No readings yet"
    if len(shown) < ENOUGH_FOR_A_LINE:
        return Sparkline(None, latest)
    scale = _scale(facts, SMALL)
    end = max(index for index, reading in enumerate(facts.readings) if reading.value is not None)
    label = Word((scale.x(end) + 12, scale.y(shown[-1]) + 5), latest, "chart-latest")
    layers = filled(
        [
            *((f"chart-{css}", [_across(scale, css, level)]) for css, _, level in facts.level_lines() if css != "near"),
            ("", _thread(facts, scale)),
            *draw_signs(facts, scale),
            ("", [label]),
        ]
    )
    return Sparkline(_picture(facts, SMALL, layers), latest)


def _draw(facts: LineChartFacts, frame: Frame) -> Picture:
    if not facts.cycles:
        frame = replace(frame, top=BARE_TOP, height=frame.height - frame.top + BARE_TOP)
    scale = _scale(facts, frame)
    layers = filled(
        [
            ("chart-baseline", _baseline(facts, scale)),
            ("chart-axis", [Path(f"M{short(frame.left)} {short(scale.floor)}h{short(frame.inner)}")]),
            ("chart-number", _numbers(scale)),
            ("chart-label", _dates(facts.readings, scale)),
            *((f"chart-{css}", [_across(scale, css, level)]) for css, _, level in facts.level_lines()),
            ("chart-first", _baseline_name(facts, scale)),
            ("chart-right", _right_labels(facts, scale)),
            ("chart-drop", [_drop(span, scale) for span in facts.cycles]),
            ("chart-bracket", [_bracket(span, scale) for span in facts.cycles]),
            ("chart-cycle", [word for span in facts.cycles for word in _cycle_words(span, scale)]),
            ("", _thread(facts, scale)),
            *draw_signs(facts, scale),
        ]
    )
    return _picture(facts, frame, layers)


def _picture(facts: LineChartFacts, frame: Frame, layers: tuple[Layer, ...]) -> Picture:
    return Picture(
        f"chart-{facts.key}-{frame.name}",
        f"chart chart-{frame.name}",
        frame.width,
        frame.height,
        facts.title,
        _story(facts),
        layers,
    )


def _scale(facts: LineChartFacts, frame: Frame) -> Scale:
    levels = [*facts.shown, *(level for _, _, level in facts.level_lines())]
    low, high = min(levels), max(levels)
    room = (high - low) * 0.12 or 1
    floor_at = low - room if low < 0 or low - room > 0 else 0
    return Scale(frame, len(facts.readings), floor_at, high + room)


def _points(facts: LineChartFacts, scale: Scale) -> list[list[Point]]:
    """Gather points in unbroken runs: what may not be shown leaves a gap."""
    numbered = list(enumerate(facts.readings))
    runs = groupby(numbered, key=lambda pair: pair[1].value is not None)
    return [
        [(scale.x(index), scale.y(reading.value)) for index, reading in run if reading.value is not None]
        for shown, run in runs
        if shown
    ]


def _thread(facts: LineChartFacts, scale: Scale) -> list[Shape]:
    runs = _points(facts, scale)
    key = f"chart-{facts.key}-{scale.frame.name}"
    line = "".join(polyline(run) for run in runs if len(run) > 1)
    drawn: list[Shape] = [Cased(f"{key}-line", line, "chart-line")] if line else []
    return [*drawn, Cased(f"{key}-dots", "".join(dots(run) for run in runs), "chart-dots")]


def _across(scale: Scale, css: str, level: float) -> Path:
    start, width, y = short(scale.frame.left), short(scale.frame.inner), scale.y(level)
    offsets = (-2, 2) if css == "target" else (0,)
    return Path("".join(f"M{start} {short(y + offset)}h{width}" for offset in offsets))


def _baseline_width(facts: LineChartFacts, scale: Scale) -> float:
    return min(facts.baseline, scale.count) * scale.frame.inner / scale.count


def _baseline(facts: LineChartFacts, scale: Scale) -> list[Box]:
    if not facts.baseline:
        return []
    top = scale.frame.top
    return [Box((scale.frame.left, top), _baseline_width(facts, scale), scale.floor - top)]


def _baseline_name(facts: LineChartFacts, scale: Scale) -> list[Word]:
    """Name the baseline at its foot, as fully as there is room for."""
    if not facts.baseline:
        return []
    names = (f"Baseline: the first {facts.baseline}", f"First {facts.baseline}")
    room = _baseline_width(facts, scale) - 12
    fitting = [name for name in names if scale.frame.room_for(name) <= room]
    return [Word((scale.frame.left + 7, scale.floor - 9), name) for name in fitting[:1]]


def _step(low: float, high: float, wanted: int) -> float:
    """Find a round distance between numbers at the side: 1, 2 or 5 times a power of ten."""
    rough = (high - low) / wanted
    power = 10 ** floor(log10(rough))
    return next(float(power * times) for times in (1, 2, 5, 10) if power * times >= rough)


def _numbers(scale: Scale) -> list[Word]:
    step = _step(scale.low, scale.high, 4)
    first, last = ceil(scale.low / step), floor(scale.high / step)
    x = scale.frame.left - 8
    return [Word((x, scale.y(n * step) + 5), value_words(n * step)) for n in range(first, last + 1)]


def _split(label: str) -> tuple[str, str]:
    """Take the year off the end of a label, if one is there."""
    head, _, tail = label.rpartition(" ")
    return (head, tail) if head and len(tail) == 4 and tail.isdigit() else (label, "")


def _dates(readings: Sequence[ChartReading], scale: Scale) -> list[Word]:
    """Write dates below, as many as fit; the year under the first one of each year."""
    frame, split = scale.frame, [_split(reading.label) for reading in readings]
    widest = max(frame.room_for(head) for head, _ in split) + 6
    every = max(1, ceil(widest / (frame.inner / scale.count)))
    words, line, before, free = [], frame.letters + 4, "", 0.0
    for index in range(0, len(split), every):
        head, year = split[index]
        words.append(Word((scale.x(index), scale.floor + line), head))
        if year != before and scale.x(index) >= free:
            words.append(Word((scale.x(index), scale.floor + 2 * line), year))
            before, free = year, scale.x(index) + frame.room_for(year) + 4
    return words


def _right_labels(facts: LineChartFacts, scale: Scale) -> list[Word]:
    """Write names at the right of their lines, moved apart where lines lie close."""
    if not scale.frame.labelled:
        return []
    named = [(words, level, css) for css, words, level in facts.level_lines() if words]
    named.sort(key=lambda entry: (-entry[1], entry[0]))
    heights = [scale.y(level) + 5 for _, level, _ in named]
    for before, after in pairwise(range(len(heights))):
        heights[after] = max(heights[after], heights[before] + scale.frame.letters + 3)
    x = scale.frame.width - scale.frame.right + 8
    return [
        Word((x, y), f"{words} {value_words(level)}", "chart-strong" if css == "target" else "")
        for y, (words, level, css) in zip(heights, named, strict=True)
    ]


def _edges(span: CycleSpan, scale: Scale) -> Point:
    half = scale.frame.inner / scale.count / 2
    return scale.x(span.first) - half, scale.x(span.last) + half - 3


def _drop(span: CycleSpan, scale: Scale) -> Path:
    start = _edges(span, scale)[0]
    return Path(f"M{short(start)} {short(scale.frame.top - 8)}V{short(scale.floor)}")


def _bracket(span: CycleSpan, scale: Scale) -> Path:
    start, end = _edges(span, scale)
    top = short(scale.frame.top - 16)
    return Path(f"M{short(start)} {short(scale.frame.top - 8)}V{top}H{short(end)}v8")


def _cycle_words(span: CycleSpan, scale: Scale) -> list[Word]:
    """Write as much of a cycle's name as fits over its bracket: number and words, number, or the bare digit."""
    start, end = _edges(span, scale)
    frame, centre = scale.frame, (start + end) / 2
    low, line = frame.top - 24, frame.letters + 2
    name = f"Cycle {span.number}"
    if frame.room_for(name) > end - start:
        return [Word((centre, low), str(span.number), "chart-strong")]
    if not span.words or frame.room_for(span.words) > end - start:
        return [Word((centre, low), name, "chart-strong")]
    return [Word((centre, low - line), name, "chart-strong"), Word((centre, low), span.words)]


def _row(reading: ChartReading) -> TableRow:
    shown = reading.instead if reading.value is None else value_words(reading.value)
    return TableRow(reading.label, shown, reading.sign.value if reading.value is not None else "")


def _legend(facts: LineChartFacts) -> tuple[KeyEntry, ...]:
    entries = [KeyEntry("ordinary", "Ordinary ups and downs" if facts.controlled and facts.mean else "One reading")]
    signs = {reading.sign for reading in facts.readings if reading.value is not None}
    entries += [KeyEntry(sign.replace(" ", "-"), words) for sign, words in SIGN_WORDS.items() if sign in signs]
    names = {css: value_words(level) for css, _, level in facts.level_lines()}
    if "target" in names:
        entries.append(KeyEntry("target", f"Target {names['target']}"))
    if "mean" in names:
        entries.append(KeyEntry("mean", f"Mean {names['mean']}"))
    if facts.controlled and facts.limits:
        lower, upper = facts.limits
        entries.append(KeyEntry("limit", f"Limits {value_words(lower)} and {value_words(upper)}"))
    if facts.baseline:
        entries.append(KeyEntry("baseline", f"Baseline: the first {facts.baseline}"))
    return tuple(entries)


def _story(facts: LineChartFacts) -> str:
    """Tell the chart in words, for those who do not see it."""
    shown, readings = facts.shown, facts.readings
    parts = [facts.summary] if facts.summary else []
    parts.append(f"{len(readings)} readings, from {readings[0].label} to {readings[-1].label}.")
    parts.append(
        f"Lowest {value_words(min(shown))}, highest {value_words(max(shown))}, latest {value_words(shown[-1])}."
    )
    parts += [f"{words} {value_words(level)}." for _, words, level in facts.level_lines() if words]
    if len(shown) < len(readings):
        parts.append(f"{len(readings) - len(shown)} not shown.")
    return " ".join(parts)
