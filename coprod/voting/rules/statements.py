"""Which statements both sides share, where they part, and what is open (B13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coprod.voting.models import Poll, Quorum, Shown, Standing
from coprod.voting.rules import sizes
from coprod.voting.rules.answering import View
from coprod.voting.rules.counting import majority
from coprod.voting.rules.lines import LIVED, PROFESSIONALS, Line, capital

NO_CLEAR_VIEW = "There is no clear view yet."


@dataclass(frozen=True)
class SideViews:
    """How many of one side agree and disagree with each statement, how many answered any, its roll and the quorum."""

    agree: Mapping[int, int]
    disagree: Mapping[int, int]
    answered: int
    roll: int
    quorum: Quorum

    def of(self, number: int) -> tuple[int, int]:
        """Answer how many agree with this one, and how many do not; who passed is in neither."""
        return self.agree.get(number, 0), self.disagree.get(number, 0)

    def leaning(self, number: int) -> int:
        """Answer 1 where most of them agree, -1 where most do not, 0 where neither, or where too many passed.

        A pass is no answer, and nothing is said of a side of which too few answered: it would be said of those few.
        """
        agree, disagree = self.of(number)
        if not sizes.is_enough(agree + disagree, self.roll, self.quorum):
            return 0
        return (agree > disagree) - (disagree > agree)


def side_views(slips: Iterable[Mapping[int, View]], roll: int, quorum: Quorum) -> SideViews:
    """Add up what people think; who passed on everything is no voter."""
    said = [slip for slip in slips if any(slip.values())]

    def how_many(view: View) -> dict[int, int]:
        found = [number for slip in said for number, one in slip.items() if one == view]
        return {number: found.count(number) for number in set(found)}

    return SideViews(how_many(View.AGREE), how_many(View.DISAGREE), len(said), roll, quorum)


def weighed(poll: Poll, sides: Sequence[SideViews]) -> tuple[Line, ...]:
    """Answer what came of each statement, in the order in which they were put."""
    return tuple(_line(poll, one.number, sides) for one in poll.options)


def _line(poll: Poll, number: int, sides: Sequence[SideViews]) -> Line:
    if len(sides) == 1:
        return _line_of_everybody(number, sides[0])
    lived, professionals = sides
    here, there = poll.shown_of_lived, poll.shown_of_professionals
    why = f"{_think(lived, number, here, LIVED)}, and {_think(professionals, number, there, PROFESSIONALS)}."
    standing = _standing(lived.leaning(number), professionals.leaning(number))
    said = _said(lived, number, here), _said(professionals, number, there)
    return Line(number, number, standing, capital(why), *said)


def _standing(lived: int, professionals: int) -> Standing:
    if not (lived and professionals):
        return Standing.OPEN
    return Standing.SHARED if lived == professionals else Standing.PARTED


def _line_of_everybody(number: int, everybody: SideViews) -> Line:
    words = {1: "Most of those who answered agree.", -1: "Most of those who answered disagree.", 0: NO_CLEAR_VIEW}
    leaning = everybody.leaning(number)
    return Line(number, number, Standing.SHARED if leaning else Standing.OPEN, words[leaning])


def _think(side: SideViews, number: int, shown: Shown, who: str) -> str:
    agree, disagree = side.of(number)
    if shown == Shown.COUNTS:
        return f"{agree} {who} agree and {disagree} disagree"
    lean = side.leaning(number)
    return majority(lean, 0, f"most {who} agree", f"most {who} disagree", f"{who} have no clear view")


def _said(side: SideViews, number: int, shown: Shown) -> str:
    agree, disagree = side.of(number)
    if shown == Shown.COUNTS:
        return f"{agree} agree, {disagree} disagree"
    return majority(side.leaning(number), 0, "Most agree", "Most disagree")
