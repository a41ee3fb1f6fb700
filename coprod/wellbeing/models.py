"""Looking after people: a call back, a private word before or after, the call on the next day."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.cycles.models import Session
from coprod.people.models import Person


class CallState(StrEnum):
    """Where a call has got to; late is worked out, never stored."""

    DUE = "due"
    RUNG = "rung"
    NOT_WANTED = "not wanted"


class CallBack(Base):
    """Somebody would like one person to ring: seen by those two alone."""

    __tablename__ = "call_back"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    asked_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    due: Mapped[date]
    state: Mapped[CallState] = mapped_column(default=CallState.DUE)
    done_on: Mapped[date | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    asked: Mapped[Person] = relationship(foreign_keys=[asked_id])


class Feeling(StrEnum):
    """A short answer to “how are you?”."""

    GOOD = "good"
    ALL_RIGHT = "all right"
    NOT_GREAT = "not great"
    NEED_TO_TALK = "I would like to talk"


class Moment(StrEnum):
    """When the short answer is given."""

    BEFORE = "before"
    AFTER = "after"


class CheckIn(Base):
    """A short private answer before or after a session, read by the person chosen and by nobody else."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id", "moment"),
        CheckConstraint("length(words) <= 300", "words_are_few"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    moment: Mapped[Moment]
    feeling: Mapped[Feeling]
    words: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    to: Mapped[Person] = relationship(foreign_keys=[to_id])


class CheckInCall(Base):
    """The call on the day after a session, offered at check-out and ticked by a person."""

    __tablename__ = "check_in_call"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    due: Mapped[date]
    state: Mapped[CallState] = mapped_column(default=CallState.DUE)
    done_on: Mapped[date | None]
    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship()
