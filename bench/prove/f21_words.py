"""F21 for sides of five to nine: beside the result word, no word of theirs comes to a number or to anybody's answer.

All outcomes of all sides of 5 to 15 in which one is below ten are published: with everybody answering, which is the
most an observer can have seen; on the smaller rolls, under each quorum, with any of them silent as well. What is
published alike is laid together.

An answer is *certain* where in all of them nobody, or everybody who answered, on such a side was for a thing, although
not all of both sides answered alike. A side comes to a *number* where in all of them as many were for it and as many
against; "no majority" says half and half, as the ballot says beforehand. A tie in a vote of picks says how many picked
each to one who saw everybody answer; it is counted apart, and never makes an answer certain.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from unittest import mock

from bench.prove import Figure, f21
from bench.prove.f21 import SILENT, Question, Side
from coprod.voting import rules
from coprod.voting.models import Kind, Poll, Quorum, Shown
from coprod.voting.rules import Choice, sizes

SIZES = tuple(both for both in product(range(5, 16), repeat=2) if min(both) < sizes.SMALLEST_COUNTED_SIDE)
FEW, LARGEST_WITH_SILENCE = 10, 12
"""How many people at most are tried with picks of two in three, and with silence."""
ONE_WORRY = Question(Kind.TEMPERATURE, (4, 2, 1), f21.QUESTIONS[0].in_favour, f21.QUESTIONS[0].against)
AGREE_OR_NOT = replace(f21.QUESTIONS[4], codes=f21.QUESTIONS[4].codes[:2])
ONE_IN_TWO = replace(f21.QUESTIONS[2], codes=(1, 2))
ONE_IN_THREE, TWO_IN_THREE = (
    replace(one, codes=tuple(code for code in one.codes if code))
    for one in (f21._picks(3, 1, 30), f21._picks(3, 2, FEW))
)
ASKED = (ONE_WORRY, AGREE_OR_NOT, ONE_IN_TWO, ONE_IN_THREE, TWO_IN_THREE)


@dataclass
class Words:
    """What was tried, and what was found out of sides of five to nine."""

    outcomes: int = 0
    rolls: int = 0
    certain: int = 0
    numbers: int = 0
    by_ties: int = 0
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, what: str, said: str) -> None:
        """Count one more, and keep the first."""
        setattr(self, what, getattr(self, what) + 1)
        self.examples.setdefault(what, said)


@dataclass
class Alike:
    """What the outcomes that are published alike have in common, of each side and each thing."""

    ways: list[set[tuple[int, int]]]
    differing: list[bool]

    def add(self, both: tuple[Side, Side]) -> None:
        """Put one more outcome to these."""
        things = range(len(self.differing))
        for n in things:
            for at, side in enumerate(both):
                self.ways[2 * n + at].add((side.for_it[n], side.against[n]))
            for_it, against = sum(side.for_it[n] for side in both), sum(side.against[n] for side in both)
            self.differing[n] |= bool(for_it and against)


def measure(seed: int) -> Figure:
    """Try small sides, and sides of five to nine; then plant what would be found of each."""
    figure, found = f21.measure(seed), solve()
    with each_side_in_its_own_form():
        told = solve(((5, 10),), (ONE_WORRY,))
    planted = min(told.certain, told.numbers)
    counts = figure.counts | {"of five to nine": vars(found), "planted beside counts": planted}
    holds = figure.holds and not (found.certain or found.numbers)
    return Figure("F21", holds, figure.control and bool(planted), counts, seed)


def solve(rolls: tuple[tuple[int, int], ...] = SIZES, asked: tuple[Question, ...] = ASKED) -> Words:
    """Try all of them."""
    found = Words()
    for question, (lived, professionals) in product(asked, rolls):
        if question.largest < lived + professionals and question is TWO_IN_THREE:
            continue
        for poll in f21._polls(question, lived, professionals):
            if poll.quorum == Quorum.HALF:
                _try_all(question, poll, found)
            if question is ONE_WORRY and lived + professionals <= LARGEST_WITH_SILENCE:
                _try_all(replace(question, codes=(*question.codes, SILENT)), poll, found)
    return found


def _try_all(question: Question, poll: Poll, found: Words) -> None:
    known: dict[tuple[str, rules.Published], Alike] = {}
    things = len(question.in_favour)
    for lived, professionals in product(
        *(_sides(question, n) for n in (poll.lived_on_roll, poll.professionals_on_roll))
    ):
        published = rules.publish(poll, [f21._codes(question, side.way) for side in (lived, professionals)])
        key = f21._turnout(poll, lived.sent, professionals.sent), published
        alike = known.setdefault(key, Alike([set() for _ in range(2 * things)], [False] * things))
        alike.add((lived, professionals))
        found.outcomes += 1
    found.rolls += 1
    for (_, published), alike in known.items():
        _judge(poll, published, alike, found)


def _sides(question: Question, people: int) -> list[Side]:
    """List the ways to answer; a second worry changes nothing that is published, and is not tried."""
    worry = question.codes.index(Choice.WORRIED) if question.kind == Kind.TEMPERATURE else None
    return [side for side in f21._sides(question, people) if worry is None or side.way[worry] <= 1]


def _judge(poll: Poll, published: rules.Published, alike: Alike, found: Words) -> None:
    rolls = poll.lived_on_roll, poll.professionals_on_roll
    for at, ways in enumerate(alike.ways):
        if rolls[at % 2] >= sizes.SMALLEST_COUNTED_SIDE or not alike.differing[at // 2] or not max(map(sum, ways)):
            continue
        said = f"{poll.kind}, {rolls} on the roll, {poll.rule}: {published} means {sorted(ways)[:3]}"
        if (not all(one for one, _ in ways) and not any(one for one, _ in ways)) or not any(other for _, other in ways):
            found.note("certain", said)
        elif len(ways) == 1 and len(set(*ways)) == 2:
            found.note("by_ties" if poll.kind == Kind.PICK else "numbers", said)


# --- The planted fault.


@contextmanager
def each_side_in_its_own_form() -> Iterator[None]:
    """Show the counts of a large side beside the word of a small one."""

    def apart(lived: int, professionals: int) -> tuple[Shown, Shown]:
        here, there = (
            Shown.COUNTS if size >= sizes.SMALLEST_COUNTED_SIDE else Shown.WORD for size in (lived, professionals)
        )
        return here, there

    with mock.patch.object(rules, "shown_form", apart):
        yield
