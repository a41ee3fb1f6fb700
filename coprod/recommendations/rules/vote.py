"""What a vote is on, and what becomes of a recommendation after it."""

from coprod.recommendations.models import Recommendation, State
from coprod.voting import rules as voting
from coprod.voting.models import Outcome, Poll, PollState

MOST_WORDS = 60
AFTER_THE_COUNT = {
    Outcome.AGREED: "agreed",
    Outcome.NEEDS_TALK: "sent back for more talk",
    Outcome.NOT_AGREED: "not agreed",
    Outcome.NO_RESULT: "ended without a result",
}
"""What becomes of the recommendation; a result that waits for the room moves nothing yet."""


def follows_from(poll: Poll) -> str:
    """Answer which move follows from this vote: none while nothing is counted, or the room is still to be asked."""
    return AFTER_THE_COUNT.get(voting.ends_as(poll.result), "") if poll.result else ""


def current(recommendation: Recommendation) -> Poll | None:
    """Answer the vote that is being held."""
    return recommendation.rounds[-1].poll if recommendation.state == State.VOTING and recommendation.rounds else None


def is_answered_online(recommendation: Recommendation) -> bool:
    """Answer whether people are answering it on their screens just now."""
    poll = current(recommendation)
    return poll is not None and poll.state == PollState.OPEN and not poll.on_paper


def waits_for_the_room(recommendation: Recommendation) -> bool:
    """Answer whether the count ended in asking the lived-experience members together."""
    poll = current(recommendation)
    return poll is not None and poll.result is not None and poll.result.outcome == Outcome.ASK_THE_ROOM
