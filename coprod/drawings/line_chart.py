"""The line chart of one indicator: in three widths for the page, and small for cards."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
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
from coprod.drawings.chart_points import write_down
from coprod.drawings.chart_scale import FRAMES, SMALL, Frame, Scale
from coprod.drawings.chart_signs import draw_signs
from coprod.drawings.chart_words import after_the_word, legend, note_lines, story, table_rows
from coprod.drawings.shapes import (
    Box,
    Layer,
    Path,
    Picture,
    Point,
    Use,
    Word,
    Written,
    filled,
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
        pictures=_pictures(facts) if facts.drawable else (),
        legend=legend(facts) if facts.drawable else (),
        notes=note_lines(facts),
        rows=table_rows(facts),
        kept=tuple(draw_line_chart(before) for before in facts.kept),
        summary=facts.summary,
    )


def draw_sparkline(facts: LineChartFacts) -> Sparkline:
    """Draw one indicator small, for a card among others; the same page may show it large as well."""
    latest, small = _latest_words(facts), replace(facts, key=f"{facts.key}-s")
    return Sparkline(_small(small, latest, _scale(small, SMALL.beside(latest))) if facts.drawable else None, latest)


def draw_small_multiples(charts: Sequence[Among], months: int) -> tuple[SmallChart, ...]:
    """Draw many indicators small over the same months, each on its own scale, with one word for each, and why."""
    frame = SMALL.beside(max((_latest_words(one.facts) for one in charts if one.facts.drawable), key=len, default=""))
    return tuple(_among_others(one, frame, months) for one in charts)


def _among_others(one: Among, frame: Frame, months: int) -> SmallChart:
    facts, latest, picture = one.facts, _latest_words(one.facts), None
    if facts.drawable:
        picture = _small(facts, latest, replace(_scale(facts, frame), places=one.places, count=months))
    return SmallChart(facts.key, facts.title, Sparkline(picture, latest), facts.word, after_the_word(facts))


def _latest_words(facts: LineChartFacts) -> str:
    if facts.shown:
        return value_words(facts.shown[-1])
    if facts.readings:
        return facts.readings[-1].instead
    return "No readings yet" if facts.joined else ""


def _small(facts: LineChartFacts, latest: str, scale: Scale) -> Picture:
    end = max(index for index, reading in enumerate(facts.readings) if reading.value is not None)
    label = _word((scale.x(end) + 12, scale.y(facts.shown[-1]) + 5), latest, "chart-latest")
    layers = filled(_across(facts, scale, ("mean", "limit", "target")))
    written = write_down(facts, scale)
    drawn = _picture(facts, scale, (*layers, *_points(facts, scale, written), Layer("", (label,))))
    return replace(drawn, written=written)


def _pictures(facts: LineChartFacts) -> tuple[Picture, ...]:
    """Draw every width; name, story and the points themselves are written down once, in the first."""
    fitted = [frame.fitted(cycles=bool(facts.cycles), notes=bool(facts.notes)) for frame in FRAMES]
    frames = [frame.naming(_names(facts)) if frame.labelled else frame for frame in fitted]
    written = write_down(facts, _scale(facts, frames[0]))
    first, *others = [_draw(facts, frame, written) for frame in frames]
    return (replace(first, written=written), *(replace(other, told_by=first.key) for other in others))


def _draw(facts: LineChartFacts, frame: Frame, written: Written) -> Picture:
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
            ("chart-cycle", _cycle_names(facts.cycles, scale)),
            ("chart-note", draw_notes(facts, scale)),
        ]
    )
    return _picture(facts, scale, (*layers, *_points(facts, scale, written)))


def _points(facts: LineChartFacts, scale: Scale, written: Written) -> tuple[Layer, ...]:
    shared = Layer("", (Use(written.key),), scale.transform)
    return (shared, *filled(draw_signs(facts, scale)))


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
        words += [_word((scale.x(one.first) - scale.pitch / 2 + 7, scale.floor - 9), name) for name in fitting[:1]]
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
    return [_word((x, scale.y(n * step) + 5), value_words(n * step)) for n in range(first, last + 1)]


def _word(at: Point, text: str, css: str = "") -> Word:
    """Put words at a whole place: nobody sees the difference, and it is shorter."""
    return Word((round(at[0]), round(at[1])), text, css)


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
        words.append(_word((scale.x(index), scale.floor + line), head))
        if year != before and scale.x(index) >= free:
            words.append(_word((scale.x(index), scale.floor + 2 * line), year))
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
        _word((x, y), f"{words} {value_words(level)}", "chart-strong" if css == "target" else "")
        for y, (words, level, css) in zip(heights, named, strict=True)
    ]


def _names(facts: LineChartFacts) -> list[str]:
    """List what is written at the right of the lines."""
    return [f"{words} {value_words(level)}" for _, words, level in facts.named_lines if words]


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


def _cycle_names(cycles: Sequence[CycleSpan], scale: Scale) -> list[Word]:
    """Name each cycle over its bracket; of those that ran over the same readings write the numbers, side by side."""
    words, free = [], 0.0
    for place, span in enumerate(cycles):
        beside = (*cycles[max(0, place - 1) : place], *cycles[place + 1 : place + 2])
        if not any(span.first <= one.last and one.first <= span.last for one in beside):
            words += _cycle_words(span, scale)
            continue
        number, (start, end) = str(span.number), _edges(span, scale)
        room = scale.frame.room_for(number) + 4
        middle = max((start + end) / 2, free + room / 2)
        free = middle + room / 2
        words.append(_word((middle, scale.frame.brackets - 24), number, "chart-strong"))
    return words


def _cycle_words(span: CycleSpan, scale: Scale) -> list[Word]:
    """Write as much of a cycle's name as fits over its bracket: number and words, number, or the bare digit."""
    start, end = _edges(span, scale)
    frame, centre = scale.frame, (start + end) / 2
    low, line = frame.brackets - 24, frame.letters + 2
    name = f"Cycle {span.number}"
    if frame.room_for(name) > end - start:
        return [_word((centre, low), str(span.number), "chart-strong")]
    if not span.words or frame.room_for(span.words) > end - start:
        return [_word((centre, low), name, "chart-strong")]
    return [_word((centre, low - line), name, "chart-strong"), _word((centre, low), span.words)]
