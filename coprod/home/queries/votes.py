"""Votes on a facilitator's first page: those that run, and what a counted one, or its paper, still waits for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from coprod.agreements.queries import run_by
from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, Round, Suggestion, SuggestionState
from coprod.voting import queries as voting
from coprod.voting.models import Outcome, Poll, PollState, Result, ResultLine, Standing, Worry, WorryState
from coprod.workstreams.models import Workstream

UNSETTLED = (WorryState.RAISED, WorryState.TALKED_ABOUT)


@dataclass(frozen=True)
class OpenVote:
    """A vote that runs or waits for the room, as the person running it may see it: one word before the close (B6)."""

    poll: Poll
    title: str
    turnout: str

    @property
    def waits_for_the_room(self) -> bool:
        """Answer whether it is counted, and the people with lived experience are still to be asked together."""
        return self.poll.result is not None


def open_votes(person: Person) -> list[OpenVote]:
    """List the votes of the groups this person runs that are open on a screen, or wait for the room."""
    asks = and_(Poll.state == PollState.COUNTED, Result.outcome == Outcome.ASK_THE_ROOM)
    runs = and_(Poll.state == PollState.OPEN, Poll.on_paper.is_(False))
    found = (
        select(Poll, Recommendation.title)
        .outerjoin(Poll.result)
        .outerjoin(Round, Round.poll_id == Poll.id)
        .outerjoin(Round.recommendation)
        .where(Poll.workstream_id.in_(run_by(person)), or_(runs, asks))
        .options(joinedload(Poll.result))
        .order_by(Poll.closes_at, Poll.id)
    )
    rows = db.session.execute(found).all()
    words = voting.turnout_words([poll for poll, _ in rows])
    return [OpenVote(poll, title or poll.question, words[poll.id]) for poll, title in rows]


def to_see_to(person: Person) -> Iterator[tuple[str, str, str, UUID]]:
    """Tell what votes and recommendations wait for: the words, where, the page's name and its key."""
    for words, waits in WAITS.items():
        for poll in _votes(person, waits):
            yield words, f"{poll.workstream.name}. {poll.question}", "voting.show", poll.id
    for asked in _with_suggestions(person):
        words = "Somebody suggested other words"
        yield words, f"{asked.workstream.name}. {asked.title}", "recommendations.suggestions", asked.id


WAITS: dict[str, ColumnElement[bool]] = {
    "A box of slips to close": and_(Poll.state == PollState.OPEN, Poll.on_paper.is_(True)),
    "A box of slips to count": and_(Poll.state == PollState.CLOSED, Poll.on_paper.is_(True)),
    "Worries to talk about": exists().where(Worry.poll_id == Poll.id, Worry.state.in_(UNSETTLED)),
    "A tie for the group to settle": exists().where(
        ResultLine.poll_id == Poll.id, ResultLine.standing == Standing.TIED, ResultLine.is_settled.is_(False)
    ),
}


def _votes(person: Person, waits: ColumnElement[bool]) -> Sequence[Poll]:
    found = select(Poll).join(Poll.workstream).where(Poll.workstream_id.in_(run_by(person)), waits)
    loaded = found.options(contains_eager(Poll.workstream))
    return db.session.scalars(loaded.order_by(Workstream.name, Poll.closes_at, Poll.id)).all()


def _with_suggestions(person: Person) -> Sequence[Recommendation]:
    offered = exists().where(
        Suggestion.recommendation_id == Recommendation.id, Suggestion.state == SuggestionState.OFFERED
    )
    found = select(Recommendation).where(Recommendation.workstream_id.in_(run_by(person)), offered)
    loaded = found.options(joinedload(Recommendation.workstream))
    return db.session.scalars(loaded.order_by(Recommendation.number, Recommendation.id)).all()
