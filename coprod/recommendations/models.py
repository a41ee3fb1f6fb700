"""What a group asks its steering group for, and how far it has got."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.principles.models import Priority
from coprod.voting.models import Poll
from coprod.workstreams.models import Workstream

recommendation_priority = Table(
    "recommendation_priority",
    Root.metadata,
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True),
    Column("priority_id", ForeignKey("priority.id"), primary_key=True, index=True),
)


class State(StrEnum):
    """Where a recommendation has got to."""

    IDEA = "idea"
    OPTION = "option"
    DRAFTED = "drafted"
    VOTING = "voting"
    AGREED = "agreed"
    NEEDS_TALK = "needs more talk"
    NOT_AGREED = "not agreed"
    NO_RESULT = "no result"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_CHANGES = "accepted with changes"
    REFERRED_BACK = "referred back"
    DEFERRED = "deferred"
    DECLINED = "declined"
    REPLIED = "replied"
    CONTESTED = "contested"
    IN_PILOT = "in pilot"
    ADOPTED = "adopted"
    ADAPTED = "adapted"
    ABANDONED = "abandoned"
    EMBEDDED = "embedded"
    CLOSED = "closed"


class Stage(StrEnum):
    """Which stage of the national guidelines it speaks to."""

    PRE_BIRTH = "pre-birth"
    WARD = "maternity ward and first hearing"
    GOING_HOME = "going home without the baby"


class Recommendation(Base):
    """Something the group asks for, with the nine things of domain rule 21."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("steering_id", "number"),
        CheckConstraint("length(title) > 0", "title_is_given"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    steering_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.IDEA)
    title: Mapped[str]
    said: Mapped[str] = mapped_column(default="")
    """What the group asks for, in words a member would say: at most 60; this is what is voted on."""
    problem: Mapped[str] = mapped_column(default="")
    data: Mapped[str] = mapped_column(default="")
    practice_elsewhere: Mapped[str] = mapped_column(default="")
    stories: Mapped[str] = mapped_column(default="")
    options: Mapped[str] = mapped_column(default="")
    outcomes: Mapped[str] = mapped_column(default="")
    stage: Mapped[Stage | None]
    owner_wanted: Mapped[str] = mapped_column(default="")
    cost: Mapped[str] = mapped_column(default="")
    presenter: Mapped[str] = mapped_column(default="")
    submitted_on: Mapped[date | None]
    submitted_as: Mapped[str] = mapped_column(default="")
    """The result word it was sent with, where that was not "agreed"."""
    why_sent: Mapped[str] = mapped_column(default="")
    contested_on: Mapped[date | None]
    """A decision may be contested once."""
    version: Mapped[int] = mapped_column(default=1)

    workstream: Mapped[Workstream] = relationship(foreign_keys=[workstream_id])
    steering: Mapped[Workstream] = relationship(foreign_keys=[steering_id])
    priorities: Mapped[list[Priority]] = relationship(secondary=recommendation_priority, order_by=Priority.number)
    versions: Mapped[list["Version"]] = relationship(order_by="Version.number", back_populates="recommendation")
    rounds: Mapped[list["Round"]] = relationship(order_by="Round.number", back_populates="recommendation")


class Version(Base):
    """What a recommendation said on one day; append-only."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("recommendation_id", "number"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    number: Mapped[int]
    on: Mapped[date]
    words: Mapped[dict[str, str]]
    """The text of every field, by the field's name."""
    recommendation: Mapped[Recommendation] = relationship(back_populates="versions")


class Round(Base):
    """One vote on a recommendation."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("recommendation_id", "number"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), unique=True)
    number: Mapped[int]
    recommendation: Mapped[Recommendation] = relationship(back_populates="rounds")
    poll: Mapped[Poll] = relationship()
