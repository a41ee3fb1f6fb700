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


class Meeting(Base):
    """One meeting of the steering group."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("workstream_id", "on"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    on: Mapped[date]
    starts_at: Mapped[time]
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    workstream: Mapped[Workstream] = relationship()
    present: Mapped[list["Presence"]] = relationship(back_populates="meeting", order_by="Presence.membership_id")


class Presence(Root):
    """A member who is in the room now; there is no row, and no reason, for one who is not."""

    __tablename__ = "presence"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    meeting: Mapped[Meeting] = relationship(back_populates="present")
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
    reply: Mapped["Reply | None"] = relationship(back_populates="decision")


class Reply(Base):
    """What the people who asked were told came of it, and when."""

    __tablename__ = "reply"

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), unique=True)
    words: Mapped[str]
    sent_on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[Decision] = relationship(back_populates="reply")


@event.listens_for(Decision, "before_update")
@event.listens_for(Reply, "before_update")
def _nothing_but_its_state(_: Any, __: Any, written: Decision | Reply) -> None:
    """Stop a decision or a reply from being rewritten: a correction is a new entry beside it (domain rule 26)."""
    facts: Any = inspect(written)
    changed = {name for name in facts.mapper.columns.keys() if facts.attrs[name].history.has_changes()}  # noqa: SIM118 - not a dict
    if changed - {"state"}:
        raise TypeError(f"A {type(written).__name__.lower()} is never edited, only corrected by a new one.")
