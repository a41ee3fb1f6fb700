"""The line chart of one indicator: in three widths for the page, and small for cards."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from math import ceil, floor, log10

from coprod.drawings.chart_facts import (
    Among,
    ChartReading,
    CycleSpan,
    LineChart,
    LineChartFacts,
    SmallChart,
    Sparkline,
    Stretch,
)
from coprod.drawings.chart_notes import draw_notes
from coprod.drawings.chart_scale import FRAMES, SMALL, Frame, Scale
from coprod.drawings.chart_signs import draw_signs
from coprod.drawings.chart_words import after_the_word, legend, note_lines, story, table_rows
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


def draw_line_chart(facts: LineChartFacts) -> LineChart:
    """Draw one indicator for wide, middle and narrow places, with its key, its notes and its table."""
    return LineChart(
        key=facts.key,
        title=facts.title,
        unit=facts.unit,
        better=facts.better.words,
        pictures=tuple(_draw(facts, frame) for frame in FRAMES) if facts.drawable else (),
        legend=legend(facts) if facts.drawable else (),
        notes=note_lines(facts),
        rows=table_rows(facts),
        kept=tuple(draw_line_chart(before) for before in facts.kept),
        summary=facts.summary,
    )


def draw_sparkline(facts: LineChartFacts, places: Sequence[float] = (), months: int = 0) -> Sparkline:
    """Draw one indicator small, for a card among others; `places` are those of its readings among so many months."""
    shown = facts.shown
    latest = value_words(shown[-1]) if shown else facts.readings[-1].instead if facts.readings else "No readings yet"
    if not facts.drawable:
        return Sparkline(None, latest)
    scale = _scale(facts, SMALL)
    if places:
        scale = replace(scale, places=places, count=months)
    end = max(index for index, reading in enumerate(facts.readings) if reading.value is not None)
    label = Word((scale.x(end) + 12, scale.y(shown[-1]) + 5), latest, "chart-latest")
    layers = filled([*_across(facts, scale, ("mean", "limit", "target")), ("", _thread(facts, scale))])
    signs = filled(draw_signs(facts, scale))
    return Sparkline(_picture(facts, scale, (*layers, *signs, Layer("", (label,)))), latest)


def draw_small_multiples(charts: Sequence[Among], months: int) -> tuple[SmallChart, ...]:
    """Draw many indicators small over the same months, each on its own scale, with one word for each, and why."""
    return tuple(
        SmallChart(
            one.facts.key,
            one.facts.title,
            draw_sparkline(one.facts, one.places, months),
            one.facts.word,
            after_the_word(one.facts),
        )
        for one in charts
    )


def _draw(facts: LineChartFacts, frame: Frame) -> Picture:
    frame = frame.fitted(cycles=bool(facts.cycles), notes=bool(facts.notes))
    scale = _scale(facts, frame)
    layers = filled(
        [
            ("chart-baseline", _baselines(facts, scale)),
            ("chart-axis", [Path(f"M{short(frame.left)} {short(scale.floor)}h{short(frame.inner)}")]),
            ("chart-number", _numbers(scale)),
            ("chart-label", _dates(facts.readings, scale)),
            *_across(facts, scale, ("target", "mean", "limit", "near")),
            ("chart-first", _baseline_name(facts, scale)),
            ("chart-right", _right_labels(facts, scale)),
            ("chart-drop", [_drop(span, scale) for span in facts.cycles]),
            ("chart-bracket", [_bracket(span, scale) for span in facts.cycles]),
            ("chart-cycle", [word for span in facts.cycles for word in _cycle_words(span, scale)]),
            ("chart-note", draw_notes(facts, scale)),
            ("", _thread(facts, scale)),
            *draw_signs(facts, scale),
        ]
    )
    return _picture(facts, scale, layers)


def _picture(facts: LineChartFacts, scale: Scale, layers: tuple[Layer, ...]) -> Picture:
    frame = scale.frame
    return Picture(
        f"chart-{facts.key}-{frame.name}",
        f"chart chart-{frame.name}{' chart-dense' if scale.dense else ''}",
        frame.width,
        frame.height,
        facts.title,
        story(facts),
        layers,
    )


def _scale(facts: LineChartFacts, frame: Frame) -> Scale:
    levels = [*facts.shown, *facts.levels]
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


def _across(facts: LineChartFacts, scale: Scale, wanted: Sequence[str]) -> list[tuple[str, list[Path]]]:
    """Draw the lines: the target all the way and double, the others each across their own stretch."""
    parts: dict[str, list[str]] = {css: [] for css in wanted}
    half = scale.pitch / 2
    for stretch in facts.stretches:
        start, end = scale.x(stretch.first) - half, scale.x(stretch.last) + half
        for css, _, level in stretch.lines:
            if css in parts:
                parts[css].append(f"M{short(start)} {short(scale.y(level))}H{short(end)}")
    if facts.target is not None:
        start, end, y = scale.frame.left, scale.frame.left + scale.frame.inner, scale.y(facts.target)
        parts["target"] = [f"M{short(start)} {short(y + offset)}H{short(end)}" for offset in (-2, 2)]
    return [(f"chart-{css}", [Path("".join(drawn))] if drawn else []) for css, drawn in parts.items()]


def _baseline_width(stretch: Stretch, scale: Scale) -> float:
    return min(stretch.baseline, stretch.last - stretch.first + 1) * scale.pitch


def _baselines(facts: LineChartFacts, scale: Scale) -> list[Box]:
    top, half = scale.frame.top, scale.pitch / 2
    return [
        Box((scale.x(one.first) - half, top), _baseline_width(one, scale), scale.floor - top)
        for one in facts.stretches
        if one.baseline
    ]


def _baseline_name(facts: LineChartFacts, scale: Scale) -> list[Word]:
    """Name each baseline at its foot, as fully as there is room for."""
    words = []
    for one in facts.stretches:
        names = (f"Baseline: the first {one.baseline}", f"First {one.baseline}")
        room = _baseline_width(one, scale) - 12 if one.baseline else 0
        fitting = [name for name in names if scale.frame.room_for(name) <= room]
        words += [Word((scale.x(one.first) - scale.pitch / 2 + 7, scale.floor - 9), name) for name in fitting[:1]]
    return words


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
    every = max(1, ceil(widest / (scale.pitch)))
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
    named = [(words, level, css) for css, words, level in facts.named_lines if words]
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
    half = scale.pitch / 2
    return scale.x(span.first) - half, scale.x(span.last) + half - 3


def _drop(span: CycleSpan, scale: Scale) -> Path:
    start = _edges(span, scale)[0]
    return Path(f"M{short(start)} {short(scale.frame.brackets - 8)}V{short(scale.floor)}")


def _bracket(span: CycleSpan, scale: Scale) -> Path:
    start, end = _edges(span, scale)
    top = short(scale.frame.brackets - 16)
    return Path(f"M{short(start)} {short(scale.frame.brackets - 8)}V{top}H{short(end)}v8")


def _cycle_words(span: CycleSpan, scale: Scale) -> list[Word]:
    """Write as much of a cycle's name as fits over its bracket: number and words, number, or the bare digit."""
    start, end = _edges(span, scale)
    frame, centre = scale.frame, (start + end) / 2
    low, line = frame.brackets - 24, frame.letters + 2
    name = f"Cycle {span.number}"
    if frame.room_for(name) > end - start:
        return [Word((centre, low), str(span.number), "chart-strong")]
    if not span.words or frame.room_for(span.words) > end - start:
        return [Word((centre, low), name, "chart-strong")]
    return [Word((centre, low - line), name, "chart-strong"), Word((centre, low), span.words)]
