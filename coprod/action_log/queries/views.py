"""Finding the views of the log that somebody keeps; nobody else finds them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from coprod.action_log.models import SavedView
from coprod.core.db import db
from coprod.people.models import Person


def views_of(person: Person) -> Sequence[SavedView]:
    """List what this person keeps, by name."""
    kept = select(SavedView).where(SavedView.person_id == person.id)
    return db.session.scalars(kept.order_by(func.lower(SavedView.name), SavedView.id)).all()


def own_view(person: Person, key: UUID) -> SavedView:
    """Find one, if it is this person's."""
    return db.session.scalars(select(SavedView).where(SavedView.id == key, SavedView.person_id == person.id)).one()


def view_named(person: Person, name: str) -> SavedView | None:
    """Find the one this person keeps under this name."""
    kept = select(SavedView).where(SavedView.person_id == person.id, SavedView.name == name)
    return db.session.scalars(kept).one_or_none()
