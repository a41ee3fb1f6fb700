"""Between which parts there may be an arrow, and how sure we are of those there are."""

from collections import Counter
from collections.abc import Iterable, Sequence

from coprod.core.answers import YES, Answer, no
from coprod.theories.models import Standing, Theory, TheoryArrow, TheoryPart
from coprod.theories.rules.kinds import column_of

MOST_ARROWS = 150


def can_join(theory: Theory, start: TheoryPart, end: TheoryPart, but: TheoryArrow | None = None) -> Answer:
    """An arrow never goes back to an earlier kind nor round in a circle, and there is one between two parts."""
    if column_of(start.kind) > column_of(end.kind):
        return no("An arrow goes on towards what it is for. Choose a part that comes later.")
    if start is end:
        return no("An arrow goes from one part to another. Choose two parts.")
    if start not in theory.parts or end not in theory.parts:
        return no("Somebody took one of these parts out. Choose another.")
    others = [one for one in theory.arrows if one is not but]
    if any((one.start_id, one.end_id) == (start.id, end.id) for one in others):
        return no("There is an arrow between these two already.")
    back = _way(others, end, start)
    if back:
        return no(f"That would go round in a circle: {_chain((start, *back))}. Take one of these arrows away first.")
    return no(f"There is room for {MOST_ARROWS} arrows.") if len(others) >= MOST_ARROWS else YES


def _way(arrows: Sequence[TheoryArrow], start: TheoryPart, end: TheoryPart) -> tuple[TheoryPart, ...]:
    """Answer the shortest way along the arrows from one part to another, both named; nothing where there is none."""
    ways: list[tuple[TheoryPart, ...]] = [(start,)]
    seen = {start.id}
    for way in ways:
        if way[-1].id == end.id:
            return way
        nexts = [one.end for one in arrows if one.start_id == way[-1].id and one.end_id not in seen]
        seen |= {one.id for one in nexts}
        ways += [(*way, one) for one in nexts]
    return ()


def _chain(parts: Iterable[TheoryPart]) -> str:
    return " → ".join(f"“{part.words}”" for part in parts)


def how_sure(theory: Theory) -> list[tuple[Standing, int]]:
    """Count the arrows by how sure we are of them, of those that there are."""
    counts = Counter(arrow.standing for arrow in theory.arrows)
    return [(standing, counts[standing]) for standing in Standing if counts[standing]]
