"""Who did what, when: one append-only table for the whole platform, of ids and verbs, never of words (L3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from coprod.core.clock import now
from coprod.core.db import Base, db


class Entry(Base):
    """One thing that happened. It keeps ids, not foreign keys, so nothing it mentions is held back by it."""

    __tablename__ = "journal_entry"

    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[UUID | None]
    verb: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[UUID] = mapped_column(index=True)
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")


def record(by: Any, verb: str, subject: Base, *, before: str = "", after: str = "") -> None:
    """Write it down, in the same transaction as the deed; `by` is a person, or None for the command line."""
    db.session.add(
        Entry(
            at=now(),
            by_id=by.id if by else None,
            verb=verb,
            subject=subject.__tablename__,
            subject_id=subject.id,
            before=before,
            after=after,
        )
    )
