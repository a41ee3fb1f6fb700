"""How change is thought to happen: boxes in columns, joined by arrows that carry numbered beads.

Where each box and arrow lies is worked out by graphviz, in a program of its own; the marks are ours, and so is the
wording. No letter of anybody's words is handed to it, only keys and sizes, so nothing that was typed can be read as
markup.
"""

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path as File
from typing import Any

from coprod.drawings.shapes import Box as Rectangle
from coprod.drawings.shapes import Cased, Circle, Path, Picture, Point, Shape, Word, filled, polyline, short

PER_INCH = 72
WIDTH, GAP, BETWEEN, ROW, PADDING = 176.0, 104.0, 18.0, 21.0, 11.0
HEAD, KEY_ROW, LETTER = 48.0, 38.0, 8.6
LETTERS, LEAST_ROWS = 18, 2
BEAD, CLEAR, ARROW = 14.0, 3.0, 9.0
ALONG = tuple(sorted((step / 40 for step in range(5, 36)), key=lambda share: (abs(share - 0.5), share)))
LONGEST_WORD = re.compile(rf"\S{{{LETTERS + 1},}}")


class Tone(StrEnum):
    """What the latest data say of a box."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"
    UNKNOWN = "unknown"


class Bead(StrEnum):
    """How firm an arrow is."""

    FIRM = "firm"
    TRYING = "trying"
    OPEN = "open"
    BROKEN = "broken"


TONES = {
    Tone.BETTER: "Got better",
    Tone.WORSE: "Got worse, or better and worse",
    Tone.NEITHER: "No more than chance",
    Tone.UNKNOWN: "Not measured, or too early to tell",
}
BEADS = {
    Bead.FIRM: "It holds",
    Bead.TRYING: "Being tested",
    Bead.OPEN: "Not tested yet",
    Bead.BROKEN: "Does not hold",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading, which it may share with its neighbour; what the rest is for looks different."""

    heading: str
    aim: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A part: its key, its column, its words, and in colour, shape and words what the data say."""

    key: str
    column: int
    words: str
    tone: Tone = Tone.UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow from one box to another; without a number it is a plain line."""

    start: str
    end: str
    number: int | None = None
    bead: Bead = Bead.OPEN


@dataclass(frozen=True, slots=True)
class TheoryFacts:
    """All that is drawn; lines go from a column to a later one."""

    key: str
    title: str
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A box in its place: its middle, and its rows of words."""

    box: Box
    at: Point
    height: float
    rows: tuple[str, ...]

    @property
    def corner(self) -> Point:
        return self.at[0] - WIDTH / 2, self.at[1] - self.height / 2


def draw_theory(facts: TheoryFacts) -> Picture | None:
    """Draw it; nothing where there is no part yet."""
    if not facts.boxes:
        return None
    laid = _laid_out(facts)
    width, height = (float(edge) for edge in laid["bb"].split(",")[2:])
    boxes = list(_placed(facts, laid, height))
    lines = _routes(facts, laid, height)
    key = _Key(max(width, WIDTH * 3) + 4, height + HEAD + KEY_ROW)
    layers: list[tuple[str, Sequence[Shape]]] = [*_headings(facts, boxes), *_drawn_lines(facts, lines)]
    layers += _drawn_boxes(facts, boxes)
    layers += _beads(facts, lines, boxes)
    layers += key.layers(facts)
    return Picture(facts.key, "theory-picture", key.right, key.bottom, facts.title, _story(facts), filled(layers))


def rows_of(words: str) -> tuple[str, ...]:
    """Break words into rows that fit a box, all of them; a word longer than a row is broken by a hyphen."""
    rows: list[str] = []
    for word in LONGEST_WORD.sub(_hyphened, words).split():
        if rows and len(rows[-1]) + 1 + len(word) <= LETTERS:
            rows[-1] += " " + word
        else:
            rows.append(word)
    return tuple(rows)


def _hyphened(found: re.Match[str]) -> str:
    word, piece = found[0], LETTERS - 1
    pieces = [word[start : start + piece] for start in range(0, len(word), piece)]
    return "- ".join(pieces)


def _height(box: Box, rows: Sequence[str]) -> float:
    return max(len(rows), LEAST_ROWS) * ROW + (ROW + 4 if box.note else 0) + 2 * PADDING


# --- Laid out by graphviz.


def _laid_out(facts: TheoryFacts) -> dict[str, Any]:
    """Answer the places, which are found once for boxes of these sizes and lines between them."""
    columns = tuple(tuple(_keys_in(facts, number)) for number in range(len(facts.columns)))
    return _found(columns, tuple((line.start, line.end) for line in facts.lines))


@lru_cache(maxsize=64)
def _found(columns: tuple[tuple[tuple[str, float], ...], ...], lines: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Let graphviz find the places: columns by kind, as few crossings as it can."""
    import graphviz  # heavy enough to be left until a picture is drawn
    from graphviz.backend import dot_command

    dot_command.DOT_BINARY = File(sys.executable).parent / "graphviz-pure"
    graph = graphviz.Digraph(engine="dot")
    spread = {"ranksep": str(GAP / PER_INCH), "nodesep": str(BETWEEN / PER_INCH)}
    graph.attr("graph", rankdir="LR", splines="true", **spread)
    graph.attr("node", shape="box", fixedsize="true", label="", width=str(WIDTH / PER_INCH))
    for keys in filter(None, columns):
        with graph.subgraph() as column:
            column.attr(rank="same")
            for key, height in keys:
                column.node(_name(key), height=str(height / PER_INCH))
    first = [_name(keys[0][0]) for keys in columns if keys]
    for one, other in pairwise(first):
        graph.edge(one, other, style="invis", weight="0")
    for start, end in lines:
        graph.edge(f"{_name(start)}:e", f"{_name(end)}:w", id=f"{start} {end}")
    laid: dict[str, Any] = json.loads(graph.pipe(format="json0", encoding="utf-8"))
    return laid


def _keys_in(facts: TheoryFacts, number: int) -> list[tuple[str, float]]:
    return [(box.key, _height(box, rows_of(box.words))) for box in facts.boxes if box.column == number]


def _name(key: str) -> str:
    return f"n{key}"


def _point(words: str, height: float) -> Point:
    x, y = (float(number) for number in words.split(","))
    return x + 2, height - y + HEAD + 2


def _placed(facts: TheoryFacts, laid: dict[str, Any], height: float) -> Iterator[_Drawn]:
    places = {one["name"]: one["pos"] for one in laid["objects"] if "pos" in one}
    for box in facts.boxes:
        rows = rows_of(box.words)
        yield _Drawn(box, _point(places[_name(box.key)], height), _height(box, rows), rows)


def _routes(facts: TheoryFacts, laid: dict[str, Any], height: float) -> dict[tuple[str, str], list[Point]]:
    """Answer each line's way: where it begins, three points for each bend, and its tip."""
    found = {}
    for edge in laid.get("edges", ()):
        if "id" in edge:
            tip, *points = edge["pos"].removeprefix("e,").split()
            start, end = edge["id"].split()
            found[start, end] = [_point(point, height) for point in (*points, tip)]
    return found


# --- Drawn by us.


def _headings(facts: TheoryFacts, boxes: Sequence[_Drawn]) -> Iterator[tuple[str, Sequence[Shape]]]:
    """Write each heading once, over a rule as long as all its columns."""
    ends: dict[str, list[float]] = {}
    for drawn in sorted(boxes, key=lambda one: one.box.column):
        ends.setdefault(facts.columns[drawn.box.column].heading, []).append(drawn.corner[0])
    yield "theory-heading", [Word((min(here), 18), heading) for heading, here in ends.items()]
    yield "theory-rule", [Path(polyline(((min(here), 28), (max(here) + WIDTH, 28)))) for here in ends.values()]


def _drawn_lines(
    facts: TheoryFacts, routes: dict[tuple[str, str], list[Point]]
) -> Iterator[tuple[str, Sequence[Shape]]]:
    """Draw each line with an edge round it: where two cross, one goes over the other."""
    drawn = [(number, line, routes[line.start, line.end]) for number, line in enumerate(facts.lines)]
    yield (
        "theory-lines",
        [Cased(f"{facts.key}-l{number}", _way(way), f"theory-line-{line.bead}") for number, line, way in drawn],
    )
    yield "theory-tip", [Path(_tip(way)) for _, line, way in drawn if line.number is not None]


def _way(points: Sequence[Point]) -> str:
    """Write a line's way as path data; its tip is the last point."""
    start, *bends, tip = points
    curves = "".join(
        "C" + " ".join(f"{short(x)} {short(y)}" for x, y in bends[at : at + 3]) for at in range(0, len(bends), 3)
    )
    return f"M{short(start[0])} {short(start[1])}{curves}L{short(tip[0])} {short(tip[1])}"


def _tip(points: Sequence[Point]) -> str:
    (x0, y0), (x1, y1) = points[-2:]
    far = math.hypot(x1 - x0, y1 - y0) or 1
    along, across = ((x1 - x0) / far, (y1 - y0) / far), ARROW * 0.55
    back = x1 - along[0] * ARROW, y1 - along[1] * ARROW
    one = back[0] - along[1] * across, back[1] + along[0] * across
    other = back[0] + along[1] * across, back[1] - along[0] * across
    return polyline(((x1, y1), one, other)) + "Z"


def _drawn_boxes(facts: TheoryFacts, boxes: Sequence[_Drawn]) -> Iterator[tuple[str, Sequence[Shape]]]:
    for aim in (False, True):
        css = " theory-aim" if aim else ""
        here = [drawn for drawn in boxes if facts.columns[drawn.box.column].aim == aim]
        for tone in Tone:
            alike = [Rectangle(one.corner, WIDTH, one.height, 10) for one in here if one.box.tone is tone]
            yield f"theory-box theory-{tone}{css}", alike
        yield f"theory-words{css}", [word for drawn in here for word in _words(drawn)]
        yield f"theory-note{css}", [_note(drawn) for drawn in here if drawn.box.note]


def _words(drawn: _Drawn) -> Iterator[Word]:
    x, top = drawn.corner
    room = max(len(drawn.rows), LEAST_ROWS) - len(drawn.rows)
    first = top + PADDING + ROW * 0.75 + room * ROW / 2
    for number, row in enumerate(drawn.rows):
        yield Word((x + PADDING, first + number * ROW), row)


def _note(drawn: _Drawn) -> Word:
    x, top = drawn.corner
    return Word((x + PADDING, top + drawn.height - PADDING + 1), drawn.box.note)


def _beads(
    facts: TheoryFacts, routes: dict[tuple[str, str], list[Point]], boxes: Sequence[_Drawn]
) -> Iterator[tuple[str, Sequence[Shape]]]:
    places: dict[int, Point] = {}
    for line in facts.lines:
        if line.number is not None:
            places[line.number] = _free_place(routes[line.start, line.end], list(places.values()), boxes)
    for bead in Bead:
        here = [line.number for line in facts.lines if line.bead is bead and line.number is not None]
        yield f"theory-bead theory-bead-{bead}", [Circle(places[number], BEAD) for number in here]
        yield f"theory-number theory-number-{bead}", [Word(places[number], str(number)) for number in here]


def _free_place(points: Sequence[Point], taken: Sequence[Point], boxes: Sequence[_Drawn]) -> Point:
    """Answer the place along a line, nearest to its middle, where a bead touches no other and no box.

    Where there is none, the one with the most room round it is taken.
    """
    tried: list[tuple[float, Point]] = []
    for share in ALONG:
        place = _along(points, share)
        tried.append((_room(place, taken, boxes), place))
        if tried[-1][0] >= 0:
            break
    return max(tried)[1]


def _room(place: Point, taken: Sequence[Point], boxes: Sequence[_Drawn]) -> float:
    """Answer how much room there is round a bead; less than none where it touches something."""
    x, y = place
    others = [math.dist(place, other) - 2 * BEAD - CLEAR for other in taken]
    for drawn in boxes:
        dx, dy = abs(x - drawn.at[0]) - WIDTH / 2, abs(y - drawn.at[1]) - drawn.height / 2
        others.append(max(dx, dy) - BEAD - CLEAR)
    return min(others)


def _along(points: Sequence[Point], share: float) -> Point:
    """Answer a place on a line, at this share of its bends."""
    start, *bends = points[:-1]
    curves = len(bends) // 3
    at = min(int(share * curves), curves - 1)
    t = share * curves - at
    first = start if at == 0 else bends[3 * at - 1]
    x, y = (_bezier([point[axis] for point in (first, *bends[3 * at : 3 * at + 3])], t) for axis in (0, 1))
    return x, y


def _bezier(points: Sequence[float], t: float) -> float:
    a, b, c, d = points
    u = 1 - t
    return a * u**3 + 3 * b * u * u * t + 3 * c * u * t * t + d * t**3


class _Key:
    """What the looks of boxes and arrows mean, in rows under the picture; only of those that are there."""

    def __init__(self, right: float, top: float) -> None:
        self.right, self.at, self.y = right, 2.0, top

    @property
    def bottom(self) -> float:
        """Answer where it ends."""
        return self.y + KEY_ROW / 2

    def layers(self, facts: TheoryFacts) -> Iterator[tuple[str, Sequence[Shape]]]:
        """Draw a small box or a short line for each look, with its words beside it."""
        tones = {box.tone for box in facts.boxes}
        beads = {line.bead for line in facts.lines if line.number is not None}
        for tone in Tone:
            if tone in tones:
                x, y = self._place(46, TONES[tone])
                yield f"theory-key theory-box theory-{tone}", [Rectangle((x, y - 11), 34, 22, 5)]
                yield "theory-key theory-words", [Word((x + 46, y + 6), TONES[tone])]
        for bead in Bead:
            if bead in beads:
                x, y = self._place(84, BEADS[bead])
                line = polyline(((x, y), (x + 72, y)))
                yield f"theory-key theory-lines theory-line-{bead}", [Path(line)]
                yield f"theory-key theory-bead theory-bead-{bead}", [Circle((x + 36, y), BEAD - 3)]
                yield "theory-key theory-words", [Word((x + 84, y + 6), BEADS[bead])]

    def _place(self, mark: float, words: str) -> Point:
        """Answer where the next one begins: beside the last, or in a new row."""
        room = mark + len(words) * LETTER
        if self.at > 2 and self.at + room > self.right:
            self.at, self.y = 2.0, self.y + KEY_ROW
        here = self.at, self.y
        self.at += room + 26
        return here


def _story(facts: TheoryFacts) -> str:
    """Say in words what is drawn; the list on the page says all of it."""
    counts = Counter({column.heading: 0 for column in facts.columns})
    counts.update(facts.columns[box.column].heading for box in facts.boxes)
    told = ". ".join(f"{heading}: {many}" for heading, many in counts.items())
    joined = "1 line joins them." if len(facts.lines) == 1 else f"{len(facts.lines)} lines join them."
    return f"{told}. {joined} The list says all of it in words."
