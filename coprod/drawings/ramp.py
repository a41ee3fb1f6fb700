"""The ramp of test cycles: each loop larger and higher than the last."""

from dataclasses import dataclass

from coprod.drawings.shapes import Picture

WIDTH, HEIGHT = 200.0, 150.0
LOW, HIGH = 128.0, 84.0


@dataclass(frozen=True, slots=True)
class RampStep:
    """One test cycle: its number, its name, and whether it is finished."""

    number: int
    title: str
    closed: bool


@dataclass(frozen=True, slots=True)
class RampFacts:
    """The test cycles of one pilot, in order."""

    key: str
    steps: tuple[RampStep, ...]


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """One test cycle with its piece of the ramp."""

    step: RampStep
    picture: Picture


@dataclass(frozen=True, slots=True)
class Ramp:
    """The whole ramp, a piece for each test cycle."""

    steps: tuple[DrawnStep, ...]
