"""Pilots of what was accepted, and the small test-and-learn cycles they go through."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

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


class BoardAnswer(StrEnum):
    """What a board says to a funding ask."""

    ALL = "yes"
    PART = "yes, in part"
    NOTHING = "no"


class StepKind(StrEnum):
    """What a step is for: to get ready, or to make sure that nobody comes to harm."""

    SET_UP = "set-up"
    SAFETY = "safety check"


class Touched(StrEnum):
    """Whose words on a test cycle these are."""

    PARENT = "a parent"
    WORKER = "a worker"


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
    __table_args__ = (
        CheckConstraint("begins <= ends", "ends_after_it_begins"),
        CheckConstraint("(scaled_to = '') = (scaled_by IS NULL)", "goes_somewhere_by_a_day"),
    )

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), unique=True)
    state: Mapped[PilotState] = mapped_column(default=PilotState.PROPOSED)
    title: Mapped[str]
    site: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    begins: Mapped[date]
    ends: Mapped[date]
    budget: Mapped[int | None]
    """What it costs, in whole pounds; nothing where that is not known, or it costs none."""
    granted: Mapped[str] = mapped_column(default="")
    override_reason: Mapped[str] = mapped_column(default="")
    learning: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    """Why the steering group adopted, adapted or stopped it, in plain words."""
    scaled_to: Mapped[str] = mapped_column(default="")
    """Where it goes once it is adopted, or who gets it."""
    scaled_by: Mapped[date | None]
    recommendation: Mapped[Recommendation] = relationship()
    owner: Mapped[Person] = relationship()
    test_cycles: Mapped[list["TestCycle"]] = relationship(order_by="TestCycle.number", back_populates="pilot")
    asks: Mapped[list["FundingAsk"]] = relationship(order_by="FundingAsk.number", back_populates="pilot")
    spendings: Mapped[list["Spending"]] = relationship(order_by="Spending.number", back_populates="pilot")
    steps: Mapped[list["PilotStep"]] = relationship(order_by="PilotStep.due, PilotStep.id", back_populates="pilot")
    milestones: Mapped[list["Milestone"]] = relationship(order_by="Milestone.number", back_populates="pilot")
    measures: Mapped[list[Indicator]] = relationship(
        primaryjoin=lambda: foreign(Indicator.recommendation_id) == Pilot.recommendation_id,
        order_by=Indicator.name,
        viewonly=True,
    )
    """All that is measured about what was recommended, watched by a test cycle or not."""


class FundingAsk(Base):
    """What a named board is asked for, and what it answers, with its conditions."""

    __tablename__ = "funding_ask"
    __table_args__ = (
        UniqueConstraint("pilot_id", "number"),
        CheckConstraint("pounds IS NULL OR pounds > 0", "asks_for_something"),
        CheckConstraint("granted IS NULL OR granted > 0", "grants_something"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", "answered_on_a_day"),
    )

    pilot_id: Mapped[UUID] = mapped_column(ForeignKey("pilot.id"))
    number: Mapped[int]
    board: Mapped[str]
    what_for: Mapped[str] = mapped_column(default="")
    pounds: Mapped[int | None]
    asked_on: Mapped[date]
    answer: Mapped[BoardAnswer | None]
    granted: Mapped[int | None]
    conditions: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    pilot: Mapped[Pilot] = relationship(back_populates="asks")


class Spending(Base):
    """Money of the pilot that was spent."""

    __tablename__ = "pilot_spending"
    __table_args__ = (UniqueConstraint("pilot_id", "number"), CheckConstraint("pounds > 0", "spends_something"))

    pilot_id: Mapped[UUID] = mapped_column(ForeignKey("pilot.id"))
    number: Mapped[int]
    on: Mapped[date]
    pounds: Mapped[int]
    what_for: Mapped[str]
    pilot: Mapped[Pilot] = relationship(back_populates="spendings")


class PilotStep(Base):
    """One thing to do before a pilot can begin: what, by whom, by when; and what a safety check found."""

    __tablename__ = "pilot_step"
    __table_args__ = (
        CheckConstraint("kind = 'set-up' OR done_on IS NULL OR length(found) > 0", "check_says_what_it_found"),
    )

    pilot_id: Mapped[UUID] = mapped_column(ForeignKey("pilot.id"), index=True)
    kind: Mapped[StepKind]
    what: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    due: Mapped[date]
    done_on: Mapped[date | None]
    found: Mapped[str] = mapped_column(default="")
    pilot: Mapped[Pilot] = relationship(back_populates="steps")
    owner: Mapped[Person] = relationship()


class Milestone(Base):
    """Something the people who asked for a pilot are told."""

    __tablename__ = "pilot_milestone"
    __table_args__ = (UniqueConstraint("pilot_id", "number"),)

    pilot_id: Mapped[UUID] = mapped_column(ForeignKey("pilot.id"))
    number: Mapped[int]
    on: Mapped[date]
    words: Mapped[str]
    pilot: Mapped[Pilot] = relationship(back_populates="milestones")


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
    override_reason: Mapped[str] = mapped_column(default="")
    """Why the steering group lets it be adopted although the rule says no."""
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("test_cycle.id"), index=True)
    """The test cycle this one was adapted from."""
    pilot: Mapped[Pilot] = relationship(back_populates="test_cycles")
    owner: Mapped[Person] = relationship()
    measures: Mapped[list[Indicator]] = relationship(secondary=test_cycle_indicator, order_by=Indicator.name)
    numbers: Mapped[list["CycleNumber"]] = relationship(order_by="CycleNumber.number", back_populates="test_cycle")
    feedback: Mapped[list["Feedback"]] = relationship(
        order_by="Feedback.on, Feedback.id", back_populates="test_cycle", cascade="all, delete-orphan"
    )


class CycleNumber(Base):
    """One number that was written down while a test cycle ran, with its day."""

    __tablename__ = "test_cycle_number"
    __table_args__ = (
        UniqueConstraint("test_cycle_id", "number"),
        CheckConstraint("denominator IS NULL OR denominator > 0", "denominator_counts"),
    )

    test_cycle_id: Mapped[UUID] = mapped_column(ForeignKey("test_cycle.id"))
    number: Mapped[int]
    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"), index=True)
    on: Mapped[date]
    value: Mapped[float]
    denominator: Mapped[int | None]
    test_cycle: Mapped[TestCycle] = relationship(back_populates="numbers")
    indicator: Mapped[Indicator] = relationship()


class Feedback(Base):
    """A few words of somebody a test cycle touched, who said yes to their being shown; never with a name."""

    __tablename__ = "test_cycle_feedback"
    __table_args__ = (CheckConstraint("length(words) > 0", "says_something"),)

    test_cycle_id: Mapped[UUID] = mapped_column(ForeignKey("test_cycle.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Who typed it, so that they can take it back; shown to nobody."""
    whose: Mapped[Touched]
    words: Mapped[str]
    on: Mapped[date]
    test_cycle: Mapped[TestCycle] = relationship(back_populates="feedback")
