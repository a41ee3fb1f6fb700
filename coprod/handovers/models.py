"""A group handed over from one facilitator to the next."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class HandoverState(StrEnum):
    """Where a handover has got to."""

    OFFERED = "offered"
    TAKEN = "taken"
    TAKEN_BACK = "taken back"


class Handover(Base):
    """What one facilitator tells the next; the rest of the page is what is open in the group that day."""

    __tablename__ = "handover"
    __table_args__ = (CheckConstraint("from_id <> to_id", "is_between_two"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    from_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[HandoverState] = mapped_column(default=HandoverState.OFFERED)
    words: Mapped[str] = mapped_column(default="")
    offered_on: Mapped[date]
    taken_on: Mapped[date | None]
    giver_leaves: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the giver leaves the group then, or stays in it as a member."""
    workstream: Mapped[Workstream] = relationship()
    giver: Mapped[Person] = relationship(foreign_keys=[from_id])
    taker: Mapped[Person] = relationship(foreign_keys=[to_id])
