"""Reading what was suggested and said about a recommendation: for those at its table alone."""

from uuid import UUID

from sqlalchemy import select

from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Comment, Suggestion
from coprod.recommendations.queries.finding import one_seen_at_its_table


def one_suggestion_seen_by(person: Person, key: UUID) -> Suggestion:
    """Find a suggested change at one of this person's tables, with all that stands beside it."""
    found = db.session.scalars(select(Suggestion).where(Suggestion.id == key)).one()
    one_seen_at_its_table(person, found.recommendation_id)
    return found


def one_comment_seen_by(person: Person, key: UUID) -> Comment:
    """Find what somebody said about a recommendation of one of this person's tables."""
    found = db.session.scalars(select(Comment).where(Comment.id == key)).one()
    one_seen_at_its_table(person, found.recommendation_id)
    return found
