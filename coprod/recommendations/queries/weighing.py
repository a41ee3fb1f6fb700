"""Finding one of the things that stand beside a recommendation."""

from uuid import UUID

from sqlalchemy import select

from coprod.core.db import db
from coprod.recommendations.models import EvidenceLink, OpenQuestion, Recommendation


def one_link_of(recommendation: Recommendation, key: UUID) -> EvidenceLink:
    """Find one piece of evidence of this recommendation."""
    found = select(EvidenceLink).where(EvidenceLink.recommendation_id == recommendation.id, EvidenceLink.id == key)
    return db.session.scalars(found).one()


def one_question_of(recommendation: Recommendation, key: UUID) -> OpenQuestion:
    """Find one question about this recommendation."""
    found = select(OpenQuestion).where(OpenQuestion.recommendation_id == recommendation.id, OpenQuestion.id == key)
    return db.session.scalars(found).one()
