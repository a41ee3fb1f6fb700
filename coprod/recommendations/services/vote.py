"""Putting a recommendation to the vote, and letting it follow what was said."""

from datetime import datetime

from coprod.core.answers import no, require
from coprod.core.db import lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation, Round, State
from coprod.recommendations.services.moves import move
from coprod.voting import services as voting
from coprod.voting.models import Poll


def open_vote(recommendation: Recommendation, closes_at: datetime, *, by: Person) -> Poll:
    """Put what the group asks for to a secret vote of its table."""
    lock(recommendation)
    before, after = rules.LIFECYCLE.make(by, "put to the vote", recommendation)
    poll = voting.draft(recommendation.workstream, recommendation.said, by=by)
    voting.open_vote(poll, closes_at, by=by)
    recommendation.rounds.append(Round(poll=poll, number=len(recommendation.rounds) + 1))
    record(by, "put to the vote", recommendation, before=before, after=after)
    return poll


def give_up_vote(recommendation: Recommendation, *, by: Person) -> None:
    """Void the running vote before it is counted; the recommendation is a draft again."""
    voting.void(current_poll(recommendation), by=by)
    move(recommendation, "vote given up", by=by)


def count_vote(recommendation: Recommendation, *, by: Person) -> None:
    """Close and count the running vote, once, and let the recommendation follow its result."""
    lock(recommendation)
    result = voting.close_and_count(current_poll(recommendation), by=by)
    name = rules.AFTER_THE_COUNT.get(result.outcome)
    if name and recommendation.state == State.VOTING:
        move(recommendation, name, by=by)


def record_room_answer(recommendation: Recommendation, agreed: bool, *, by: Person) -> None:
    """Record, as one, what the lived-experience members answered when asked together in the room (domain rule 5)."""
    lock(recommendation)
    voting.record_room_answer(current_poll(recommendation), agreed, by=by)
    move(recommendation, "agreed" if agreed else "sent back for more talk", by=by)


def current_poll(recommendation: Recommendation) -> Poll:
    """Answer the vote that is running, or was last."""
    if not recommendation.rounds:
        require(no("It has not been put to a vote yet."))
    return recommendation.rounds[-1].poll
