"""The few shapes all pictures are made of, and the short way to write numbers and paths."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

Point = tuple[float, float]


def short(number: float) -> str:
    """Write a length with one decimal at most, and no needless zeros."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def value_words(number: float) -> str:
    """Write a measured value as people read it: 62, 60.6, 4,200."""
    text = f"{number:,.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def polyline(points: Iterable[Point]) -> str:
    """Join points by straight lines, as path data."""
    pairs = [f"{short(x)} {short(y)}" for x, y in points]
    return "M" + "L".join(pairs)


def curve(start: Point, end: Point) -> str:
    """Go from one level to another and arrive flat, as path data after a first move."""
    (x0, y0), (x1, y1) = start, end
    middle = short((x0 + x1) / 2)
    return f"C{middle} {short(y0)} {middle} {short(y1)} {short(x1)} {short(y1)}"


def height_on_curve(start: Point, end: Point, x: float) -> float:
    """Say how high the curve between two points is at x."""
    (x0, y0), (x1, y1) = start, end
    share = min(1.0, max(0.0, (x - x0) / (x1 - x0)))
    low, high = 0.0, 1.0
    for _ in range(24):
        t = (low + high) / 2
        if 1.5 * t - 1.5 * t * t + t**3 < share:
            low = t
        else:
            high = t
    return y0 + (y1 - y0) * (3 * low * low - 2 * low**3)


def wrap(text: str, width: int, lines: int) -> tuple[str, ...]:
    """Break words into at most so many lines of so many letters, with an ellipsis for the rest."""
    rows: list[str] = []
    for word in text.split():
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += " " + word
        else:
            rows.append(word)
    if len(rows) > lines:
        rows = rows[:lines]
        rows[-1] = rows[-1].rstrip(",.;:") + "…"
    return tuple(rows)


class Standing:
    """A shape at a place, which it can write down."""

    __slots__ = ()
    at: Point

    @property
    def x(self) -> str:
        """Write how far along it is."""
        return short(self.at[0])

    @property
    def y(self) -> str:
        """Write how far down it is."""
        return short(self.at[1])


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an area, as path data."""

    kind: ClassVar[str] = "path"
    d: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Cased:
    """A line printed twice, edge first and core over it, from one piece of path data."""

    kind: ClassVar[str] = "cased"
    key: str
    d: str
    css: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A piece of path data that is written down once, under a name, and printed wherever it is used."""

    key: str
    d: str


@dataclass(frozen=True, slots=True)
class Use:
    """Something written down under a name, printed; an outline in the colours of a class."""

    kind: ClassVar[str] = "use"
    key: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """Outlines, and how they are printed over each other: written down once, under a name, for several pictures."""

    key: str
    outlines: tuple[Outline, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Circle(Standing):
    """A circle or disc."""

    kind: ClassVar[str] = "circle"
    at: Point
    radius: float
    css: str = ""

    @property
    def r(self) -> str:
        """Write how large it is."""
        return short(self.radius)


@dataclass(frozen=True, slots=True)
class Box(Standing):
    """A rectangle with round corners."""

    kind: ClassVar[str] = "box"
    at: Point
    width: float
    height: float
    radius: float = 0
    css: str = ""

    @property
    def w(self) -> str:
        """Write how wide it is."""
        return short(self.width)

    @property
    def h(self) -> str:
        """Write how high it is."""
        return short(self.height)

    @property
    def r(self) -> str:
        """Write how round its corners are."""
        return short(self.radius)


@dataclass(frozen=True, slots=True)
class Word(Standing):
    """A piece of text at a place."""

    kind: ClassVar[str] = "word"
    at: Point
    text: str
    css: str = ""


Shape = Path | Cased | Use | Circle | Box | Word


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes of one class, printed together, and where their own coordinates lie in the picture's."""

    css: str
    shapes: tuple[Shape, ...]
    transform: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture: its size, its name, its story in words, and its layers from back to front.

    Something may be `written` down in it, for it and for others; one `told_by` another leaves name and story to it.
    """

    key: str
    css: str
    width: float
    height: float
    title: str
    desc: str
    layers: tuple[Layer, ...] = ()
    stretched: bool = False
    written: Written | None = None
    told_by: str = ""

    @property
    def view_box(self) -> str:
        """The box the page scales."""
        return f"0 0 {short(self.width)} {short(self.height)}"

    def shapes(self, css: str) -> tuple[Shape, ...]:
        """Find the shapes of the layers with this class."""
        return tuple(shape for layer in self.layers if layer.css == css for shape in layer.shapes)


def filled(layers: Sequence[tuple[str, Sequence[Shape]]]) -> tuple[Layer, ...]:
    """Keep the layers that have something in them."""
    return tuple(Layer(css, tuple(shapes)) for css, shapes in layers if shapes)
