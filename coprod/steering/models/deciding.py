"""Decisions, with their reasons and who took them."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.actions.models import Action
from coprod.core.db import Base, Root
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.steering.models.meetings import Meeting
from coprod.workstreams.models import Membership

if TYPE_CHECKING:
    from coprod.steering.models.answers import Contest, GroupQuestion
    from coprod.steering.models.replies import Reply

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
