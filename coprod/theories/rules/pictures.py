"""How a theory is given to be drawn, and how its driver diagram is told as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod.drawings.theory_map import Bead, Box, Column, Line, TheoryFacts, Tone
from coprod.theories.models import PartKind, Standing, TheoryPart
from coprod.theories.rules.kinds import DRIVERS, HEADINGS, KINDS
from coprod.theories.rules.telling import Telling, Told

TONES = {
    Telling.BETTER: Tone.BETTER,
    Telling.WORSE: Tone.WORSE,
    Telling.MIXED: Tone.WORSE,
    Telling.CHANCE: Tone.NEITHER,
    Telling.TOO_FEW: Tone.UNKNOWN,
    Telling.UNMEASURED: Tone.UNKNOWN,
}
BEADS = {
    Standing.HOLDS: Bead.FIRM,
    Standing.BEING_TESTED: Bead.TRYING,
    Standing.NOT_TESTED: Bead.OPEN,
    Standing.DOES_NOT_HOLD: Bead.BROKEN,
}


def picture_of(told: Told) -> TheoryFacts:
    """Give a theory to be drawn, from what is put in on the left to what it is for on the right."""
    theory = told.theory
    places = [(kind, step) for kind in KINDS for step in range(told.how_deep(kind))]
    lines = [Line(one.start_id.hex, one.end_id.hex, one.number, BEADS[one.standing]) for one in theory.arrows]
    return TheoryFacts(
        theory.id.hex[:8],
        "How we think change happens",
        _columns(places, HEADINGS),
        _boxes(told, places),
        tuple(lines),
    )


def drivers_of(told: Told) -> TheoryFacts:
    """Give the same parts to be drawn as a driver diagram: the aim on the left, ideas for change on the right."""
    places = [(kind, step) for kind in DRIVERS for step in reversed(range(told.how_deep(kind)))]
    boxes = _boxes(told, places)
    drawn = {box.key for box in boxes}
    lines = [Line(one.end_id.hex, one.start_id.hex) for one in told.theory.arrows if one.start_id.hex in drawn]
    key = f"{told.theory.id.hex[:8]}-drivers"
    return TheoryFacts(key, "What drives our aim", _columns(places, DRIVERS), boxes, tuple(lines))


Place = tuple[PartKind, int]


def _columns(places: Sequence[Place], headings: Mapping[PartKind, str]) -> tuple[Column, ...]:
    return tuple(Column(headings[kind], aim=kind == PartKind.IMPACT) for kind, _ in places)


def _boxes(told: Told, places: Sequence[Place]) -> tuple[Box, ...]:
    found = [(part, (part.kind, told.steps[part.id])) for part in told.theory.parts]
    return tuple(_box(told, part, places.index(place)) for part, place in found if place in places)


def _box(told: Told, part: TheoryPart, column: int) -> Box:
    telling = told.tellings[part.id]
    note = "" if telling == Telling.UNMEASURED else str(telling)
    return Box(part.id.hex, column, part.words, TONES[telling], note)


@dataclass(frozen=True)
class Driver:
    """A part of the driver diagram, and what drives it; told once in full, and only named after that."""

    part: TheoryPart
    drivers: tuple["Driver", ...] = ()
    told_above: bool = False


def driver_list(told: Told) -> list[Driver]:
    """Tell the driver diagram as a nested list: every aim with what drives it, down to the ideas."""
    told_already: set[UUID] = set()
    return [_driver(told, part, told_already) for part in told.of_kind(PartKind.IMPACT)]


def _driver(told: Told, part: TheoryPart, told_already: set[UUID]) -> Driver:
    below = [one.start for one in told.before(part) if one.start.kind in DRIVERS]
    if part.id in told_already and below:
        return Driver(part, told_above=True)
    told_already.add(part.id)
    return Driver(part, tuple(_driver(told, one, told_already) for one in below))
