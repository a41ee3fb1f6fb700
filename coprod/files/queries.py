"""Finding files: files know nobody's rights, so what a file belongs to says who may read it (P1)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import undefer

from coprod.core.db import db
from coprod.files.models import FileState, StoredFile
from coprod.people.models import Person

Readable = Callable[[Person, date], Select[Any]]
_READABLE: list[Readable] = []


def belongs_to(readable: Readable) -> Readable:
    """Let a later feature say which of its files this person may read today, by their keys."""
    _READABLE.append(readable)
    return readable


def one_seen_by(person: Person, key: UUID, today: date) -> StoredFile:
    """Find one file with its content, if this person may read what it belongs to at this moment (O5)."""
    may = or_(*(StoredFile.id.in_(readable(person, today)) for readable in _READABLE))
    return db.session.scalars(
        select(StoredFile).where(StoredFile.id == key, may).options(undefer(StoredFile.content))
    ).one()


def waiting() -> Sequence[UUID]:
    """List the files that wait for the virus scanner, by their keys."""
    wanted = select(StoredFile.id).where(StoredFile.state == FileState.WAITING)
    return db.session.scalars(wanted.order_by(StoredFile.on, StoredFile.id)).all()


def one_waiting(key: UUID) -> StoredFile | None:
    """Find one file with its content, if it still waits for the scanner."""
    wanted = select(StoredFile).where(StoredFile.id == key, StoredFile.state == FileState.WAITING)
    return db.session.scalars(wanted.options(undefer(StoredFile.content))).one_or_none()
