"""Votes on paper: two people count the box, each for herself, in piles (B16)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from coprod.core.answers import YES, Answer, Refused, no
from coprod.people.models import Person
from coprod.voting.models import Kind, Poll
from coprod.voting.rules import sizes
from coprod.voting.rules.answering import choices_of
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Role

NOT_THE_BOXES = "Count the two boxes apart where each side has its own, else all slips together."


class PilesDiffer(Refused):
    """Two people counted one box and came to different numbers; nobody learns where they differ."""

    def __init__(self) -> None:
        """Say what to do now."""
        super().__init__("The two counts differ. Please count the box once more, both of you.")


@dataclass(frozen=True)
class Pile:
    """What lay in one box: how many slips for each answer, or how many ticks for each thing to choose.

    Where things are chosen, `slips` says how many slips had any tick at all.
    """

    numbers: Mapping[int, int] = field(default_factory=dict)
    slips: int = 0

    @property
    def form(self) -> list[object]:
        """Answer it in one form only, so that two counts can be compared."""
        return [self.slips, sorted([number, many] for number, many in self.numbers.items() if many)]


@dataclass(frozen=True)
class Piles:
    """What one person counted: a pile for each side, or one whole pile where sides are not looked at."""

    lived: Pile | None = None
    professionals: Pile | None = None
    whole: Pile | None = None

    @property
    def boxes(self) -> tuple[Pile, ...]:
        """List the piles that were counted."""
        return tuple(pile for pile in (self.lived, self.professionals, self.whole) if pile is not None)

    @property
    def form(self) -> str:
        """Answer it in one form only, to be sealed and compared."""
        return json.dumps([pile.form for pile in self.boxes])


def may_count_paper(person: Person, poll: Poll) -> Answer:
    """Two of the people who sit at its table count the box of a vote on paper."""
    return workstreams.is_member(person, poll.workstream) & is_on_paper(poll)


def is_on_paper(poll: Poll) -> Answer:
    """Answer whether this vote is on paper."""
    return YES if poll.on_paper else no("This vote is not on paper.")


def one_of_them_facilitates(poll: Poll, counters: Sequence[UUID]) -> Answer:
    """Answer whether one of those who counted runs the group."""
    running = {m.person_id for m in workstreams.seated(poll.workstream) if m.role == Role.FACILITATOR}
    return YES if running & set(counters) else no("One of the two who count is the facilitator.")


def piles_fit(poll: Poll, piles: Piles) -> Answer:
    """Answer whether these can be the slips of this vote."""
    rolls = sizes.rolls(poll)
    right_boxes = piles == (Piles(piles.lived, piles.professionals) if len(rolls) == 2 else Piles(whole=piles.whole))
    if not right_boxes or len(piles.boxes) != len(rolls):
        return no(NOT_THE_BOXES)
    troubles = [_pile_fits(poll, pile, roll) for pile, roll in zip(piles.boxes, rolls, strict=True)]
    return next((trouble for trouble in troubles if not trouble), YES)


def _pile_fits(poll: Poll, pile: Pile, roll: int) -> Answer:
    known = {option.number for option in poll.options} if poll.kind == Kind.PICK else set(choices_of(poll.kind))
    if not set(pile.numbers) <= known or any(many < 0 for many in pile.numbers.values()):
        return no("Write a number beside each answer: 0 or more.")
    if slips_in(poll.kind, pile) > roll:
        return no("There are more slips than people. Please count again.")
    return _ticks_fit(poll, pile) if poll.kind == Kind.PICK else YES


def _ticks_fit(poll: Poll, pile: Pile) -> Answer:
    ticks = pile.numbers.values()
    if max(ticks, default=0) > pile.slips or not pile.slips <= sum(ticks) <= pile.slips * poll.most:
        return no(f"The ticks do not fit the slips. Each slip that counts has 1 to {poll.most}.")
    return YES


def slips_in(kind: Kind, pile: Pile) -> int:
    """Answer how many slips lay in a box."""
    return pile.slips if kind == Kind.PICK else sum(pile.numbers.values())
