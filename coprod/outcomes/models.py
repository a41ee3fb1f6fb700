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


class Reading(Base):
    """What an indicator was in one month; a correction keeps the old value beside the new."""

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
    was: Mapped[float | None]
    """The value before it was corrected."""
    why_corrected: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    indicator: Mapped[Indicator] = relationship(back_populates="readings")
