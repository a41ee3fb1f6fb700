"""Finding what a vote was put for."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coprod.core.db import db
from coprod.recommendations.models import Round
from coprod.voting.models import Poll


def round_of(poll: Poll) -> Round | None:
    """Answer the round this vote is, with its recommendation; none where it was put for something else."""
    found = select(Round).where(Round.poll_id == poll.id)
    return db.session.scalars(found.options(joinedload(Round.recommendation))).one_or_none()
