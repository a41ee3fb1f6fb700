"""F21 for measures: from counts and their totals, as they are published, nobody works out a number from one to four.

Every way in which so many people can fall into up to eight groups, or months, is published; what is published alike is
laid together. A number is *derivable* where in all of them one group, or any of them taken together, comes to the same
number from one to four: by subtracting, by what can fit, or by knowing the rule itself. For up to twelve groups
everything that is shown is subtracted from everything it is part of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from bench.prove import Figure, f21_words
from coprod.outcomes.rules.small_numbers import broken_down, is_small

Published = tuple[str, ...]
Publish = Callable[[Sequence[int]], Published]
LARGEST = {1: 40, 2: 40, 3: 40, 4: 24, 5: 16, 6: 12, 7: 10, 8: 9}
"""How many people at most fall into so many groups: all of them together, so that no way is left untried."""
MOST_GROUPS, SUBTRACTED = 12, (3, 7)


@dataclass
class Found:
    """What was tried, and what was worked out."""

    outcomes: int = 0
    alike: int = 0
    derived: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, said: str) -> None:
        """Count one more, and keep the first few."""
        self.derived += 1
        self.examples = [*self.examples, said][:3]


def as_published(parts: Sequence[int]) -> Published:
    """Answer what a page, a file and a picture say of these counts and their total."""
    return broken_down(parts).words


def measure(seed: int) -> Figure:
    """Try all votes, then all counts; then hide the small ones alone, which subtraction undoes."""
    figure, found, planted = f21_words.measure(seed), solve(), solve(only_the_small_ones, {2: 9, 3: 6})
    counts = figure.counts | {"of measures": vars(found), "planted in measures": planted.derived}
    return Figure("F21", figure.holds and not found.derived, figure.control and bool(planted.derived), counts, seed)


def solve(publish: Publish = as_published, largest: dict[int, int] | None = None) -> Found:
    """Publish all of them, and try to work out what is hidden."""
    found = Found()
    for groups, most in (largest or LARGEST).items():
        _lay_together(publish, groups, most, found)
    for groups in range(1, MOST_GROUPS + 1):
        for parts in product(SUBTRACTED, repeat=groups):
            _subtract(parts, publish(parts), found)
    return found


def _lay_together(publish: Publish, groups: int, most: int, found: Found) -> None:
    alike: dict[Published, list[tuple[int, ...]]] = defaultdict(list)
    for parts in _ways(groups, most):
        alike[publish(parts)].append(parts)
        found.outcomes += 1
    found.alike += len(alike)
    for published, ways in alike.items():
        if any(words.startswith("Fewer") for words in published):
            _judge(published, ways, found)


def _ways(groups: int, most: int) -> Iterator[tuple[int, ...]]:
    """List how so many people at most can fall into these groups."""
    if not groups:
        yield ()
        return
    for first in range(most + 1):
        yield from ((first, *rest) for rest in _ways(groups - 1, most - first))


def _judge(published: Published, ways: list[tuple[int, ...]], found: Found) -> None:
    """Look for groups that come, taken together, to the same small number in all of these."""
    for some in _subsets(len(ways[0])):
        first = sum(ways[0][place] for place in some)
        if is_small(first) and all(sum(way[place] for place in some) == first for way in ways):
            found.note(f"{published} means {ways[:2]}")
            return


def _subsets(groups: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, groups + 1):
        yield from combinations(range(groups), size)


def _subtract(parts: Sequence[int], published: Published, found: Found) -> None:
    """Take everything that is shown away from the total: what is left is that of all that are hidden."""
    found.outcomes += 1
    *shown, whole = (int(words.replace(",", "")) if words.replace(",", "").isdigit() else None for words in published)
    hidden = [part for part, words in zip(parts, shown, strict=True) if words is None]
    strays = [words for words in shown if words is not None and is_small(words)]
    if strays or (whole is not None and hidden and (len(hidden) == 1 or is_small(sum(hidden)))):
        found.note(f"{published} subtracted gives {hidden or strays}")


# --- The planted fault.


def only_the_small_ones(parts: Sequence[int]) -> Published:
    """Hide every small number, and nothing beside it."""
    return tuple("Fewer than 5" if is_small(count) else str(count) for count in (*parts, sum(parts)))
