"""A show of hands: the group's answer, in words, and no number of anybody's."""

from coprod.people.models import Side
from coprod.voting.models import Outcome, Poll
from coprod.workstreams import rules as workstreams

REASONS_BY_HAND = {
    Outcome.AGREED: "The group talked it round, and agreed.",
    Outcome.NEEDS_TALK: "The group talked it round, and wants to talk more.",
    Outcome.NOT_AGREED: "The group talked it round, and did not agree.",
    Outcome.NO_RESULT: "Nobody with lived experience was there.",
}


def by_hand(poll: Poll) -> tuple[Outcome, ...]:
    """List what a show of hands can end in; without anybody with lived experience it has no result."""
    there = any(place.side == Side.LIVED for place in workstreams.voters(poll.workstream))
    return tuple(REASONS_BY_HAND) if there else (Outcome.NO_RESULT,)


def reason_by_hand(outcome: Outcome) -> str:
    """Answer the plain reason beside what a show of hands ended in."""
    return REASONS_BY_HAND[outcome]
