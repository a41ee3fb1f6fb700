"""Asking the same again: two results side by side must not tell how somebody answered who was on one roll alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.voting.models import Shown

FEWEST_APART = 5
SAME_ROLL = (
    "The same was asked before. Whoever could answer then answers now, too, and whoever was left out stays out: "
    f"else the two results side by side could tell one person’s answer. Or change the list by {FEWEST_APART} people."
)


@dataclass(frozen=True)
class Before:
    """Who could answer when the same was asked before, and how many were left out then."""

    roll: frozenset[UUID]
    left_out: int


def may_leave_out(roll: Collection[UUID], left_out: Collection[UUID], before: Iterable[Before]) -> Answer:
    """Answer whether nobody chose one to four people to be on one of two rolls alone; who came or went chose it."""
    for earlier in before:
        dropped, added = earlier.roll & set(left_out), set(roll) - earlier.roll
        if 0 < len(dropped) < FEWEST_APART or (earlier.left_out and 0 < len(added) < FEWEST_APART):
            return no(SAME_ROLL)
    return YES


def beside_earlier(shown: tuple[Shown, Shown], roll: Collection[UUID], before: Iterable[Before]) -> tuple[Shown, Shown]:
    """Answer what is shown of both sides: no counts where one to four people came or went since the same was asked."""
    near = any(0 < len(earlier.roll ^ set(roll)) < FEWEST_APART for earlier in before)
    return (Shown.WORD, Shown.WORD) if near and Shown.COUNTS in shown else shown
