"""What a vote is on, and what becomes of a recommendation after it."""

from coprod.recommendations.models import Recommendation, State
from coprod.voting.models import Outcome

MOST_WORDS = 60
AFTER_THE_COUNT = {
    Outcome.AGREED: "agreed",
    Outcome.NEEDS_TALK: "sent back for more talk",
    Outcome.NOT_AGREED: "not agreed",
    Outcome.NO_RESULT: "ended without a result",
}
"""What becomes of the recommendation; a result that waits for the room moves nothing yet."""


def waits_for_the_room(recommendation: Recommendation) -> bool:
    """Answer whether the count ended in asking the lived-experience members together."""
    if recommendation.state != State.VOTING or not recommendation.rounds:
        return False
    result = recommendation.rounds[-1].poll.result
    return result is not None and result.outcome == Outcome.ASK_THE_ROOM
