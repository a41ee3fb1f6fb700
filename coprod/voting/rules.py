"""Who may vote, what a result will show, and how the sealed answers are counted (domain rule 5 and section 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from fractions import Fraction
from itertools import groupby

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.voting.models import Outcome, Poll, PollState, Shown, Worry, WorryState
from coprod.workstreams import rules as workstreams

SMALLEST_ROLL = 5
SMALLEST_SIDE = 5
SMALLEST_COUNTED_SIDE = 10
HALF, SEVEN_TENTHS = Fraction(1, 2), Fraction(7, 10)


class Choice(IntEnum):
    """The five answers of a temperature vote, and the skip."""

    LOVE = 5
    YES = 4
    LIVE_WITH = 3
    NOT_SURE = 2
    WORRIED = 1
    SKIP = 0


REASONS = {
    Outcome.AGREED: "Enough people answered, most were for it, and nobody was worried.",
    Outcome.NEEDS_TALK: "Somebody is worried, or not enough people are for it yet.",
    Outcome.NOT_AGREED: "Too few people were for it.",
    Outcome.NO_RESULT: "Too few people answered.",
    Outcome.ASK_THE_ROOM: "Enough people answered, most were for it, and nobody was worried. "
    "Now the parents and carers are asked in the room, together.",
}
NOBODY_WITH_LIVED_EXPERIENCE = "Nobody with lived experience was on the roll."
KEY_LOST = "The key to the envelopes is lost, so nobody can ever open them. The vote has to be run again."


def _facilitator(person: Person, poll: Poll) -> Answer:
    return workstreams.is_facilitator(person, poll.workstream)


def _facilitator_with_a_roll(person: Person, poll: Poll) -> Answer:
    return _facilitator(person, poll) & _roll_is_large_enough(poll)


def _roll_is_large_enough(poll: Poll) -> Answer:
    if len(workstreams.voters(poll.workstream)) < SMALLEST_ROLL:
        return no(f"A private vote needs {SMALLEST_ROLL} people or more. Talk it round, and record the group's answer.")
    return YES


LIFECYCLE = Lifecycle[Poll](
    [
        Move(
            "opened", frozenset({PollState.DRAFT}), PollState.OPEN, may=_facilitator_with_a_roll, button="Open the vote"
        ),
        Move("closed", frozenset({PollState.OPEN}), PollState.CLOSED, may=_facilitator, button="Close the vote"),
        Move("counted", frozenset({PollState.CLOSED}), PollState.COUNTED, may=_facilitator, button="Count the answers"),
        Move("asked in the room", frozenset({PollState.COUNTED}), PollState.ASKED, may=_facilitator),
        Move(
            "voided",
            frozenset({PollState.DRAFT, PollState.OPEN, PollState.CLOSED}),
            PollState.VOID,
            may=_facilitator,
            button="Void the vote",
        ),
    ]
)


def _worry_facilitator(person: Person, worry: Worry) -> Answer:
    return workstreams.is_facilitator(person, worry.poll.workstream)


def _worry_facilitator_with_answer(person: Person, worry: Worry) -> Answer:
    return _worry_facilitator(person, worry) & (YES if worry.answer else no("Write down what the group answered."))


WORRIES = Lifecycle[Worry](
    [
        Move(
            "talked about",
            frozenset({WorryState.RAISED}),
            WorryState.TALKED_ABOUT,
            may=_worry_facilitator,
            button="We talked about it",
        ),
        Move(
            "answered",
            frozenset({WorryState.TALKED_ABOUT}),
            WorryState.ANSWERED,
            may=_worry_facilitator_with_answer,
            button="Answered",
        ),
        Move(
            "carried forward",
            frozenset({WorryState.TALKED_ABOUT}),
            WorryState.CARRIED_FORWARD,
            may=_worry_facilitator,
            button="Carry it forward",
        ),
    ]
)


def worries_are_settled(worries: Sequence[Worry]) -> Answer:
    """Answer whether every worry was answered or carried forward, as a second round needs."""
    waiting = [w for w in worries if w.state not in (WorryState.ANSWERED, WorryState.CARRIED_FORWARD)]
    return no("First talk about every worry: answer it, or carry it forward.") if waiting else YES


def is_open(poll: Poll, now: datetime) -> Answer:
    """Answer whether the vote still takes answers."""
    if poll.state != PollState.OPEN or poll.closes_at is None or now >= poll.closes_at:
        return no("This vote has closed. Your answer was not changed.")
    return YES


def has_sides(lived: int, professionals: int) -> bool:
    """Answer whether the two sides are looked at apart: only when each has at least five on the roll."""
    return lived >= SMALLEST_SIDE and professionals >= SMALLEST_SIDE


def shown_form(lived: int, professionals: int) -> tuple[Shown, Shown]:
    """Answer what will be shown of the lived-experience and the professional side, from roll sizes alone (B12, B13)."""
    if not has_sides(lived, professionals):
        return Shown.NOTHING, Shown.NOTHING
    return _shown(lived), _shown(professionals)


def _shown(size: int) -> Shown:
    return Shown.COUNTS if size >= SMALLEST_COUNTED_SIDE else Shown.WORD


@dataclass(frozen=True)
class SideAnswers:
    """One side's opened answers, each 0 to 5, and how many people were on its roll."""

    choices: Sequence[int]
    roll: int

    @property
    def given(self) -> list[int]:
        """List the answers that count: a skip is no answer."""
        return [choice for choice in self.choices if choice != Choice.SKIP]

    @property
    def support(self) -> Fraction:
        """Answer S: the share of the answers that can at least live with it."""
        return Fraction(sum(choice >= Choice.LIVE_WITH for choice in self.given), len(self.given))

    @property
    def has_a_result(self) -> bool:
        """Answer whether anybody answered, and at least half the roll did."""
        return bool(self.given) and Fraction(len(self.given), self.roll) >= HALF

    @property
    def is_worried(self) -> bool:
        """Answer whether anybody is worried."""
        return Choice.WORRIED in self.given

    def __add__(self, other: "SideAnswers") -> "SideAnswers":
        """Put two sides together into the whole roll."""
        return SideAnswers([*self.choices, *other.choices], self.roll + other.roll)


def balance(lived: SideAnswers, professionals: SideAnswers) -> Fraction:
    """Answer B: the mean of both sides' support."""
    return (lived.support + professionals.support) / 2


def outcome(lived: SideAnswers, professionals: SideAnswers) -> Outcome:
    """Answer the result word, by the first rule that matches (domain section 6)."""
    if lived.roll == 0:
        return Outcome.NO_RESULT
    if has_sides(lived.roll, professionals.roll):
        return _outcome_by_sides(lived, professionals)
    return _outcome_of_the_whole(lived + professionals)


def _outcome_by_sides(lived: SideAnswers, professionals: SideAnswers) -> Outcome:
    if not (lived.has_a_result and professionals.has_a_result):
        return Outcome.NO_RESULT
    both = balance(lived, professionals)
    if lived.support < HALF or both < HALF:
        return Outcome.NOT_AGREED
    worried = lived.is_worried or professionals.is_worried
    if worried or lived.support < SEVEN_TENTHS or professionals.support < HALF or both < SEVEN_TENTHS:
        return Outcome.NEEDS_TALK
    return Outcome.AGREED


def _outcome_of_the_whole(everybody: SideAnswers) -> Outcome:
    if not everybody.has_a_result:
        return Outcome.NO_RESULT
    if everybody.support < HALF:
        return Outcome.NOT_AGREED
    if everybody.is_worried or everybody.support < SEVEN_TENTHS:
        return Outcome.NEEDS_TALK
    return Outcome.ASK_THE_ROOM


def said_of_side(side: SideAnswers, shown: Shown) -> str:
    """Answer what may be said of one side, in the form fixed at opening."""
    if shown == Shown.NOTHING:
        return ""
    in_favour = sum(choice >= Choice.LIVE_WITH for choice in side.given)
    against = len(side.given) - in_favour
    if shown == Shown.COUNTS:
        return f"{in_favour} for, {against} against"
    if in_favour * 2 > len(side.given):
        return "Most for"
    return "Most against" if against * 2 > len(side.given) else "No majority"


def reason(result: Outcome, lived_on_roll: int) -> str:
    """Answer the plain reason beside the result word; it names no side and no threshold."""
    return REASONS[result] if lived_on_roll else NOBODY_WITH_LIVED_EXPERIENCE


def turnout_word(lived_in: int, professionals_in: int, lived_roll: int, professionals_roll: int) -> str:
    """Answer the one word anybody may see before the close (B6)."""
    if has_sides(lived_roll, professionals_roll):
        enough = lived_in * 2 >= lived_roll and professionals_in * 2 >= professionals_roll
    else:
        enough = (lived_in + professionals_in) * 2 >= lived_roll + professionals_roll
    return "Enough for a result" if enough else "Not yet enough for a result"


# --- Choosing up to n of several things.


@dataclass(frozen=True)
class Picked:
    """One thing to choose: how many on each side picked it, and the score that follows from the shares."""

    name: str
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


def choose(picks: Mapping[str, tuple[int, int]], lived_voters: int, professional_voters: int) -> list[list[Picked]]:
    """Put things in order by the shares rule (domain section 6); those in one inner list are tied.

    `picks` says, by name, how many lived-experience members and how many professionals picked it. Somebody who picked
    nothing is not a voter, so the two numbers of voters count only people who picked.
    """
    scored = [
        Picked(name, Fraction(lived, lived_voters or 1), Fraction(professionals, professional_voters or 1))
        for name, (lived, professionals) in picks.items()
    ]
    ordered = sorted(scored, key=lambda one: (*(-part for part in one.rank), one.name))
    return [list(tied) for _, tied in groupby(ordered, key=lambda one: one.rank)]
