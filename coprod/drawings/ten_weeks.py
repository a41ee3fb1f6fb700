"""The ten weeks of a cycle: two strands drawn together, one stitch for each session."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coprod.drawings.shapes import Box, Circle, Layer, Path, Picture, Point, Word, filled, polyline, short, wrap

WIDTH, HEIGHT, AXIS = 1064.0, 236.0, 112.0
APART, CLOSE = 48.0, 12.0
TALL_WIDTH, TALL_AXIS = 260.0, 44.0
TALL_APART, TALL_CLOSE = 26.0, 7.0
ROW, NOTE_ROW = 32.0, 20.0


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


def draw_ten_weeks(facts: TenWeeksFacts) -> TenWeeks:
    """Draw the weeks both ways."""
    return TenWeeks(_wide(facts), _tall(facts))


def half_gaps(weeks: tuple[Week, ...], apart: float = APART, close: float = CLOSE) -> tuple[float, ...]:
    """Say how far each strand is from the middle at each week: nearer with every session, never by a skipped week."""
    sessions = sum(week.state is not WeekState.SKIPPED for week in weeks)
    found, so_far = [], 0
    for week in weeks:
        so_far += week.state is not WeekState.SKIPPED
        found.append(apart - (apart - close) * max(0, so_far - 1) / max(1, sessions - 1))
    return tuple(found)


def phases(weeks: tuple[Week, ...]) -> Iterator[tuple[str, int, int]]:
    """Name each phase with its first and its last week."""
    named = [(index, week.phase) for index, week in enumerate(weeks) if week.phase]
    start = 0
    for at, (_, phase) in enumerate(named):
        if at + 1 == len(named) or named[at + 1][1] != phase:
            yield phase, named[start][0], named[at][0]
            start = at + 1


def _story(facts: TenWeeksFacts) -> str:
    lines = []
    for week in facts.weeks:
        name = f"Session {week.number}, " if week.number else ""
        phase = f", {week.phase}" if week.phase else ""
        note = f", {week.note}" if week.note else ""
        lines.append(f"{name}{week.label}: {week.state.value}{phase}{note}.")
    return " ".join([*lines, f"Then: {facts.end_label}."])


def _wide(facts: TenWeeksFacts) -> Picture:
    weeks = facts.weeks
    pitch = WIDTH / (len(weeks) + 1)
    places = [pitch * (index + 0.5) for index in range(len(weeks))]
    halves = half_gaps(weeks)
    end = (WIDTH - pitch / 2, AXIS)
    layers = (
        *_brackets(weeks, places, pitch),
        *_strands(places, halves, end[0] - 30),
        *_stitches(weeks, places, halves),
        *filled([("thread-frame", [Box((end[0] - 28, end[1] - 28), 56, 56, 8)])]),
        *_labels(facts, [*places, end[0]]),
    )
    return Picture(f"weeks-{facts.key}-wide", "weeks-wide", WIDTH, HEIGHT, facts.title, _story(facts), layers)


def _brackets(weeks: tuple[Week, ...], places: list[float], pitch: float) -> tuple[Layer, ...]:
    spans = [(phase, places[first] - pitch * 0.28, places[last] + pitch * 0.28) for phase, first, last in phases(weeks)]
    brackets = [Path(f"M{short(start)} 44v-8H{short(end)}v8") for _, start, end in spans]
    return filled(
        [("weeks-bracket", brackets), ("weeks-phase", [Word((start, 24), phase) for phase, start, _ in spans])]
    )


def _strands(places: list[float], halves: tuple[float, ...], end: float) -> tuple[Layer, ...]:
    along = [0.0, *places, end]
    gaps = [halves[0], *halves, halves[-1]] if halves else [APART, CLOSE]
    lived = polyline((x, AXIS - gap) for x, gap in zip(along, gaps, strict=True))
    pair = [polyline((x, AXIS + gap + side) for x, gap in zip(along, gaps, strict=True)) for side in (-2.8, 2.8)]
    return filled([("thread-lived", [Path(lived)]), ("thread-professional", [Path(d) for d in pair])])


def _stitches(weeks: tuple[Week, ...], places: list[float], halves: tuple[float, ...]) -> tuple[Layer, ...]:
    drawn: dict[WeekState, list[Path]] = {state: [] for state in WeekState}
    discs: list[tuple[Point, int | None]] = []
    for week, x, half in zip(weeks, places, halves, strict=True):
        if week.state is WeekState.NEXT:
            discs.append(((x, AXIS), week.number))
        elif week.state is WeekState.SKIPPED:
            hatch = "".join(f"M{short(x + step + 4)} {short(AXIS - 18)}l-8 36" for step in range(-20, 21, 10))
            drawn[week.state].append(Path(hatch))
        else:
            top, bottom = (x + 6, AXIS - half - 9), (x - 6, AXIS + half + 9)
            drawn[week.state].append(Path(polyline([top, bottom])))
    held, to_come = drawn[WeekState.HELD], drawn[WeekState.TO_COME]
    return filled(
        [
            ("thread-under", [*held, *to_come]),
            ("thread-stitch", held),
            ("thread-stitch-tocome", to_come),
            ("weeks-hatch", drawn[WeekState.SKIPPED]),
            ("weeks-halo", [Circle(at, 27) for at, _ in discs]),
            ("weeks-disc", [Circle(at, 23) for at, _ in discs]),
            ("weeks-disc-number", [Word(at, str(number or "")) for at, number in discs]),
        ]
    )


def _labels(facts: TenWeeksFacts, places: list[float]) -> tuple[Layer, ...]:
    weeks = facts.weeks
    plain = [
        Word((x, 188), week.label)
        for week, x in zip(weeks, places[:-1], strict=True)
        if week.state is not WeekState.NEXT
    ]
    strong = [
        Word((x, 188), week.label) for week, x in zip(weeks, places[:-1], strict=True) if week.state is WeekState.NEXT
    ]
    notes = [
        Word((x, 209 + 19 * line), text)
        for week, x in zip(weeks, places[:-1], strict=True)
        for line, text in enumerate(wrap(week.note, 11, 2))
    ]
    end = Word((min(places[-1], WIDTH - 42), 188), facts.end_label)
    return filled([("weeks-label", [*plain, end]), ("weeks-label-strong", strong), ("weeks-note", notes)])


def _tall(facts: TenWeeksFacts) -> Picture:
    """Draw the weeks from top to bottom, each phase named before its first week."""
    starts = {first: phase for phase, first, _ in phases(facts.weeks)}
    y, places, layers = 8.0, [], list[tuple[str, list[Word]]]()
    for index, week in enumerate(facts.weeks):
        if index in starts:
            y += ROW
            layers.append(("weeks-phase", [Word((92, y - 4), starts[index])]))
        y += ROW
        places.append(y - 10)
        css = "weeks-label-strong" if week.state is WeekState.NEXT else "weeks-label"
        layers.append((f"{css} start", [Word((92, y - 4), week.label)]))
        for line in wrap(week.note, 22, 2):
            y += NOTE_ROW
            layers.append(("weeks-note start", [Word((92, y - 4), line)]))
    end = y + ROW
    layers.append(("weeks-label start", [Word((92, end + 12), facts.end_label)]))
    drawn = (*_tall_strands(facts.weeks, places, end - 12), *filled(layers))
    frame = Layer("thread-frame", (Box((TALL_AXIS - 20, end - 12), 40, 40, 8),))
    title = facts.title
    return Picture(f"weeks-{facts.key}-tall", "weeks-tall", TALL_WIDTH, end + 36, title, _story(facts), (*drawn, frame))


def _tall_strands(weeks: tuple[Week, ...], places: list[float], end: float) -> tuple[Layer, ...]:
    halves = half_gaps(weeks, TALL_APART, TALL_CLOSE)
    down = [0.0, *places, end]
    gaps = [halves[0], *halves, halves[-1]] if halves else [TALL_APART, TALL_CLOSE]
    lived = polyline((TALL_AXIS - gap, y) for y, gap in zip(down, gaps, strict=True))
    pair = [polyline((TALL_AXIS + gap + side, y) for y, gap in zip(down, gaps, strict=True)) for side in (-2.5, 2.5)]
    strands = filled([("thread-lived", [Path(lived)]), ("thread-professional", [Path(d) for d in pair])])
    return (*strands, *_tall_stitches(weeks, places, halves))


def _tall_stitches(weeks: tuple[Week, ...], places: list[float], halves: tuple[float, ...]) -> tuple[Layer, ...]:
    drawn: dict[WeekState, list[Path]] = {state: [] for state in WeekState}
    discs: list[tuple[Point, int | None]] = []
    for week, y, half in zip(weeks, places, halves, strict=True):
        if week.state is WeekState.NEXT:
            discs.append(((TALL_AXIS, y), week.number))
        elif week.state is WeekState.SKIPPED:
            hatch = "".join(f"M{short(TALL_AXIS + step - 3)} {short(y + 7)}l6 -14" for step in (-9, 0, 9))
            drawn[week.state].append(Path(hatch))
        else:
            drawn[week.state].append(Path(polyline([(TALL_AXIS - half - 6, y + 3), (TALL_AXIS + half + 6, y - 3)])))
    held, to_come = drawn[WeekState.HELD], drawn[WeekState.TO_COME]
    return filled(
        [
            ("thread-under", [*held, *to_come]),
            ("thread-stitch", held),
            ("thread-stitch-tocome", to_come),
            ("weeks-hatch", drawn[WeekState.SKIPPED]),
            ("weeks-halo", [Circle(at, 18) for at, _ in discs]),
            ("weeks-disc", [Circle(at, 15) for at, _ in discs]),
            ("weeks-disc-number", [Word(at, str(number or "")) for at, number in discs]),
        ]
    )
