"""Finding one of the things that stand beside a recommendation."""

from uuid import UUID

from sqlalchemy import Select, exists, select

from coprod.core.db import db
from coprod.evidence import queries as library
from coprod.evidence.models import Evidence
from coprod.people.models import Person
from coprod.recommendations.models import EvidenceLink, OpenQuestion, Recommendation
from coprod.recommendations.queries.finding import sent_to


def one_link_of(recommendation: Recommendation, key: UUID) -> EvidenceLink:
    """Find one piece of evidence of this recommendation."""
    found = select(EvidenceLink).where(EvidenceLink.recommendation_id == recommendation.id, EvidenceLink.id == key)
    return db.session.scalars(found).one()


def one_question_of(recommendation: Recommendation, key: UUID) -> OpenQuestion:
    """Find one question about this recommendation."""
    found = select(OpenQuestion).where(OpenQuestion.recommendation_id == recommendation.id, OpenQuestion.id == key)
    return db.session.scalars(found).one()


@library.lends
def _evidence_sent_to(person: Person) -> Select[UUID]:
    """The steering group reads the evidence of what was sent to it; a testimony only where it was given to it."""
    return select(EvidenceLink.evidence_id).where(EvidenceLink.recommendation_id.in_(sent_to(person)))


@library.leans
def _is_evidence_of_something(evidence: Evidence) -> bool:
    return bool(db.session.scalar(select(exists().where(EvidenceLink.evidence_id == evidence.id))))
