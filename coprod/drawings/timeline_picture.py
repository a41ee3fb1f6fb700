"""The timeline of a programme, drawn no more exactly than it is known."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from coprod.drawings.partial_dates import Known, Span
from coprod.drawings.shapes import Box, Cased, Layer, Path, Picture, Point, Shape, Word, filled, short, wrap

WIDTH, LEFT, TOP = 1128.0, 140.0, 36.0
LETTERS, LETTER, LINE = 17.0, 0.54, 20.0
ROW_GAP, LANE_GAP, LABEL_WIDTH = 12.0, 18.0, 30


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened: when ("2019", "2019/2022", "2020-06", "2024-03-27", "2023-09/"), and what.

    `short` is the label in the picture (the first words of `what` without it). `lane` names its lane.
    `on_thread` joins it by the gold thread to the one before it that is on the thread.
    """

    when: str
    what: str
    short: str = ""
    lane: str = ""
    href: str = ""
    on_thread: bool = False


@dataclass(frozen=True, slots=True)
class TimelineFacts:
    """Everything the timeline shows, lanes in the order in which they come."""

    key: str
    title: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One entry in words, for the list below the picture."""

    when: str
    what: str
    href: str


@dataclass(frozen=True, slots=True)
class ListedYear:
    """One year of the list."""

    year: int
    entries: tuple[ListedEntry, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture for desks, and the years of its list; no entries, no picture."""

    picture: Picture | None
    years: tuple[ListedYear, ...]
    threaded: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its place along the years and its label's lines; the label stands left, inside or right."""

    entry: TimelineEntry
    span: Span
    start: float
    end: float
    label: tuple[str, ...]
    label_at: float
    css: str
    reach: tuple[float, float]

    @property
    def height(self) -> float:
        """How high its row must be."""
        return max(24.0, LINE * len(self.label))


@dataclass(frozen=True, slots=True)
class Axis:
    """The years from left to right."""

    first: int
    last: int

    def x(self, day: date) -> float:
        """How far along a day lies."""
        start = date(self.first, 1, 1)
        days = (date(self.last + 1, 1, 1) - start).days
        return LEFT + (WIDTH - LEFT) * (day - start).days / days


def draw_timeline(facts: TimelineFacts) -> Timeline:
    """Draw what happened in lanes, and list it by year."""
    dated = sorted(((Span.read(entry.when), entry) for entry in facts.entries), key=lambda pair: pair[0].start.first)
    picture = _draw(facts, dated) if dated else None
    return Timeline(picture, _listed(dated), sum(entry.on_thread for entry in facts.entries) > 1)


def _listed(dated: list[tuple[Span, TimelineEntry]]) -> tuple[ListedYear, ...]:
    return tuple(
        ListedYear(year, tuple(ListedEntry(span.words(), entry.what, entry.href) for span, entry in entries))
        for year, entries in groupby(dated, key=lambda pair: pair[0].start.first.year)
    )


def _axis(dated: list[tuple[Span, TimelineEntry]]) -> Axis:
    ends = [span.end or span.start for span, _ in dated]
    return Axis(dated[0][0].start.first.year, max(end.last.year for end in ends))


def _place(span: Span, entry: TimelineEntry, axis: Axis) -> Placed:
    """Find an entry's room: from the first day it may mean to the last, and its label beside or inside."""
    start = axis.x(span.start.first)
    end = WIDTH if span.end is None else axis.x(span.end.last)
    if span.single and span.start.known is not Known.YEAR:
        centre = (start + end) / 2
        start, end = centre - 9, centre + 9
    label = wrap(entry.short or entry.what, LABEL_WIDTH, 2 if entry.short else 3)
    width = max(len(line) for line in label) * LETTERS * LETTER
    if len(label) == 1 and width + 16 < end - start:
        return Placed(entry, span, start, end, label, start + 8, "start", (start, end))
    if end + 8 + width <= WIDTH:
        return Placed(entry, span, start, end, label, end + 8, "start", (start, end + 8 + width))
    return Placed(entry, span, start, end, label, start - 8, "end", (start - 8 - width, end))


def pack(placed: list[Placed]) -> list[list[Placed]]:
    """Put entries into as few rows as may be, none touching its neighbour."""
    rows: list[list[Placed]] = []
    for item in placed:
        free = (row for row in rows if all(_clear(item, other) for other in row))
        row = next(free, None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return rows


def _clear(one: Placed, other: Placed) -> bool:
    return one.reach[0] > other.reach[1] + 10 or other.reach[0] > one.reach[1] + 10


def _draw(facts: TimelineFacts, dated: list[tuple[Span, TimelineEntry]]) -> Picture:
    axis = _axis(dated)
    placed = [_place(span, entry, axis) for span, entry in dated]
    lanes = list(dict.fromkeys(entry.lane for entry in facts.entries))
    y, marks, labels, names, rules, at = TOP + LANE_GAP, list[Layer](), list[Word](), list[Word](), list[Path](), {}
    for lane in lanes:
        top = y
        for row in pack([item for item in placed if item.entry.lane == lane]):
            height = max(item.height for item in row)
            for item in row:
                middle = y + height / 2
                at[id(item)] = (((item.start + item.end) / 2), middle)
                marks.extend(_mark(item, middle))
                labels += _label(item, middle)
            y += height + ROW_GAP
        names += [Word((0, top + 12 + LINE * line), text) for line, text in enumerate(wrap(lane, 13, 3))]
        y += LANE_GAP - ROW_GAP
        rules.append(Path(f"M0 {short(y)}H{short(WIDTH)}"))
        y += LANE_GAP
    height = y - LANE_GAP + 4
    thread = [at[id(item)] for item in placed if item.entry.on_thread]
    layers = (
        *_years(axis, height),
        *filled([("timeline-rule", rules[:-1])]),
        *_thread(facts, thread),
        *marks,
        *filled([("timeline-label", labels), ("timeline-lane", names)]),
    )
    story = " ".join(f"{span.start.first.year}, {span.words()}: {entry.what}." for span, entry in dated)
    return Picture(f"timeline-{facts.key}", "timeline", WIDTH, height, facts.title, story, layers)


def _years(axis: Axis, height: float) -> tuple[Layer, ...]:
    years = range(axis.first, axis.last + 1)
    lines = [Path(f"M{short(axis.x(date(year, 1, 1)))} {short(TOP - 6)}V{short(height)}") for year in years]
    words = [Word((axis.x(date(year, 1, 1)) + 6, TOP - 12), str(year)) for year in years]
    return filled([("timeline-year-line", lines), ("timeline-year", words)])


def _mark(item: Placed, y: float) -> tuple[Layer, ...]:
    """Draw a diamond for a day, a box for a month, a bar for known months, a dashed bar for years or an open end."""
    span, middle = item.span, (item.start + item.end) / 2
    if span.single and span.start.known is Known.DAY:
        return filled([("timeline-day", [Path(f"M{short(middle)} {short(y - 10)}l10 10l-10 10l-10 -10Z")])])
    if span.single and span.start.known is Known.MONTH:
        return filled([("timeline-month", [Box((middle - 7, y - 9), 14, 18, 4)])])
    rough = span.end is None or Known.YEAR in (span.start.known, span.end.known)
    box: Shape = Box((item.start, y - 12), max(8.0, item.end - item.start), 24, 6)
    return filled([("timeline-rough" if rough else "timeline-stretch", [box])])


def _label(item: Placed, y: float) -> list[Word]:
    first = y + 5.5 - LINE * (len(item.label) - 1) / 2
    return [Word((item.label_at, first + LINE * line), text, item.css) for line, text in enumerate(item.label)]


def _thread(facts: TimelineFacts, points: list[Point]) -> tuple[Layer, ...]:
    """Lead the gold thread from one entry to the next."""
    if len(points) < 2:
        return ()
    d = f"M{short(points[0][0])} {short(points[0][1])}"
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = short((x0 + x1) / 2)
        d += f"C{middle} {short(y0)} {middle} {short(y1)} {short(x1)} {short(y1)}"
    return (Layer("thread-main", (Cased(f"timeline-{facts.key}-thread", d, "thread-gold"),)),)
