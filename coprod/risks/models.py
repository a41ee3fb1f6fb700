"""Risks, assumptions, issues and dependencies, kept beside the actions."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.actions.models import Action
from coprod.core.db import Base
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class RiskKind(StrEnum):
    """Which of the four it is."""

    RISK = "risk"
    ASSUMPTION = "assumption"
    ISSUE = "issue"
    DEPENDENCY = "dependency"


class RiskState(StrEnum):
    """Whether it still has to be watched."""

    OPEN = "open"
    CLOSED = "closed"


class Risk(Base):
    """Something that may come in the way, that is taken for granted, that is in the way, or that others must do."""

    __tablename__ = "risk"
    __table_args__ = (
        UniqueConstraint("workstream_id", "number"),
        CheckConstraint("length(what) > 0", "what_is_given"),
        CheckConstraint("likelihood BETWEEN 1 AND 5", "likelihood_of_five"),
        CheckConstraint("impact BETWEEN 1 AND 5", "impact_of_five"),
        CheckConstraint("kind <> 'risk' OR (likelihood IS NOT NULL AND impact IS NOT NULL)", "a_risk_is_rated"),
        CheckConstraint("state <> 'closed' OR length(how_closed) > 0", "closed_says_how"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int]
    kind: Mapped[RiskKind]
    state: Mapped[RiskState] = mapped_column(default=RiskState.OPEN)
    what: Mapped[str]
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    response: Mapped[str] = mapped_column(default="")
    """What is done about it."""
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"), index=True)
    opened_on: Mapped[date]
    look_again_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    how_closed: Mapped[str] = mapped_column(default="")
    """How it was settled, while it is closed; every such word stands among the ratings, with who said it."""
    workstream: Mapped[Workstream] = relationship()
    owner: Mapped[Person] = relationship()
    action: Mapped[Action | None] = relationship()
    ratings: Mapped[list["Rating"]] = relationship(order_by="Rating.number", back_populates="risk")

    @property
    def before(self) -> list["Rating"]:
        """List what was thought and said before; how it is closed now stands by itself."""
        return self.ratings[:-1] if self.state == RiskState.CLOSED else self.ratings


class Rating(Base):
    """How likely and how bad it was thought to be until it was rated anew, closed or opened again; append-only."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("risk_id", "number"), CheckConstraint("length(why) > 0", "says_why"))

    risk_id: Mapped[UUID] = mapped_column(ForeignKey("risk.id"))
    number: Mapped[int]
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    on: Mapped[date]
    why: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    risk: Mapped[Risk] = relationship(back_populates="ratings")
