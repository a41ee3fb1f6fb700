"""How much room a chart has in each width, and where readings and values lie in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coprod.drawings.shapes import short

LETTER = 0.56
BARE_TOP = 16.0
NOTE_ROOM = 20.0
CLOSE = 12.0
AFTER_A_LINE = 12.0
DOWN = 1000
"""How far down a plot goes in the coordinates that all widths share."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The room one width of the chart has, and the largest its letters get there."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    letters: float
    labelled: bool = True
    signs: float = 1.0
    notes: float = 0.0

    @property
    def inner(self) -> float:
        """How wide the plot itself is."""
        return self.width - self.left - self.right

    def room_for(self, text: str) -> float:
        """About how wide these words get."""
        return LETTER * self.letters * len(text)

    @property
    def brackets(self) -> float:
        """How far down the brackets of the cycles end: above the letters of the notes."""
        return self.top - self.notes

    def beside(self, words: str) -> "Frame":
        """Leave room at the right for these words."""
        return replace(self, right=self.right + self.room_for(words))

    def naming(self, names: Sequence[str]) -> "Frame":
        """Leave room at the right for the longest of these names, which stand after their lines."""
        return replace(self, right=max([self.right, *(self.room_for(name) + AFTER_A_LINE for name in names)]))

    def fitted(self, *, cycles: bool, notes: bool) -> "Frame":
        """Waste no room above where there is nothing to write."""
        top = (self.top if cycles else BARE_TOP) + (NOTE_ROOM if notes else 0)
        return replace(self, top=top, height=self.height - self.top + top, notes=NOTE_ROOM if notes else 0)


FRAMES = (
    Frame("wide", 1000, 400, 46, 132, 58, 52, 16),
    Frame("middle", 620, 340, 46, 132, 64, 56, 18),
    Frame("narrow", 260, 240, 34, 12, 42, 48, 16, labelled=False, signs=0.85),
)
SMALL = Frame("small", 240, 90, 4, 18, 12, 12, 18, signs=0.6)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where readings and values lie in a frame: side by side, or each at its place among the months of others."""

    frame: Frame
    count: int
    low: float
    high: float
    places: Sequence[float] = ()

    @property
    def pitch(self) -> float:
        """How far apart neighbours lie."""
        return self.frame.inner / self.count

    @property
    def dense(self) -> bool:
        """Whether dots of the usual size would run into each other."""
        return self.pitch < CLOSE

    @property
    def signs(self) -> float:
        """How large signs are drawn."""
        return self.frame.signs * (0.6 if self.dense else 1)

    def x(self, index: float) -> float:
        """How far along the reading with this index is."""
        return self.frame.left + (self.place(index) + 0.5) * self.pitch

    def place(self, index: float) -> float:
        """Say at which place from the left, counted from 0, the reading with this index is."""
        return self.places[int(index)] if self.places else index

    def y(self, value: float) -> float:
        """How high a value is."""
        return self.frame.top + (self.floor - self.frame.top) * self.share(value)

    def share(self, value: float) -> float:
        """How far down the plot a value is, from 0 to 1."""
        return (self.high - value) / (self.high - self.low)

    @property
    def transform(self) -> str:
        """Bring the coordinates that all widths share into this one."""
        frame, down = self.frame, (self.floor - self.frame.top) / DOWN
        return f"translate({short(frame.left + self.pitch / 2)} {short(frame.top)})scale({self.pitch:.5g} {down:.5g})"

    @property
    def floor(self) -> float:
        """Where the plot ends below."""
        return self.frame.height - self.frame.bottom
