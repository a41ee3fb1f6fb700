"""What the latest data say of a part, and what one reader may see of a theory."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from coprod.drawings.chart_facts import Meaning
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator
from coprod.theories.models import PartKind, Theory, TheoryArrow, TheoryPart
from coprod.theories.rules.kinds import HEADINGS, KINDS
from coprod.theories.rules.parts import steps_of


class Telling(StrEnum):
    """What the latest data say of a part, from the measures the reader may see."""

    BETTER = "Got better"
    WORSE = "Got worse"
    MIXED = "Better and worse"
    CHANCE = "No more than chance"
    TOO_FEW = "Too early to tell"
    UNMEASURED = "Not measured"


def telling_of(indicators: Iterable[Indicator]) -> Telling:
    """Say what the latest reading of each measure is a sign of, by the rules of the control chart."""
    marks = [outcomes.control_chart_of(one).latest for one in indicators]
    if not marks:
        return Telling.UNMEASURED
    meant = {mark.meaning for mark in marks if mark is not None}
    if {Meaning.IMPROVEMENT, Meaning.CONCERN} <= meant:
        return Telling.MIXED
    if Meaning.CONCERN in meant:
        return Telling.WORSE
    if Meaning.IMPROVEMENT in meant:
        return Telling.BETTER
    return Telling.CHANCE if meant else Telling.TOO_FEW


@dataclass(frozen=True)
class Told:
    """A theory as one reader may see it: what she may open of its links, and what that says of each part."""

    theory: Theory
    seen: frozenset[UUID]
    """The keys of the recommendations, pilots and measures this reader may see."""
    tellings: dict[UUID, Telling]
    """What the data say, by the key of the part."""

    def links(self, things: Iterable[Any]) -> list[Any]:
        """List those of these things that the reader may see."""
        return [one for one in things if one.id in self.seen]

    @cached_property
    def steps(self) -> dict[UUID, int]:
        """Answer how many steps into its kind each part is, by its key."""
        return steps_of(self.theory.parts, self.theory.arrows)

    def columns(self) -> list[tuple[str, list[TheoryPart]]]:
        """List the parts under the heading of their kind, with what is put in first."""
        return [(HEADINGS[kind], self.of_kind(kind)) for kind in KINDS]

    def of_kind(self, kind: PartKind) -> list[TheoryPart]:
        """List the parts of one kind, what comes first first."""
        here = [part for part in self.theory.parts if part.kind == kind]
        return sorted(here, key=lambda part: (self.steps[part.id], part.number))

    def how_deep(self, kind: PartKind) -> int:
        """Answer in how many steps the parts of one kind stand."""
        return 1 + max((self.steps[part.id] for part in self.of_kind(kind)), default=0)

    def after(self, part: TheoryPart) -> list[TheoryArrow]:
        """List the arrows that begin at a part."""
        return [one for one in self.theory.arrows if one.start_id == part.id]

    def before(self, part: TheoryPart) -> list[TheoryArrow]:
        """List the arrows that end at a part."""
        return [one for one in self.theory.arrows if one.end_id == part.id]
