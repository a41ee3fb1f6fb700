"""Concerns about somebody's safety: as little as is needed to ring, seen by the leads alone (P7)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person
from coprod.programmes.models import Programme


class ConcernState(StrEnum):
    """Where a concern has got to."""

    RAISED = "raised"
    RECEIVED = "received"
    PASSED_ON = "passed on"
    CLOSED = "closed"


class Urgency(StrEnum):
    """How soon somebody must act."""

    NOW = "now"
    TODAY = "today"
    SOON = "this week"


class Told(StrEnum):
    """Whether the person it is about has been told."""

    YES = "yes"
    NOT_YET = "not yet"
    UNSAFE = "it would not be safe"


class Concern(Base):
    """Somebody may be in danger: who to ring, how soon, and no more of the story than 300 letters."""

    __tablename__ = "concern"
    __table_args__ = (CheckConstraint("length(words) <= 300", "words_are_few"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    raised_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ConcernState] = mapped_column(default=ConcernState.RAISED)
    about: Mapped[str]
    """Who is worried about, by the name the facilitator knows."""
    number: Mapped[str]
    urgency: Mapped[Urgency]
    told: Mapped[Told]
    words: Mapped[str] = mapped_column(default="")
    raised_at: Mapped[datetime]
    received_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime | None]
    passed_to: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    programme: Mapped[Programme] = relationship()
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    received_by: Mapped[Person | None] = relationship(foreign_keys=[received_by_id])
