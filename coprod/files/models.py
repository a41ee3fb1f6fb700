"""A file somebody brought, kept in the database, so that a backup and an erasure reach it like everything else."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class FileKind(StrEnum):
    """What a file is, told by its content and never by its name (O6)."""

    PDF = "PDF"
    PICTURE = "picture"
    DOCUMENT = "document"
    SHEET = "spreadsheet"
    TEXT = "text"


class FileState(StrEnum):
    """Whether a file may be handed out."""

    WAITING = "waiting for the virus scanner"
    CLEAN = "clean"
    REFUSED = "refused by the virus scanner"


class StoredFile(Base):
    """One file: its name for people, its content, and whether a scanner has let it through; found by its random key."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size >= 0", "size_counts"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    name: Mapped[str]
    kind: Mapped[FileKind]
    size: Mapped[int]
    """In bytes, as it is stored."""
    content: Mapped[bytes] = mapped_column(deferred=True)
    state: Mapped[FileState] = mapped_column(default=FileState.WAITING)
    on: Mapped[date]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    by: Mapped[Person | None] = relationship()
    workstream: Mapped[Workstream] = relationship()
