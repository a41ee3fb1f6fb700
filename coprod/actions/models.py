"""Actions: one owner, one due date, and every date it ever had."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream


class ActionState(StrEnum):
    """Where an action has got to; late and due soon are worked out, never stored."""

    OPEN = "open"
    SAID_DONE = "said done"
    DONE = "done"
    CANCELLED = "cancelled"


class Action(Base):
    """Something one person is to do by a day, in the log of the table it was agreed at."""

    __tablename__ = "action"
    __table_args__ = (CheckConstraint("length(what) > 0", "what_is_given"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    what: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    due: Mapped[date]
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    opened_on: Mapped[date]
    evidence: Mapped[str] = mapped_column(default="")
    said_done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    recommendation_id: Mapped[UUID | None] = mapped_column(ForeignKey("recommendation.id"), index=True)
    workstream: Mapped[Workstream] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])
    said_done_by: Mapped[Person | None] = relationship(foreign_keys=[said_done_by_id])
    recommendation: Mapped[Recommendation | None] = relationship()
    due_changes: Mapped[list["DueChange"]] = relationship(order_by="DueChange.number", back_populates="action")


class DueChange(Base):
    """A due date that was moved, and why; append-only."""

    __tablename__ = "due_change"
    __table_args__ = (UniqueConstraint("action_id", "number"), CheckConstraint("length(reason) > 0", "reason_is_given"))

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    number: Mapped[int]
    """First, second, third: two changes on one day keep their order."""
    was: Mapped[date]
    now: Mapped[date]
    reason: Mapped[str]
    on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    action: Mapped[Action] = relationship(back_populates="due_changes")
