"""What a recommendation is to change, measured: indicators and their readings."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
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


class Indicator(Base):
    """One measure, with its baseline, its target and which way is better."""

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
    recommendation: Mapped[Recommendation] = relationship()
    readings: Mapped[list["Reading"]] = relationship(order_by="Reading.month", back_populates="indicator")
    keepers: Mapped[list["Keeper"]] = relationship(
        primaryjoin="foreign(Keeper.recommendation_id) == Indicator.recommendation_id",
        order_by="Keeper.id",
        viewonly=True,
    )


class Reading(Base):
    """What an indicator was in one month."""

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("indicator_id", "month"),
        CheckConstraint("denominator IS NULL OR denominator >= 0", "denominator_counts"),
    )

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicator.id"))
    month: Mapped[date]
    """The first day of the month."""
    value: Mapped[float]
    denominator: Mapped[int | None]
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
    why: Mapped[str]
    reading: Mapped[Reading] = relationship(back_populates="corrections")


class Keeper(Base):
    """Somebody who adds a recommendation's readings besides the facilitator and the chair: the owner of its pilot."""

    __tablename__ = "keeper"
    __table_args__ = (UniqueConstraint("recommendation_id", "person_id"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
