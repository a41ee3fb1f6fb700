"""The five stages of a cycle, and the gate at the end of each."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.cycles.models import Cycle
from coprod.library.models import Stage


class GateState(StrEnum):
    """Whether a stage is behind the group."""

    OPEN = "open"
    CLOSED = "closed"


class Gate(Base):
    """One stage of one cycle; it closes only when nothing in it is open."""

    __tablename__ = "gate"
    __table_args__ = (UniqueConstraint("cycle_id", "stage"),)

    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycle.id"))
    stage: Mapped[Stage]
    state: Mapped[GateState] = mapped_column(default=GateState.OPEN)
    closed_on: Mapped[date | None]
    cycle: Mapped[Cycle] = relationship()
