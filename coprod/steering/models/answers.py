"""What the people who asked answer to a decision: content, a question, or a contest."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.steering.models.deciding import Decision


class ContestState(StrEnum):
    """Where a contest has got to: one person raises it, a second person of the group sends it."""

    RAISED = "raised"
    SENT = "sent"
    TAKEN_BACK = "taken back"


class Contest(Base):
    """The group's answer that a decision should be looked at again: once for each recommendation, by two people."""

    __tablename__ = "contest"
    __table_args__ = (
        CheckConstraint("length(words) > 0", "says_why"),
        CheckConstraint("sent_by_id <> raised_by_id", "two_people_send_it"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    state: Mapped[ContestState] = mapped_column(default=ContestState.RAISED)
    words: Mapped[str]
    speaker: Mapped[str] = mapped_column(default="")
    """Who speaks for the group at the meeting: an alias, a role, or nobody."""
    on: Mapped[date]
    sent_on: Mapped[date | None]
    raised_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    decision: Mapped[Decision] = relationship(back_populates="contests")


class GroupAccepts(Base):
    """The group's answer that it is content with a decision and its reply."""

    __tablename__ = "group_accepts"

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), unique=True)
    on: Mapped[date]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    decision: Mapped[Decision] = relationship()


class GroupQuestion(Base):
    """What somebody of the group asks about a decision, and what the steering group answers."""

    __tablename__ = "group_question"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("length(words) > 0", "words_are_given"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    words: Mapped[str]
    on: Mapped[date]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    decision: Mapped[Decision] = relationship(back_populates="questions")
