"""Notes of a session, item by item: every version is kept, and members correct them before they are agreed."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.cycles.models import AgendaItem, Session
from coprod.people.models import Person


class NotesState(StrEnum):
    """Where a session's notes have got to."""

    DRAFT = "draft"
    WITH_MEMBERS = "with members"
    AGREED = "agreed"


class Notes(Base):
    """The notes of one session, one part for each item."""

    __tablename__ = "notes"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), unique=True)
    state: Mapped[NotesState] = mapped_column(default=NotesState.DRAFT)
    with_members_on: Mapped[date | None]
    agreed_on: Mapped[date | None]
    session: Mapped[Session] = relationship()
    parts: Mapped[list["ItemNote"]] = relationship(order_by="ItemNote.id", back_populates="notes")


class ItemNote(Base):
    """What was said and settled under one item; its version tells two writers that they wrote at once (F14)."""

    __tablename__ = "item_note"
    __table_args__ = (CheckConstraint("version >= 0", "version_count"),)

    notes_id: Mapped[UUID] = mapped_column(ForeignKey("notes.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    words: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    notes: Mapped[Notes] = relationship(back_populates="parts")
    item: Mapped[AgendaItem] = relationship()
    versions: Mapped[list["NoteVersion"]] = relationship(order_by="NoteVersion.number", back_populates="part")


class NoteVersion(Base):
    """What one item's note said once, and who wrote it so; append-only."""

    __tablename__ = "note_version"
    __table_args__ = (UniqueConstraint("part_id", "number"),)

    part_id: Mapped[UUID] = mapped_column(ForeignKey("item_note.id"))
    number: Mapped[int]
    words: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    on: Mapped[date]
    part: Mapped[ItemNote] = relationship(back_populates="versions")


class CorrectionState(StrEnum):
    """Where a correction has got to."""

    ASKED = "asked"
    TAKEN = "taken"
    NOT_TAKEN = "not taken"


class NoteCorrection(Base):
    """What a member says should read otherwise, and what came of it."""

    __tablename__ = "note_correction"
    __table_args__ = (CheckConstraint("length(words) > 0", "words_are_given"),)

    part_id: Mapped[UUID] = mapped_column(ForeignKey("item_note.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    state: Mapped[CorrectionState] = mapped_column(default=CorrectionState.ASKED)
    answer: Mapped[str] = mapped_column(default="")
    part: Mapped[ItemNote] = relationship()
    person: Mapped[Person] = relationship()
