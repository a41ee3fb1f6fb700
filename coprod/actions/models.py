"""Actions: one owner, one due date, and every date it ever had."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.cycles.models import Session
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream


class ActionState(StrEnum):
    """Where an action has got to; late and due soon are worked out, never stored."""

    OPEN = "open"
    SAID_DONE = "said done"
    DONE = "done"
    CANCELLED = "cancelled"


class Repeat(StrEnum):
    """How often something is to be done again, counted from the day it was due."""

    ONCE = "once"
    WEEKLY = "every week"
    MONTHLY = "every month"
    QUARTERLY = "every three months"


class Action(Base):
    """Something one person is to do by a day, in the log of the table it was agreed at.

    Its owner may be somebody without an account: a person who is known by name and e-mail address and cannot sign in.
    """

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("workstream_id", "number"),
        UniqueConstraint("follows_id"),
        CheckConstraint("length(what) > 0", "what_is_given"),
        CheckConstraint("agreed_by_id <> said_done_by_id", "a_second_person_agrees"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    number: Mapped[int]
    """What it is called at its table: action 12."""
    what: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    due: Mapped[date] = mapped_column(index=True)
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    opened_on: Mapped[date]
    evidence: Mapped[str] = mapped_column(default="")
    said_done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    agreed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    settled_on: Mapped[date | None]
    """When a second person agreed that it is done, or it was cancelled."""
    repeats: Mapped[Repeat] = mapped_column(default=Repeat.ONCE)
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"))
    """The one before it, of something that is done again and again."""
    series_from: Mapped[date | None]
    """The day the first of them was due: every turn is counted from it, whatever a holiday did to the one before."""
    handed_on: Mapped[date | None]
    """When it was handed to the one who has it now, if another had it before."""
    recommendation_id: Mapped[UUID | None] = mapped_column(ForeignKey("recommendation.id"), index=True)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"), index=True)
    """The session it was agreed in."""
    workstream: Mapped[Workstream] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])
    said_done_by: Mapped[Person | None] = relationship(foreign_keys=[said_done_by_id])
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=[agreed_by_id])
    follows: Mapped["Action | None"] = relationship(remote_side="Action.id")
    recommendation: Mapped[Recommendation | None] = relationship()
    session: Mapped[Session | None] = relationship()
    notes: Mapped[list["ActionNote"]] = relationship(order_by="ActionNote.number", back_populates="action")
    due_changes: Mapped[list["DueChange"]] = relationship(order_by="DueChange.number", back_populates="action")


class OutsideOwner(Base):
    """Somebody who does something for a table and has no account: known by a name and an e-mail address.

    The address stands here and not with the accounts: it signs nobody in, and typing one tells nobody who is here (P2).
    """

    __tablename__ = "outside_owner"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    named_on: Mapped[date]
    named_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


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


class ActionNote(Base):
    """What somebody wrote beside an action; append-only."""

    __tablename__ = "action_note"
    __table_args__ = (UniqueConstraint("action_id", "number"), CheckConstraint("length(words) > 0", "words_are_given"))

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    number: Mapped[int]
    words: Mapped[str]
    on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    action: Mapped[Action] = relationship(back_populates="notes")
    by: Mapped[Person] = relationship()
