"""What becomes of a worry: talked about, then answered or carried forward."""

from collections.abc import Sequence

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.voting.models import Kind, Outcome, Poll, PollState, Worry, WorryState
from coprod.voting.rules.publishing import ends_as
from coprod.workstreams import rules as workstreams


def _facilitator(person: Person, worry: Worry) -> Answer:
    return workstreams.is_facilitator(person, worry.poll.workstream)


def _facilitator_with_answer(person: Person, worry: Worry) -> Answer:
    return _facilitator(person, worry) & (YES if worry.answer else no("Write down what the group answered."))


WORRIES = Lifecycle[Worry](
    [
        Move(
            "talked about",
            frozenset({WorryState.RAISED}),
            WorryState.TALKED_ABOUT,
            may=_facilitator,
            button="We talked about it",
        ),
        Move(
            "answered",
            frozenset({WorryState.TALKED_ABOUT}),
            WorryState.ANSWERED,
            may=_facilitator_with_answer,
            button="Answered",
        ),
        Move(
            "carried forward",
            frozenset({WorryState.TALKED_ABOUT}),
            WorryState.CARRIED_FORWARD,
            may=_facilitator,
            button="Carry it forward",
        ),
    ]
)


def is_settled(worry: Worry) -> bool:
    """Answer whether a worry was answered or carried forward."""
    return worry.state in (WorryState.ANSWERED, WorryState.CARRIED_FORWARD)


def next_worry(worries: Sequence[Worry]) -> Worry | None:
    """Answer the worry whose turn it is: they are talked about one by one, in an order that means nothing."""
    return next((worry for worry in worries if not is_settled(worry)), None)


def worries_are_settled(worries: Sequence[Worry]) -> Answer:
    """Answer whether every worry was answered or carried forward, as a second round needs."""
    waiting = no("First talk about every worry: answer it, or carry it forward.")
    return waiting if next_worry(worries) else YES


# --- Asking again.

ASKED_AGAIN = (Outcome.NEEDS_TALK, Outcome.NOT_AGREED, Outcome.NO_RESULT)


def asks_the_same(poll: Poll, other: Poll) -> bool:
    """Answer whether two votes put the same words to a group: the later one is a second round."""
    return _words_of(poll) == _words_of(other)


def _words_of(poll: Poll) -> list[str]:
    return [_plain(poll.question), *sorted(_plain(option.words) for option in poll.options)]


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def may_be_asked_again(poll: Poll) -> Answer:
    """Answer whether a second round can follow: it ended without a yes or was given up, and no worry waits."""
    given_up = poll.state == PollState.VOID
    ended = poll.result is not None and ends_as(poll.result) in ASKED_AGAIN
    if poll.kind == Kind.STATEMENTS or not (given_up or ended):
        return no("There is nothing to ask again.")
    return worries_are_settled(poll.worries)
