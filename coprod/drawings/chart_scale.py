"""How much room a chart has in each width, and where readings and values lie in it."""

from dataclasses import dataclass

LETTER = 0.56


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

    @property
    def inner(self) -> float:
        """How wide the plot itself is."""
        return self.width - self.left - self.right

    def room_for(self, text: str) -> float:
        """About how wide these words get."""
        return LETTER * self.letters * len(text)


FRAMES = (
    Frame("wide", 1000, 400, 46, 132, 58, 52, 16),
    Frame("middle", 620, 340, 46, 132, 64, 56, 18),
    Frame("narrow", 260, 240, 34, 12, 42, 48, 16, labelled=False, signs=0.85),
)
SMALL = Frame("small", 240, 80, 2, 48, 12, 12, 16, signs=0.6)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where readings and values lie in a frame."""

    frame: Frame
    count: int
    low: float
    high: float

    def x(self, index: float) -> float:
        """How far along the reading with this index is."""
        return self.frame.left + (index + 0.5) * self.frame.inner / self.count

    def y(self, value: float) -> float:
        """How high a value is."""
        plot = self.frame.height - self.frame.top - self.frame.bottom
        return self.frame.top + plot * (self.high - value) / (self.high - self.low)

    @property
    def floor(self) -> float:
        """Where the plot ends below."""
        return self.frame.height - self.frame.bottom
