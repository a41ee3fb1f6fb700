"""The ramp of test cycles: each loop larger and higher than the last."""

from dataclasses import dataclass

from coprod.drawings import thread_marks as marks
from coprod.drawings.shapes import Cased, Layer, Picture, curve, short

WIDTH, HEIGHT = 200.0, 150.0
LOWEST, CLIMB = 140.0, 60.0
LOOP_AT = 84.0


@dataclass(frozen=True, slots=True)
class RampStep:
    """One test cycle: its number, its name, and whether it is closed."""

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


def draw_ramp(facts: RampFacts) -> Ramp:
    """Draw each test cycle as a loop on a thread that climbs from piece to piece."""
    return Ramp(tuple(_draw(facts, index) for index in range(len(facts.steps))))


def radius_of(index: int, count: int) -> float:
    """Say how large a loop is: larger with each cycle."""
    return 22 + 15 * index / max(3, count - 1)


def level_of(index: int, count: int) -> float:
    """Say how low the thread lies where a piece begins: higher with each cycle."""
    return LOWEST - CLIMB * index / max(3, count)


def _draw(facts: RampFacts, index: int) -> DrawnStep:
    step, count = facts.steps[index], len(facts.steps)
    level, following, radius = level_of(index, count), level_of(index + 1, count), radius_of(index, count)
    key = f"ramp-{facts.key}-{step.number}"
    d = f"M-1 {short(level)}H{short(LOOP_AT + 20)}" + curve((LOOP_AT + 20, level), (WIDTH + 1, following))
    thread = Layer("thread-main", (Cased(key, d, "thread-gold"),))
    loop = marks.loop(f"{key}-loop", (LOOP_AT, level - radius), radius, step.number, closed=step.closed)
    state = "closed" if step.closed else "running"
    picture = Picture(
        key, "ramp-piece", WIDTH, HEIGHT, f"Test cycle {step.number}, {state}", step.title, (thread, *loop)
    )
    return DrawnStep(step, picture)
