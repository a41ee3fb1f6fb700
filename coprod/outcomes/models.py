"""What a recommendation is to change, measured: indicators, their readings, and what waits to be approved."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation


class MeasureKind(StrEnum):
    """What a measure watches: the change wanted, the doing of it, or harm elsewhere."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Unit(StrEnum):
    """What a reading counts in; small counts and small percentages are not shown."""

    COUNT = "people"
    PERCENT = "%"
    DAYS = "days"
    SCORE = "score"


class HowOften(StrEnum):
    """How often a measure is read; what is read before and after only has two points, and never a trend.

    What was only told to have changed, and nobody knows when, has no readings at all.
    """

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    ONCE = "before and after"
    TOLD = "told without dates"


class ProposalState(StrEnum):
    """Where a proposed reading has got to."""

    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent back"
    TAKEN_BACK = "taken back"


class Indicator(Base):
    """One measure, with its definition sheet, its baseline, its target and which way is better."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("recommendation_id", "name"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    name: Mapped[str]
    kind: Mapped[MeasureKind]
    unit: Mapped[Unit]
    better: Mapped[Direction]
    who_is_counted: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    numerator: Mapped[str] = mapped_column(default="")
    """What is counted, in words."""
    denominator: Mapped[str] = mapped_column(default="")
    """Out of what, in words."""
    how_often: Mapped[HowOften] = mapped_column(default=HowOften.MONTH)
    groups: Mapped[list[str]] = mapped_column(default=list)
    """The groups a count is broken down by, in the order in which a reading gives their parts; none for most."""
    told: Mapped[str] = mapped_column(default="")
    """What its source says has changed, where nobody knows the dates."""
    recommendation: Mapped[Recommendation] = relationship()
    readings: Mapped[list["Reading"]] = relationship(order_by="Reading.month", back_populates="indicator")
    """What a second person has approved: nothing else counts, or shows outside the keepers."""
    proposals: Mapped[list["ProposedReading"]] = relationship(
        order_by="ProposedReading.month, ProposedReading.id", back_populates="indicator"
    )
    phases: Mapped[list["NewPhase"]] = relationship(order_by="NewPhase.starts", back_populates="indicator")
    events: Mapped[list["ChartEvent"]] = relationship(
        order_by="ChartEvent.day, ChartEvent.id", back_populates="indicator"
    )
    former: Mapped[list["FormerDefinition"]] = relationship(
        order_by="FormerDefinition.number", back_populates="indicator"
    )
    keepers: Mapped[list["Keeper"]] = relationship(
        primaryjoin="foreign(Keeper.recommendation_id) == Indicator.recommendation_id",
        order_by="Keeper.id",
        viewonly=True,
    )


class Reading(Base):
    """What an indicator was in one month, quarter or week."""

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("indicator_id", "month"),
        CheckConstraint("denominator IS NULL OR denominator >= 0", "denominator_counts"),
    )

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"))
    month: Mapped[date]
    """The first day of the month, of the quarter or of the week it is of."""
    value: Mapped[float]
    denominator: Mapped[int | None]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    """What was counted in each group of a broken-down measure: the value is their sum."""
    note: Mapped[str] = mapped_column(default="")
    indicator: Mapped[Indicator] = relationship(back_populates="readings")
    corrections: Mapped[list["Correction"]] = relationship(order_by="Correction.number", back_populates="reading")


class Correction(Base):
    """What a reading was before it was put right, and why; append-only."""

    __tablename__ = "correction"
    __table_args__ = (
        UniqueConstraint("reading_id", "number"),
        CheckConstraint("length(why) > 0", "says_why"),
    )

    reading_id: Mapped[UUID] = mapped_column(ForeignKey("reading.id"))
    number: Mapped[int]
    on: Mapped[date]
    value: Mapped[float]
    denominator: Mapped[int | None]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    why: Mapped[str]
    reading: Mapped[Reading] = relationship(back_populates="corrections")


class ProposedReading(Base):
    """A reading, or the putting right of one, that waits for a second person; only the keepers see it.

    It becomes a reading when it is approved, and stays to say who proposed it and who approved.
    """

    __tablename__ = "proposed_reading"
    __table_args__ = (CheckConstraint("by_id <> settled_by_id OR state = 'taken back'", "second_person"),)

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"), index=True)
    month: Mapped[date]
    """The first day of the month, of the quarter or of the week it is of."""
    value: Mapped[float]
    denominator: Mapped[int | None]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    """Why a reading that counts already is to be put right; empty for a new one."""
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    settled_on: Mapped[date | None]
    reply: Mapped[str] = mapped_column(default="")
    """What is to be looked at again, where it was sent back."""
    indicator: Mapped[Indicator] = relationship(back_populates="proposals")
    by: Mapped[Person] = relationship(foreign_keys=by_id)


class NewPhase(Base):
    """From when the limits of a measure are worked out afresh, and why; what was before is kept as it was."""

    __tablename__ = "new_phase"
    __table_args__ = (
        UniqueConstraint("indicator_id", "starts"),
        CheckConstraint("length(why) > 0", "says_why"),
    )

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"))
    starts: Mapped[date]
    """The period of the first reading of the phase."""
    why: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]
    indicator: Mapped[Indicator] = relationship(back_populates="phases")


class ChartEvent(Base):
    """Something that happened, as a note on the line."""

    __tablename__ = "chart_event"
    __table_args__ = (CheckConstraint("length(words) > 0", "says_what"),)

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"), index=True)
    day: Mapped[date]
    words: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    indicator: Mapped[Indicator] = relationship(back_populates="events")


class FormerDefinition(Base):
    """How lines of a definition sheet were put before they were changed, and why; append-only."""

    __tablename__ = "former_definition"
    __table_args__ = (
        UniqueConstraint("indicator_id", "number"),
        CheckConstraint("length(why) > 0", "says_why"),
    )

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"))
    number: Mapped[int]
    was: Mapped[dict[str, str]]
    """Each line that was changed, as it stood."""
    why: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]
    indicator: Mapped[Indicator] = relationship(back_populates="former")


class Keeper(Base):
    """Somebody who adds a recommendation's readings besides the facilitator and the chair: the owner of its pilot."""

    __tablename__ = "keeper"
    __table_args__ = (UniqueConstraint("recommendation_id", "person_id"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
