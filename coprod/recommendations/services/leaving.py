"""What becomes of what somebody wrote beside a recommendation when she leaves its table."""

from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from coprod.core.db import db
from coprod.recommendations.models import (
    Comment,
    Declaration,
    OpenQuestion,
    Recommendation,
    Suggestion,
    SuggestionState,
)
from coprod.workstreams.models import Membership, Words
from coprod.workstreams.services import when_left


@when_left
def _when_left(place: Membership, _: bool) -> None:
    """What she wrote loses her name; unless she lets the group keep it, it goes, but what the group made its own."""
    if place.words != Words.KEEP:
        _take_out(place)
    for model in (Comment, Suggestion, OpenQuestion):
        db.session.execute(update(model).where(*_hers(model, place)).values(person_id=None))


def _hers(model: Any, place: Membership) -> tuple[ColumnElement[bool], ...]:
    here = select(Recommendation.id).where(Recommendation.workstream_id == place.workstream_id)
    return model.person_id == place.person_id, model.recommendation_id.in_(here)


def _take_out(place: Membership) -> None:
    wrote = _hers(Suggestion, place)
    for model in (Comment, Declaration):
        db.session.execute(delete(model).where(*_hers(model, place)))
    db.session.execute(delete(Suggestion).where(*wrote, Suggestion.state != SuggestionState.TAKEN))
    db.session.execute(update(Suggestion).where(*wrote).values(why=""))
