"""What becomes of a worry: talked about, then answered or carried forward."""

from collections.abc import Sequence

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.voting.models import Worry, WorryState
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


def worries_are_settled(worries: Sequence[Worry]) -> Answer:
    """Answer whether every worry was answered or carried forward, as a second round needs."""
    waiting = [w for w in worries if w.state not in (WorryState.ANSWERED, WorryState.CARRIED_FORWARD)]
    return no("First talk about every worry: answer it, or carry it forward.") if waiting else YES
