"""The steering group at work: meetings, decisions with their reasons, and the replies it owes."""

from datetime import date, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.actions.models import Action
from coprod.core.db import Base, Root
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, Workstream

decision_action = Table(
    "decision_action",
    Root.metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("action_id", ForeignKey("action.id"), primary_key=True, index=True),
)


decision_taker = Table(
    "decision_taker",
    Root.metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("membership_id", ForeignKey("membership.id"), primary_key=True, index=True),
)
"""Who was in the room, and stayed, when a decision was taken."""


class MeetingState(StrEnum):
    """Where a meeting has got to."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Verdict(StrEnum):
    """The five answers a steering group can give."""

    ACCEPT = "accept"
    ACCEPT_WITH_CHANGES = "accept with changes"
    REFER_BACK = "refer back"
    DEFER = "defer"
    DECLINE = "decline"


class DecisionState(StrEnum):
    """Where a decision has got to; it is never edited, only reviewed or reversed by a later one."""

    RECORDED = "recorded"
    REVIEWED = "reviewed"
    REVERSED = "reversed"


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


class ContestState(StrEnum):
    """Where a contest has got to: one person raises it, a second person of the group sends it."""

    RAISED = "raised"
    SENT = "sent"
    TAKEN_BACK = "taken back"


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


class Decision(Base):
    """What was decided on a recommendation, by whom, and the plain reason; append-only, corrections link back."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("verdict <> 'defer' OR until IS NOT NULL", "deferred_has_a_date"),
        CheckConstraint("verdict <> 'decline' OR length(would_change) > 0", "declined_says_what_would_change_it"),
        CheckConstraint("verdict <> 'refer back' OR length(question) > 0", "referred_back_has_a_question"),
        CheckConstraint("verdict <> 'accept with changes' OR length(changes) > 0", "changes_are_said"),
        CheckConstraint("length(reason) > 0", "reason_is_given"),
    )

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    verdict: Mapped[Verdict]
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.RECORDED)
    options: Mapped[str] = mapped_column(default="")
    changes: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    until: Mapped[date | None]
    would_change: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    dissent: Mapped[str] = mapped_column(default="")
    wants_pilot: Mapped[bool] = mapped_column(default=False)
    funding_board: Mapped[str] = mapped_column(default="")
    """Which board is asked for money; nobody where it is empty."""
    funding_ask: Mapped[str] = mapped_column(default="")
    """What that board is asked for."""
    on: Mapped[date]
    review_on: Mapped[date | None]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    members: Mapped[int]
    members_present: Mapped[int]
    lived_present: Mapped[int]
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"))

    recommendation: Mapped[Recommendation] = relationship()
    meeting: Mapped[Meeting] = relationship()
    recorded_by: Mapped[Person] = relationship()
    corrects: Mapped["Decision | None"] = relationship(remote_side="Decision.id")
    actions: Mapped[list[Action]] = relationship(secondary=decision_action, order_by=Action.due)
    takers: Mapped[list[Membership]] = relationship(secondary=decision_taker, order_by=Membership.id)
    """Who was in the room, and stayed, when it was taken."""
    reply: Mapped["Reply | None"] = relationship(back_populates="decision")
    contests: Mapped[list["Contest"]] = relationship(order_by="(Contest.on, Contest.id)", back_populates="decision")
    questions: Mapped[list["GroupQuestion"]] = relationship(order_by="GroupQuestion.number", back_populates="decision")


class Reply(Base):
    """What the people who asked were told came of it, and when."""

    __tablename__ = "reply"

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), unique=True)
    words: Mapped[str]
    sent_on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[Decision] = relationship(back_populates="reply")


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


@event.listens_for(Decision, "before_update")
@event.listens_for(Reply, "before_update")
def _nothing_but_its_state(_: Any, __: Any, written: Decision | Reply) -> None:
    """Stop a decision or a reply from being rewritten: a correction is a new entry beside it (domain rule 26)."""
    facts: Any = inspect(written)
    changed = {name for name in facts.mapper.columns.keys() if facts.attrs[name].history.has_changes()}  # noqa: SIM118 - not a dict
    if changed - {"state"}:
        raise TypeError(f"A {type(written).__name__.lower()} is never edited, only corrected by a new one.")
