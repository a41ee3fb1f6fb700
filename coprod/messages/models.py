"""What is to be sent to whom, how each person may be reached, and the words an installation has made its own."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class MessageState(StrEnum):
    """Where a message has got to."""

    WAITING = "waiting"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    GIVEN_UP = "given up"


class Way(StrEnum):
    """How somebody wants to be reached."""

    TEXT = "text"
    EMAIL = "e-mail"
    CALL = "call"
    POST = "post"
    SUPPORTER = "through the person who helps me"


class PartOfDay(StrEnum):
    """Parts of the day by the clock: morning before 12, afternoon before 17, then evening."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Message(Base):
    """One message to one person: what for, about what, and when. Its words are made only as it is sent (O1-O3)."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("purpose", "person_id", "thing_id", "due"),
        CheckConstraint("tries >= 0 AND unsure >= 0 AND unsure <= tries", "tries_count"),
    )

    purpose: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    thing_id: Mapped[UUID]
    due: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[MessageState] = mapped_column(default=MessageState.WAITING, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    unsure: Mapped[int] = mapped_column(default=0)
    """How often it was handed over without an answer: it may have arrived then, so there is one more try at most."""
    held_until: Mapped[datetime | None]
    """While one sender has it, or after a failure, nobody else takes it before this moment."""
    sent_on: Mapped[date | None]
    person: Mapped[Person] = relationship()


class Reach(Base):
    """How one person may be reached safely; what is not said is not assumed."""

    __tablename__ = "reach"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    way: Mapped[Way | None]
    phone_is_safe: Mapped[bool | None]
    phone_is_shared: Mapped[bool | None]
    hours: Mapped[list[str]] = mapped_column(default=list)
    """Parts of the day in which a text may come; none said means 9 in the morning to 8 in the evening."""
    person: Mapped[Person] = relationship()


class Wording(Base):
    """Words of a message that this installation has made its own."""

    __tablename__ = "wording"

    purpose: Mapped[str] = mapped_column(unique=True)
    words: Mapped[str]
    changed_on: Mapped[date]
