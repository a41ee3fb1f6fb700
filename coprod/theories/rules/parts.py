"""How many parts there may be, of which kind, and in which order they come."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.theories.models import PartKind, Theory, TheoryArrow, TheoryPart
from coprod.theories.rules.kinds import column_of

MOST_PARTS = 80
MOST_LETTERS = 90


def has_room(theory: Theory, more: int) -> Answer:
    """A picture holds so many parts and no more."""
    full = len(theory.parts) + more > MOST_PARTS
    return no(f"There is room for {MOST_PARTS} parts. Join some that belong together.") if full else YES


def can_be(part: TheoryPart, kind: PartKind, arrows: Iterable[TheoryArrow]) -> Answer:
    """A part may become another kind while none of its arrows would go back to an earlier kind."""
    place = column_of(kind)
    turned = any(column_of(one.start.kind) > place for one in arrows if one.end is part)
    turned = turned or any(place > column_of(one.end.kind) for one in arrows if one.start is part)
    return no("Its arrows would go backwards then. Take them away first.") if turned else YES


def steps_of(parts: Sequence[TheoryPart], arrows: Sequence[TheoryArrow]) -> dict[UUID, int]:
    """Answer how many steps into its kind each part is: what follows a part of the same kind is one step on."""
    kinds = {part.id: part.kind for part in parts}
    within = [one for one in arrows if kinds[one.start_id] == kinds[one.end_id]]
    steps = dict.fromkeys(kinds, 0)
    for _ in parts:  # no way is longer than that
        for one in within:
            steps[one.end_id] = max(steps[one.end_id], steps[one.start_id] + 1)
    return steps


def lines_of(typed: str) -> list[str]:
    """List what the room said, a part a line, without the empty ones and each once."""
    said = (" ".join(line.split()).lstrip("-•* ") for line in typed.splitlines())
    return list(dict.fromkeys(line for line in said if line))


def loose(theory: Theory) -> list[TheoryPart]:
    """List the parts that no arrow touches."""
    touched = {key for one in theory.arrows for key in (one.start_id, one.end_id)}
    return [part for part in theory.parts if part.id not in touched]
