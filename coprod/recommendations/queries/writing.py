"""Reading what was suggested and said about a recommendation: for those at its table alone."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Comment, Suggestion
from coprod.recommendations.queries.finding import one_seen_at_its_table


def one_suggestion_seen_by(person: Person, key: UUID) -> Suggestion:
    """Find a suggested change at one of this person's tables, with all that stands beside it."""
    of = db.session.scalars(select(Suggestion.recommendation_id).where(Suggestion.id == key)).one()
    recommendation = one_seen_at_its_table(person, of)
    found = next(one for one in recommendation.suggestions if one.id == key)
    # Held on to, or it is forgotten with all that was loaded beside it.
    set_committed_value(found, "recommendation", recommendation)
    return found


def one_comment_seen_by(person: Person, key: UUID) -> Comment:
    """Find what somebody said about a recommendation of one of this person's tables."""
    of = db.session.scalars(select(Comment.recommendation_id).where(Comment.id == key)).one()
    return next(one for one in one_seen_at_its_table(person, of).comments if one.id == key)
