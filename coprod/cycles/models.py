"""Ten-week cycles, their sessions, and each session's timed agenda."""

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.library.models import Part as Part
from coprod.library.models import Purpose as Purpose
from coprod.library.models import Stage
from coprod.people.models import Person, Side
from coprod.programmes.models import Phase
from coprod.workstreams.models import Workstream


class CycleState(StrEnum):
    """Where a cycle has got to."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    REPORTING = "reporting"
    CLOSED = "closed"


class SessionState(StrEnum):
    """Where a session has got to."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"


class ItemState(StrEnum):
    """Where an agenda item has got to."""

    PLANNED = "planned"
    DONE = "done"
    CARRIED_OVER = "carried over"
    DROPPED = "dropped"


class Cycle(Base):
    """One run of weekly sessions of a workstream."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("workstream_id", "number"),
        CheckConstraint("minutes > 0", "minutes_count"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int]
    state: Mapped[CycleState] = mapped_column(default=CycleState.DRAFT)
    starts_on: Mapped[date]
    starts_at: Mapped[time]
    minutes: Mapped[int] = mapped_column(default=115)
    place: Mapped[str] = mapped_column(default="")
    skips_school_holidays: Mapped[bool] = mapped_column(default=True)
    workstream: Mapped[Workstream] = relationship()
    sessions: Mapped[list["Session"]] = relationship(order_by="Session.number", back_populates="cycle")
    skipped: Mapped[list["SkippedWeek"]] = relationship(order_by="SkippedWeek.on", back_populates="cycle")
    steps: Mapped[list["PlanStep"]] = relationship(
        order_by="(PlanStep.stage, PlanStep.position)", back_populates="cycle"
    )


class SkippedWeek(Base):
    """A day on which a session would have stood, and the holiday it was skipped for."""

    __tablename__ = "skipped_week"
    __table_args__ = (UniqueConstraint("cycle_id", "on"),)

    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycle.id"))
    on: Mapped[date]
    why: Mapped[str]
    cycle: Mapped[Cycle] = relationship(back_populates="skipped")


class PlanStep(Base):
    """Something done before week 1 or after the last week: a walk in the park, the reply."""

    __tablename__ = "plan_step"
    __table_args__ = (
        UniqueConstraint("cycle_id", "stage", "position"),
        CheckConstraint("length(title) > 0", "title_is_given"),
    )

    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycle.id"))
    stage: Mapped[Stage]
    position: Mapped[int]
    title: Mapped[str]
    on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]
    cycle: Mapped[Cycle] = relationship(back_populates="steps")


class Session(Base):
    """One meeting of the group. The wall clock rules; the moment in UTC is kept beside it (R6)."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    state: Mapped[SessionState] = mapped_column(default=SessionState.DRAFT)
    on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[time]
    begins: Mapped[datetime]
    zone: Mapped[str] = mapped_column(default="Europe/London")
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    dial_in: Mapped[str] = mapped_column(default="", server_default="")
    """How to take part by phone, where that is possible: a number, and what to type."""
    phase_id: Mapped[UUID] = mapped_column(ForeignKey("phase.id"))
    cycle: Mapped[Cycle] = relationship(back_populates="sessions")
    phase: Mapped[Phase] = relationship()
    items: Mapped[list["AgendaItem"]] = relationship(order_by="AgendaItem.position", back_populates="session")


class AgendaItem(Base):
    """One timed part of a session."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("session_id", "position"),
        CheckConstraint("minutes > 0", "minutes_count"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    position: Mapped[int]
    state: Mapped[ItemState] = mapped_column(default=ItemState.PLANNED)
    part: Mapped[Part] = mapped_column(default=Part.WORK)
    title: Mapped[str]
    purpose: Mapped[Purpose | None]
    outcome_wanted: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    lead: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int]
    is_hard: Mapped[bool] = mapped_column(default=False)
    content_note: Mapped[str] = mapped_column(default="")
    papers: Mapped[str] = mapped_column(default="", server_default="")
    """What has to lie on the table for it."""
    carried_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    """The item of an earlier session that was not finished there."""
    raised_by: Mapped[Side | None]
    """Which side of the table brought this up, where it is known."""
    was_asked_for: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it came from what somebody at the table suggested: such words stay with their group."""
    session: Mapped[Session] = relationship(back_populates="items")


class SuggestionState(StrEnum):
    """Where a suggested item has got to."""

    SUGGESTED = "suggested"
    TAKEN = "taken"
    NOT_NOW = "not now"


class SuggestedItem(Base):
    """Something a member would like the group to talk about; facilitators see who asked, the group sees the words."""

    __tablename__ = "suggested_item"
    __table_args__ = (CheckConstraint("length(words) > 0", "words_are_given"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    state: Mapped[SuggestionState] = mapped_column(default=SuggestionState.SUGGESTED)
    answer: Mapped[str] = mapped_column(default="")
    """What the facilitator said to it."""
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"), unique=True)
    workstream: Mapped[Workstream] = relationship()
    person: Mapped[Person] = relationship()
    item: Mapped[AgendaItem | None] = relationship()


class How(StrEnum):
    """How somebody was at a session; why somebody was not is never asked (domain rule 20)."""

    ARRIVED = "arrived"
    WITH_SUPPORTER = "with a supporter"
    DIALLED_IN = "dialled in"
    NOT_HERE = "not here"


class Attendance(Root):
    """One line of a session's register."""

    __tablename__ = "attendance"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    how: Mapped[How]
    person: Mapped[Person] = relationship()
