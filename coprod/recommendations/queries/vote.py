"""Reading the votes on a recommendation."""

from uuid import UUID

from sqlalchemy import select

from coprod.core.db import db
from coprod.recommendations.models import Recommendation, Round
from coprod.voting.models import Worry


def one_worry_of(recommendation: Recommendation, key: UUID) -> Worry:
    """Find one worry of this recommendation's votes."""
    return db.session.scalars(
        select(Worry)
        .join(Round, Round.poll_id == Worry.poll_id)
        .where(Round.recommendation_id == recommendation.id, Worry.id == key)
    ).one()
