"""F21: whatever is published of a vote, nobody can work out from it how a side of one to four people answered.

All that can be put into the box is put there: every number of each answer on each side, which is all 2^n ways to
answer but for who is who. What is published of each is kept together with the turnout word from before the close.

A side's answers are *derivable* where every outcome that is published alike has the same number of that side for it
(or for one of the things that are voted on together), although not everybody who answered answered alike: what all
said together is open, and the ballot says so beforehand (safety 2.3, d). Two observers try: one who has read
everything published; and one who also saw that everybody answered. What would be known to one who saw exactly how many
of each side answered, where not all did, is counted beside it: who answered is published nowhere (B6).

Sides of five to nine, which show one word, are tried in `f21_words`.

The form of what is published must be the one printed on the ballot for all outcomes of a roll (B12); where too few of
a side answered, nothing is said of either, and no word beside an agreement or the place of a thing that was picked.
"""

from collections.abc import Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from operator import add
from typing import Any
from unittest import mock

from bench.prove import Figure
from coprod.voting import rules
from coprod.voting.models import Kind, Outcome, Poll, PollOption, Quorum, Shown
from coprod.voting.rules import Choice, View, sizes

MOST, PLANTED = 12, 5
SMALL = 4
HIDDEN = range(1, SMALL + 1)
SILENT = None
Code = int | None


@dataclass(frozen=True)
class Question:
    """A kind of vote with few enough answers to try them all; and who is for each thing, by the number sealed."""

    kind: Kind
    codes: tuple[Code, ...]
    in_favour: tuple[frozenset[Code], ...]
    against: tuple[frozenset[Code], ...]
    things: int = 0
    most: int = 1
    largest: int = MOST


def _picks(things: int, most: int, largest: int) -> Question:
    codes = sorted((code for code in range(1, 2**things) if code.bit_count() <= most), key=int.bit_count)
    picked = [frozenset(code for code in codes if code >> n & 1) for n in range(things)]
    others = [frozenset(codes) - one for one in picked]
    return Question(Kind.PICK, (*codes, 0, SILENT), tuple(picked), tuple(others), things, most, largest)


def _views(patterns: Sequence[tuple[View, ...]], largest: int) -> Question:
    things = len(patterns[0])
    codes = {rules.code_of_views(dict(enumerate(one, 1))): one for one in patterns}
    agree, disagree = (
        tuple(frozenset(code for code, one in codes.items() if one[n] == view) for n in range(things))
        for view in (View.AGREE, View.DISAGREE)
    )
    return Question(Kind.STATEMENTS, (*codes, SILENT), agree, disagree, things, 1, largest)


FOR_IT, AGAINST = frozenset({int(Choice.YES)}), frozenset({int(Choice.NOT_SURE), int(Choice.WORRIED)})
AGREE, DISAGREE, PASS = View.AGREE, View.DISAGREE, View.PASS
QUESTIONS = (
    Question(Kind.TEMPERATURE, (4, 2, 1, 0, SILENT), (FOR_IT,), (AGAINST,), largest=9),
    Question(Kind.CONSENT, (4, 1, 0, SILENT), (FOR_IT,), (AGAINST,), largest=10),
    _picks(2, 1, MOST),
    _picks(3, 2, 6),
    _views([(AGREE,), (DISAGREE,), (PASS,)], MOST),
    _views([(AGREE, AGREE), (DISAGREE, DISAGREE), (AGREE, DISAGREE), (DISAGREE, AGREE)], 7),
)
"""The first two answers of each are the two that part people; those are tried on rolls of any size."""


@dataclass
class Found:
    """What was tried, and what was found out."""

    outcomes: int = 0
    rolls: int = 0
    derived: int = 0
    known_by_turnout: int = 0
    strays: int = 0
    examples: dict[str, str] = field(default_factory=dict)


def measure(seed: int, largest: int = MOST) -> Figure:
    """Try every outcome of every roll; then show small sides, and then what can be subtracted."""
    found = solve(largest)
    with small_sides_shown():
        shown = solve(PLANTED, QUESTIONS[:1])
    with a_sum_beside_one_side():
        subtracted = solve(PLANTED, QUESTIONS[:1])
    planted = {"small sides shown": shown.derived, "subtracted": subtracted.derived}
    counts: dict[str, object] = {"found": vars(found), "planted": planted, "example": subtracted.examples}
    return Figure("F21", not (found.derived or found.strays), all(planted.values()), counts, seed)


def solve(largest: int = MOST, questions: Sequence[Question] = QUESTIONS) -> Found:
    """Try all outcomes of all rolls of up to so many people; and of both sides of up to so many, with fewer answers."""
    found = Found()
    for question in questions:
        for lived, professionals in _rolls(largest):
            tried = _as_tried(question, lived, professionals, largest)
            for poll in _polls(question, lived, professionals):
                _try_all(tried, poll, found)
    return found


def _as_tried(question: Question, lived: int, professionals: int, largest: int) -> Question:
    """Try every answer on a small roll; on a large one the two that part people, with silence where there is time."""
    everybody = lived + professionals
    if not rules.has_sides(lived, professionals) and everybody <= min(largest, question.largest):
        return question
    pair = question.codes[:2]
    return replace(question, codes=(*pair, SILENT) if min(lived, professionals) <= SMALL or everybody <= MOST else pair)


def _rolls(largest: int) -> list[tuple[int, int]]:
    """List the rolls there can be, the smallest first: at least one person with lived experience, and five in all."""
    sides = product(range(1, largest + 1), range(largest + 1))
    return sorted((roll for roll in sides if sum(roll) >= rules.SMALLEST_ROLL), key=lambda roll: (sum(roll), roll))


def _polls(question: Question, lived: int, professionals: int) -> Iterator[Poll]:
    """Make this vote under each rule and quorum there is."""
    offered = rules.rules_for(lived, professionals)
    chosen = offered if rules.choices_of(question.kind) else offered[:1]
    here, there = rules.shown_form(lived, professionals)
    for rule, quorum in product(chosen, Quorum):
        poll = Poll(kind=question.kind, rule=rule, quorum=quorum, most=question.most)
        poll.lived_on_roll, poll.professionals_on_roll = lived, professionals
        poll.shown_of_lived, poll.shown_of_professionals = here, there
        poll.options = [PollOption(number=n, words=f"Thing {n}") for n in range(1, question.things + 1)]
        yield poll


@dataclass(frozen=True)
class Side:
    """One way in which a side can answer: how many gave each answer, and how many were for and against each thing."""

    way: tuple[int, ...]
    sent: int
    answered: int
    for_it: tuple[int, ...]
    against: tuple[int, ...]


class Alike:
    """All outcomes that are published alike: which numbers of each side were for each thing, as bits, and if all were.

    Bits, because there are millions of outcomes.
    """

    def __init__(self, things: int) -> None:
        self.lived, self.professionals = [0] * things, [0] * things
        self.unanimous = [True] * things

    def add(self, lived: Side, professionals: Side) -> None:
        """Put one more outcome to these."""
        for n, (ours, theirs) in enumerate(zip(lived.for_it, professionals.for_it, strict=True)):
            self.lived[n] |= 1 << ours
            self.professionals[n] |= 1 << theirs
            if ours + theirs and lived.against[n] + professionals.against[n]:
                self.unanimous[n] = False

    def gives_away(self, rolls: tuple[int, int], answered: tuple[int, int]) -> bool:
        """Answer whether they give away the number of a small side for anything, though not all agreed."""
        sides = zip((self.lived, self.professionals), rolls, answered, strict=True)
        small = [masks for masks, roll, there in sides if roll in HIDDEN and there]
        return any(
            mask.bit_count() == 1 and not alike
            for masks in small
            for mask, alike in zip(masks, self.unanimous, strict=True)
        )

    def __str__(self) -> str:
        """Say which numbers there can be."""
        both = [[mask.bit_length() - 1 if mask.bit_count() == 1 else "?" for mask in masks] for masks in self._masks]
        return f"{both[0]} and {both[1]} for it"

    @property
    def _masks(self) -> tuple[list[int], list[int]]:
        return self.lived, self.professionals


class Counting:
    """Publishes a vote again and again; what lies in the box alike is counted once, and known by its number after."""

    def __init__(self, question: Question, poll: Poll) -> None:
        self.question, self.poll = question, poll
        self.apart = len(rules.rolls(poll)) == 2
        self.hides_nobody = not {poll.lived_on_roll, poll.professionals_on_roll} & {*HIDDEN}
        self.told: list[rules.Published] = []
        self.strays = 0
        self._numbers: dict[rules.Published, int] = {}
        self._done: dict[Hashable, int] = {}
        self._words: dict[tuple[int, int], str] = {}

    def published(self, lived: Side, professionals: Side) -> tuple[str, int]:
        """Answer the word that those who ran it last saw before it closed, and the number of what was published."""
        both = lived.way, professionals.way
        parts = both if self.apart else (tuple(map(add, *both)),)
        if parts not in self._done:
            self._done[parts] = self._publish(parts)
        sent = lived.sent, professionals.sent
        if sent not in self._words:
            self._words[sent] = _turnout(self.poll, *sent)
        return self._words[sent], self._done[parts]

    def _publish(self, parts: tuple[tuple[int, ...], ...]) -> int:
        published = rules.publish(self.poll, [_codes(self.question, part) for part in parts])
        number = self._numbers.setdefault(published, len(self.told))
        if number == len(self.told):
            self.told.append(published)
        self.strays += not self._is_as_printed(published, parts)
        return number

    def _is_as_printed(self, published: rules.Published, parts: tuple[tuple[int, ...], ...]) -> bool:
        """Answer whether it speaks of each side in the form that was printed; of neither, where too few answered."""
        poll, answered = self.poll, [_side(self.question, part).answered for part in parts]
        enough = [rules.is_enough(*one, poll.quorum) for one in zip(answered, rules.rolls(poll), strict=True)]
        printed = (poll.shown_of_lived, poll.shown_of_professionals)
        agreed = published.outcome in (Outcome.AGREED, Outcome.ASK_THE_ROOM)
        wordless = Shown.WORD in printed and (agreed or poll.kind == Kind.PICK)
        return _form_of(published) == ({printed} if all(enough) and not wordless else {(Shown.NOTHING, Shown.NOTHING)})


def _try_all(question: Question, poll: Poll, found: Found) -> None:
    """Put everything into the box in turn, and lay together what is published alike."""
    rolls = poll.lived_on_roll, poll.professionals_on_roll
    read: dict[Any, Alike] = {}
    seen: dict[Any, Alike] = {}
    counting, things = Counting(question, poll), len(question.in_favour)
    for lived, professionals in product(*(_sides(question, roll) for roll in rolls)):
        published = counting.published(lived, professionals)
        found.outcomes += 1
        if counting.hides_nobody:
            continue
        answered = lived.answered, professionals.answered
        for known, key in ((read, (*published, rolls)), (seen, (*published, answered))):
            if key not in known:
                known[key] = Alike(things)
            known[key].add(lived, professionals)
    found.rolls += 1
    found.strays += counting.strays
    for known in (read, seen):
        _judge(counting, known, found)


def _judge(counting: Counting, known: dict[Any, Alike], found: Found) -> None:
    poll = counting.poll
    rolls = poll.lived_on_roll, poll.professionals_on_roll
    for (word, number, answered), alike in known.items():
        if alike.gives_away(rolls, answered):
            what = "derived" if answered == rolls else "known_by_turnout"
            setattr(found, what, getattr(found, what) + 1)
            said = f"{poll.kind}, {rolls[0]} and {rolls[1]} on the roll, {poll.rule}, quorum {poll.quorum}"
            means = f"{word}; {counting.told[number]} means {alike}"
            found.examples.setdefault(what, f"{said}, {answered} answered: {means}")


@cache
def _sides(question: Question, people: int) -> list[Side]:
    """List all the ways in which so many people can answer."""
    return [_side(question, way) for way in _ways(len(question.codes), people)]


def _side(question: Question, way: tuple[int, ...]) -> Side:
    given = dict(zip(question.codes, way, strict=True))
    answered = sum(many for code, many in given.items() if code)
    for_it, against = (
        tuple(sum(many for code, many in given.items() if code in these) for these in sums)
        for sums in (question.in_favour, question.against)
    )
    return Side(way, sum(way) - given.get(SILENT, 0), answered, for_it, against)


def _ways(kinds: int, people: int) -> Iterator[tuple[int, ...]]:
    """List how many of these people can give each of so many answers."""
    if kinds == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in _ways(kinds - 1, people - first))


def _codes(question: Question, part: tuple[int, ...]) -> list[int]:
    return [code for code, many in zip(question.codes, part, strict=True) if code is not SILENT for _ in range(many)]


def _turnout(poll: Poll, lived: int, professionals: int) -> str:
    """Answer the word about so many envelopes: a skip is one, too."""
    rolls = poll.lived_on_roll, poll.professionals_on_roll
    return rules.turnout_word(lived, professionals, *rolls, poll.rule, poll.quorum)


def _form_of(published: rules.Published) -> set[tuple[Shown, Shown]]:
    """Answer in what form each side is spoken of."""
    several = [(line.lived, line.professionals) for line in published.lines]
    said = several or [(published.lived, published.professionals)]
    return {(_kind_of(lived), _kind_of(professionals)) for lived, professionals in said}


def _kind_of(said: str) -> Shown:
    if not said:
        return Shown.NOTHING
    return Shown.COUNTS if any(letter.isdigit() for letter in said) else Shown.WORD


# --- The planted faults.


@contextmanager
def small_sides_shown() -> Iterator[None]:
    """Look at sides of any size, and show their counts."""
    with mock.patch.object(sizes, "SMALLEST_SIDE", 1), mock.patch.object(sizes, "SMALLEST_COUNTED_SIDE", 1):
        yield


@contextmanager
def a_sum_beside_one_side() -> Iterator[None]:
    """Hide the small side alone: its answers are what is left when the large one is taken from the sum."""
    publish = rules.publish

    def beside(poll: Poll, parts: Sequence[Sequence[int]]) -> rules.Published:
        published = publish(poll, [[code for part in parts for code in part]])
        lived, professionals = ([code for code in part if code] for part in parts)
        if published.outcome == Outcome.NO_RESULT:
            return published
        for_it, there = (
            sum(code >= Choice.LIVE_WITH for code in part) for part in (lived + professionals, professionals)
        )
        return replace(published, reason=f"{for_it} for it", professionals=f"{there} of {len(professionals)} for it")

    def both(poll: Poll) -> tuple[int, ...]:
        return poll.lived_on_roll, poll.professionals_on_roll

    def whole(poll: Poll) -> tuple[int, ...]:
        return (poll.lived_on_roll + poll.professionals_on_roll,)

    with ExitStack() as stack:
        for module, name, fault in ((rules, "rolls", both), (rules, "publish", beside), (sizes, "rolls", whole)):
            stack.enter_context(mock.patch.object(module, name, fault))
        yield
