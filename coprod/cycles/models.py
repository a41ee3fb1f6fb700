"""Ten-week cycles, their sessions, and each session's timed agenda."""

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
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


class Purpose(StrEnum):
    """What an agenda item is for."""

    SHARE = "share"
    EXPLORE = "explore"
    DECIDE = "decide"


class Part(StrEnum):
    """Which part of the evening an agenda item is; the timing rules speak of these."""

    ARRIVE = "arrive"
    CHECK_IN = "check-in"
    RECAP = "recap"
    WORK = "work"
    BREAK = "break"
    ACTIONS = "actions"
    CHECK_OUT = "check-out"


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


class SkippedWeek(Base):
    """A day on which a session would have stood, and the holiday it was skipped for."""

    __tablename__ = "skipped_week"
    __table_args__ = (UniqueConstraint("cycle_id", "on"),)

    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycle.id"))
    on: Mapped[date]
    why: Mapped[str]
    cycle: Mapped[Cycle] = relationship(back_populates="skipped")


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
    raised_by: Mapped[Side | None]
    """Which side of the table brought this up, where it is known."""
    session: Mapped[Session] = relationship(back_populates="items")


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
