"""The steering group's meetings: terms of reference, who is there, the agenda, interests declared, minutes."""

from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, Workstream

if TYPE_CHECKING:
    from coprod.steering.models.deciding import Decision


class MeetingState(StrEnum):
    """Where a meeting has got to."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class ItemKind(StrEnum):
    """What an item of a meeting's agenda is about."""

    MINUTES = "the last minutes"
    RECOMMENDATION = "a recommendation"
    PUT_OFF = "a recommendation put off until now"
    CONTESTED = "a decision the group contests"
    PILOT = "a pilot to look at"
    REVIEW = "a decision to look at again"
    OVERDUE_REPLY = "a reply that is late"
    OTHER = "something else"


class ItemState(StrEnum):
    """Where an item has got to."""

    WAITING = "waiting"
    DECIDED = "decided"
    TALKED_ABOUT = "talked about"
    CARRIED_OVER = "carried over"
    TAKEN_OFF = "taken off"


class MinutesState(StrEnum):
    """Where a meeting's minutes have got to."""

    DRAFT = "draft"
    APPROVED = "approved"


class Terms(Base):
    """What a steering group is for and how it works, in one version; append-only, the last one holds."""

    __tablename__ = "terms_of_reference"
    __table_args__ = (
        UniqueConstraint("workstream_id", "number"),
        CheckConstraint("length(purpose) > 0", "purpose_is_given"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int]
    purpose: Mapped[str]
    members: Mapped[str] = mapped_column(default="")
    """Who sits there, and for how long."""
    deciding: Mapped[str] = mapped_column(default="")
    """How it decides, beside the quorum that holds everywhere."""
    meeting_often: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date]
    look_again_on: Mapped[date | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    workstream: Mapped[Workstream] = relationship()


class Meeting(Base):
    """One meeting of the steering group."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("workstream_id", "on"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    on: Mapped[date]
    starts_at: Mapped[time]
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    closed_on: Mapped[date | None]
    why_undecided: Mapped[str] = mapped_column(default="")
    """Why it ended with something undecided: only where too few were there to decide."""
    minutes_state: Mapped[MinutesState] = mapped_column(default=MinutesState.DRAFT)
    minutes_notes: Mapped[str] = mapped_column(default="")
    """What the chair adds to the minutes, which fill themselves in from what was decided."""
    minutes_approved_at_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    workstream: Mapped[Workstream] = relationship()
    minutes_approved_at: Mapped["Meeting | None"] = relationship(remote_side="Meeting.id")
    present: Mapped[list["Presence"]] = relationship(back_populates="meeting", order_by="Presence.membership_id")
    items: Mapped[list["MeetingItem"]] = relationship(
        back_populates="meeting", order_by="(MeetingItem.position, MeetingItem.id)"
    )


class Presence(Root):
    """A member who is in the room now; there is no row, and no reason, for one who is not."""

    __tablename__ = "presence"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    meeting: Mapped[Meeting] = relationship(back_populates="present")
    membership: Mapped[Membership] = relationship()


class Attended(Root):
    """A member who was in the room at some time of a meeting that was open, for its minutes."""

    __tablename__ = "attended"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True, index=True)
    membership: Mapped[Membership] = relationship()


class MeetingItem(Base):
    """One item of a meeting's agenda: built from what waits, or written by the chair."""

    __tablename__ = "meeting_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "kind", "thing_id"),
        CheckConstraint("length(title) > 0", "title_is_given"),
        CheckConstraint("minutes BETWEEN 1 AND 240", "minutes_are_sensible"),
        CheckConstraint("state <> 'taken off' OR length(outcome) > 0", "taken_off_says_why"),
        CheckConstraint("kind <> 'something else' OR thing_id IS NULL", "something_else_is_nothing_known"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    kind: Mapped[ItemKind]
    thing_id: Mapped[UUID | None]
    """The recommendation, decision, pilot or meeting it is about; nothing for something else."""
    recommendation_id: Mapped[UUID | None] = mapped_column(ForeignKey("recommendation.id"), index=True)
    title: Mapped[str]
    minutes: Mapped[int] = mapped_column(default=10)
    speaker: Mapped[str] = mapped_column(default="")
    """Who speaks to it: the alias of the one who presents it, or has the speaking slot of a contest."""
    state: Mapped[ItemState] = mapped_column(default=ItemState.WAITING)
    outcome: Mapped[str] = mapped_column(default="")
    """What was said, or why it was taken off or carried over."""
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    meeting: Mapped[Meeting] = relationship(back_populates="items")
    recommendation: Mapped[Recommendation | None] = relationship()
    decision: Mapped["Decision | None"] = relationship(foreign_keys=[decision_id])
    interests: Mapped[list["ItemInterest"]] = relationship(order_by="ItemInterest.id", back_populates="item")


class ItemInterest(Base):
    """An interest a member declares in one item, and whether they leave the room for it."""

    __tablename__ = "item_interest"
    __table_args__ = (UniqueConstraint("item_id", "membership_id"), CheckConstraint("length(words) > 0", "says_what"))

    item_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_item.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    words: Mapped[str]
    leaves: Mapped[bool] = mapped_column(default=True)
    item: Mapped[MeetingItem] = relationship(back_populates="interests")
    membership: Mapped[Membership] = relationship()
