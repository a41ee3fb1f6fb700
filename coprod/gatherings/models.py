"""Groups that come together: joined into one, for a joint session, or for a development day."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.workstreams.models import Workstream


class GatheringKind(StrEnum):
    """How groups come together."""

    MERGED = "joined into one group"
    JOINT_SESSION = "joint session"
    DEVELOPMENT_DAY = "development day"


class GatheringState(StrEnum):
    """Where it has got to; waiting reads the same whether or not anybody has asked to be kept apart (P3)."""

    WAITING = "waiting for a check"
    TOGETHER = "together"
    CALLED_OFF = "called off"


class Gathering(Base):
    """Several groups at one table of its own, whose places all wait for the separation check (domain rule 3)."""

    __tablename__ = "gathering"

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), unique=True)
    """The table they come together at."""
    kind: Mapped[GatheringKind]
    state: Mapped[GatheringState] = mapped_column(default=GatheringState.WAITING)
    asked_on: Mapped[date]
    workstream: Mapped[Workstream] = relationship()
    origins: Mapped[list["Origin"]] = relationship(
        order_by="Origin.workstream_id", back_populates="gathering", cascade="all, delete-orphan"
    )


class Origin(Base):
    """One of the groups that come together."""

    __tablename__ = "origin"
    __table_args__ = (UniqueConstraint("gathering_id", "workstream_id"),)

    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gathering.id", ondelete="CASCADE"))
    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    gathering: Mapped[Gathering] = relationship(back_populates="origins")
    workstream: Mapped[Workstream] = relationship()
