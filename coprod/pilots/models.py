"""Pilots of what was accepted, and the small test-and-learn cycles they go through."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.core.words import long_date
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation

test_cycle_indicator = Table(
    "test_cycle_indicator",
    Root.metadata,
    Column("test_cycle_id", ForeignKey("test_cycle.id"), primary_key=True),
    Column("indicator_id", ForeignKey("indicator.id"), primary_key=True, index=True),
)


class PilotState(StrEnum):
    """Where a pilot has got to."""

    PROPOSED = "proposed"
    FUNDED = "funded"
    NOT_FUNDED = "not funded"
    SET_UP = "set-up"
    BASELINE = "baseline"
    CYCLING = "cycling"
    REVIEWED = "reviewed"
    ADOPTED = "adopted"
    ADAPTED = "adapted"
    ABANDONED = "abandoned"


class TestCycleState(StrEnum):
    """Where a test cycle has got to: Plan, Do, Study, Act."""

    __test__ = False

    PLANNED = "planned"
    DOING = "doing"
    STUDYING = "studying"
    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


class Compared(StrEnum):
    """How the result stands beside the prediction."""

    BETTER = "better than predicted"
    AS_PREDICTED = "as predicted"
    WORSE = "worse than predicted"


class Aimed:
    """What has an aim: how much, by when, for whom."""

    how_much: Mapped[str]
    by_when: Mapped[date]
    for_whom: Mapped[str]

    @property
    def aim(self) -> str:
        """Say the aim in one sentence."""
        return f"By {long_date(self.by_when)}: {self.how_much}. For {self.for_whom}."


class Pilot(Aimed, Base):
    """Trying an accepted recommendation somewhere, small, for a while."""

    __tablename__ = "pilot"
    __table_args__ = (CheckConstraint("begins <= ends", "ends_after_it_begins"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), unique=True)
    state: Mapped[PilotState] = mapped_column(default=PilotState.PROPOSED)
    title: Mapped[str]
    site: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    begins: Mapped[date]
    ends: Mapped[date]
    funding_board: Mapped[str] = mapped_column(default="")
    granted: Mapped[str] = mapped_column(default="")
    override_reason: Mapped[str] = mapped_column(default="")
    learning: Mapped[str] = mapped_column(default="")
    recommendation: Mapped[Recommendation] = relationship()
    owner: Mapped[Person] = relationship()
    test_cycles: Mapped[list["TestCycle"]] = relationship(order_by="TestCycle.number", back_populates="pilot")


class TestCycle(Aimed, Base):
    """One small test: one change, a prediction, and what came of it."""

    __test__ = False
    __tablename__ = "test_cycle"
    __table_args__ = (
        UniqueConstraint("pilot_id", "number"),
        CheckConstraint("begins <= ends", "ends_after_it_begins"),
        CheckConstraint("state <> 'abandon' OR length(learning) > 0", "abandoned_says_what_was_learned"),
    )

    pilot_id: Mapped[UUID] = mapped_column(ForeignKey("pilot.id"))
    number: Mapped[int]
    state: Mapped[TestCycleState] = mapped_column(default=TestCycleState.PLANNED)
    change: Mapped[str]
    prediction: Mapped[str]
    scale: Mapped[str]
    safety_check: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    begins: Mapped[date]
    ends: Mapped[date]
    did: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    compared: Mapped[Compared | None]
    surprised: Mapped[str] = mapped_column(default="")
    learning: Mapped[str] = mapped_column(default="")
    pilot: Mapped[Pilot] = relationship(back_populates="test_cycles")
    owner: Mapped[Person] = relationship()
    measures: Mapped[list[Indicator]] = relationship(secondary=test_cycle_indicator, order_by=Indicator.name)
