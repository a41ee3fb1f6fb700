"""Putting a recommendation to the vote, and letting it follow what was said."""

from datetime import datetime
from typing import Any

from coprod.core.answers import no, require
from coprod.core.db import lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import queries, rules
from coprod.recommendations.models import Recommendation, Round, State
from coprod.recommendations.services.moves import move
from coprod.voting import services as voting
from coprod.voting.following import Cause, puts_votes
from coprod.voting.models import Kind, Poll, Result


def open_vote(
    recommendation: Recommendation,
    closes_at: datetime,
    *,
    by: Person,
    kind: Kind = Kind.TEMPERATURE,
    on_paper: bool = False,
    **terms: Any,
) -> Poll:
    """Put what the group asks for to a secret vote; `terms` are its rule, its quorum and who is left out."""
    poll = _put(recommendation, kind, on_paper=on_paper, by=by)
    earlier = [held.poll.id for held in recommendation.rounds[:-1]]
    voting.open_vote(poll, closes_at, by=by, again=earlier, **terms)
    return poll


def talk_it_round(recommendation: Recommendation, *, by: Person) -> Poll:
    """Put it to a show of hands: the group talks, and its answer is written down as the group's."""
    return _put(recommendation, Kind.HANDS, on_paper=False, by=by)


def _put(recommendation: Recommendation, kind: Kind, *, on_paper: bool, by: Person) -> Poll:
    lock(recommendation)
    before, after = rules.LIFECYCLE.make(by, "put to the vote", recommendation)
    poll = voting.draft(recommendation.workstream, recommendation.said, by=by, kind=kind, on_paper=on_paper)
    recommendation.rounds.append(Round(poll=poll, number=len(recommendation.rounds) + 1))
    record(by, "put to the vote", recommendation, before=before, after=after)
    return poll


def give_up_vote(recommendation: Recommendation, *, by: Person) -> None:
    """Void the running vote before it is counted; the recommendation is a draft again."""
    voting.void(current_poll(recommendation), by=by)
    lock(recommendation)
    move(recommendation, "vote given up", by=by)


def count_vote(recommendation: Recommendation, *, by: Person) -> Result:
    """Close and count the running vote, once; the recommendation follows its result."""
    return voting.close_and_count(current_poll(recommendation), by=by)


def record_room_answer(recommendation: Recommendation, said: bool | None, *, by: Person) -> None:
    """Record, as one, what the lived-experience members answered when asked together in the room (domain rule 5)."""
    voting.record_room_answer(current_poll(recommendation), said, by=by)


@voting.when_counted
def follow(poll: Poll, _: Person | None) -> None:
    """Let what was voted on follow its result, whoever counted it: a person, two at a box, or the clock."""
    held = queries.round_of(poll)
    if held is None:
        return
    lock(held.recommendation)
    name = rules.follows_from(poll)
    if name and held.recommendation.state == State.VOTING:
        move(held.recommendation, name, by=None)


@puts_votes
def put_for(poll: Poll) -> Cause | None:
    """Say which recommendation a vote was put for, so that it goes on, and is given up, on its page."""
    held = queries.round_of(poll)
    return Cause(held.recommendation.title, "recommendations.show", held.recommendation_id) if held else None


def current_poll(recommendation: Recommendation) -> Poll:
    """Answer the vote that is running, or was last."""
    if not recommendation.rounds:
        require(no("It has not been put to a vote yet."))
    return recommendation.rounds[-1].poll
