"""Finding what a vote was put for."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coprod.core.db import db
from coprod.recommendations.models import Recommendation, Round
from coprod.voting import queries as voting
from coprod.voting.models import Poll
from coprod.voting.rules import Before


def round_of(poll: Poll) -> Round | None:
    """Answer the round this vote is, with its recommendation; none where it was put for something else."""
    found = select(Round).where(Round.poll_id == poll.id)
    return db.session.scalars(found.options(joinedload(Round.recommendation))).one_or_none()


def rolls_before(recommendation: Recommendation) -> list[Before]:
    """List who could answer in its earlier rounds, or when its group was asked the same apart from it."""
    asked = Poll(question=recommendation.said, options=[])
    return voting.rolls_before(asked, recommendation.workstream, [held.poll_id for held in recommendation.rounds])
