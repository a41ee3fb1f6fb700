"""Choosing up to n of several things, by the shares rule (domain section 6), and why each stands where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Generic, TypeVar

from coprod.voting.models import Poll, Shown, Standing
from coprod.voting.rules.lines import LIVED, PROFESSIONALS, Line

Name = TypeVar("Name", int, str)

WHY = {
    Standing.CHOSEN: "It is one of those picked most.",
    Standing.TIED: "It came out level, and there is no room for all that did. The group talks about which to take.",
    Standing.NOT_CHOSEN: "Others were picked more.",
}
SETTLED = {
    Standing.CHOSEN: "It came out level. The group talked about it, and took it.",
    Standing.NOT_CHOSEN: "It came out level. The group talked about it, and did not take it.",
}


@dataclass(frozen=True)
class Picked(Generic[Name]):
    """One thing to choose: how many on each side picked it, and the score that follows from the shares."""

    name: Name
    lived_share: Fraction
    professional_share: Fraction

    @property
    def score(self) -> Fraction:
        """Answer the mean of the two sides' shares, so that neither side outnumbers the other."""
        return (self.lived_share + self.professional_share) / 2

    @property
    def rank(self) -> tuple[Fraction, Fraction]:
        """Answer what is compared: the score, then the lived-experience share; equal in both is a declared tie."""
        return self.score, self.lived_share


def choose(
    picks: Mapping[Name, tuple[int, int]], lived_voters: int, professional_voters: int
) -> list[list[Picked[Name]]]:
    """Put things in order by the shares rule (domain section 6); those in one inner list are tied.

    `picks` says, by name, how many lived-experience members and how many workers picked it. Somebody who picked
    nothing is not a voter, so the two numbers of voters count only people who picked.
    """
    scored = [
        Picked(name, Fraction(lived, lived_voters or 1), Fraction(professionals, professional_voters or 1))
        for name, (lived, professionals) in picks.items()
    ]
    ordered = sorted(scored, key=lambda one: (*(-part for part in one.rank), one.name))
    return [list(tied) for _, tied in groupby(ordered, key=lambda one: one.rank)]


@dataclass(frozen=True)
class SidePicks:
    """How many of one side picked each thing, how many of them picked any, and how many were on its roll."""

    picks: Mapping[int, int]
    answered: int
    roll: int


def side_picks(slips: Iterable[frozenset[int]], roll: int) -> SidePicks:
    """Add up what people picked; who picked nothing is no voter, and no pattern is kept (B11)."""
    voters = [slip for slip in slips if slip]
    picked = [number for slip in voters for number in slip]
    return SidePicks({number: picked.count(number) for number in set(picked)}, len(voters), roll)


def chosen(poll: Poll, sides: Sequence[SidePicks]) -> tuple[Line, ...]:
    """Answer the place of each thing: by both sides, or by the whole roll where sides are not looked at.

    As many have a place as one person could pick. What nobody picked has none; a tie across the last place is declared.
    """
    lived, professionals = sides[0], sides[-1]
    sums = {one.number: (_of(one.number, lived), _of(one.number, professionals)) for one in poll.options}
    lines, before = [], 0
    for tied in choose(sums, lived.answered, professionals.answered):
        standing = _standing(tied[0].score, before, len(tied), poll.most)
        lines += [_line(poll, one.name, before + 1, standing, sides) for one in tied]
        before += len(tied)
    return tuple(sorted(lines, key=lambda line: line.number))


def _of(number: int, side: SidePicks) -> int:
    return side.picks.get(number, 0)


def _standing(score: Fraction, before: int, tied: int, places: int) -> Standing:
    if not score or before >= places:
        return Standing.NOT_CHOSEN
    return Standing.CHOSEN if before + tied <= places else Standing.TIED


def _line(poll: Poll, number: int, rank: int, standing: Standing, sides: Sequence[SidePicks]) -> Line:
    """Say why; of small sides the place alone, for beside it a word on each thing comes to a number (B13)."""
    if len(sides) == 1:
        return Line(number, rank, standing, f"{_of_everybody(number, sides[0])} {WHY[standing]}")
    if poll.shown_of_lived != Shown.COUNTS:
        return Line(number, rank, standing, WHY[standing])
    lived, professionals = (f"{_of(number, side)} of {side.answered}" for side in sides)
    why = f"{lived} {LIVED} and {professionals} {PROFESSIONALS} picked it. {WHY[standing]}"
    return Line(number, rank, standing, why, f"{lived} picked it", f"{professionals} picked it")


def settled(reason: str, standing: Standing) -> str:
    """Say of a thing that was tied what the group made of it by talking; who picked it stays as it was counted."""
    return f"{reason.removesuffix(WHY[Standing.TIED])}{SETTLED[standing]}"


def _of_everybody(number: int, everybody: SidePicks) -> str:
    """Say no number at all where sides are hidden: with one parent on the roll it could be hers (B13)."""
    if _of(number, everybody) * 2 > everybody.answered:
        return "More than half of those who answered picked it."
    return "Half of those who answered, or fewer, picked it."
