"""What may be shown of counts that are broken down, so that nobody can work a small one out (B13, F21).

A count and its parts are thought of as a tree: the whole is halved, and each half again, down to the groups. What a
node comes to is known to whoever reads the page. Its two halves are shown where neither is a small number; where one
is, everything below stays hidden, and all that is hidden looks alike. The whole is shown whatever its parts are.

So what is hidden can be taken apart in at least four ways that would all look the same: any number from one to four
may stand in either half. That holds for one who knows this rule as well, and subtracts everything there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coprod.outcomes.rules.measuring import FEWER, SMALLEST_COUNT

HIDDEN = "Fewer than 5 here or beside it"


@dataclass(frozen=True, slots=True)
class Broken:
    """A count with its parts, as they may be shown: none stands for a number that is hidden."""

    whole: int | None
    parts: tuple[int | None, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Say each part, and last the whole."""
        instead = HIDDEN if self.whole is not None else FEWER
        parts = (instead if part is None else f"{part:,}" for part in self.parts)
        return (*parts, FEWER if self.whole is None else f"{self.whole:,}")


def is_small(count: float) -> bool:
    """Answer whether so many people are too few to be told of; nobody at all is shown."""
    return 0 < count < SMALLEST_COUNT


def broken_down(parts: Sequence[int]) -> Broken:
    """Answer what may be shown of the parts of a count, and of the whole."""
    whole = sum(parts)
    if is_small(whole):
        return Broken(None, (None,) * len(parts))
    return Broken(whole, _shown(tuple(parts)))


def _shown(parts: tuple[int, ...]) -> tuple[int | None, ...]:
    """Show the parts of a count that is known."""
    if len(parts) == 1:
        return parts
    half = len(parts) // 2
    halves = parts[:half], parts[half:]
    if any(is_small(sum(one)) for one in halves):
        return (None,) * len(parts)
    return tuple(part for one in halves for part in _shown(one))
