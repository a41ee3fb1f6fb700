"""Finding the notes of a session."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.cycles.models import Session
from coprod.notes.models import ItemNote, Notes


def _whole() -> Select[Notes]:
    return select(Notes).options(selectinload(Notes.parts).joinedload(ItemNote.item), joinedload(Notes.session))


def notes_of(session: Session, *, anew: bool = False) -> Notes | None:
    """Answer a session's notes with what is written under each item, if any were begun; for pages that may show them.

    `anew` reads past what this transaction remembers, for who holds the lock and is about to write.
    """
    wanted = _whole().where(Notes.session_id == session.id).execution_options(populate_existing=anew)
    return db.session.scalars(wanted).one_or_none()
