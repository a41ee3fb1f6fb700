"""People who would like to join: what they told us so that somebody can ring them, and the waiting list."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person
from coprod.workstreams.models import Seat, Workstream


class InterestState(StrEnum):
    """Where somebody's interest has got to."""

    WAITING = "waiting"
    INVITED = "invited"
    CLOSED = "closed"


class Interest(Base):
    """Somebody who would like to join, by any name they chose; let go of when it is answered."""

    __tablename__ = "interest"
    __table_args__ = (CheckConstraint("length(name) > 0 AND length(contact) > 0", "can_be_answered"),)

    name: Mapped[str]
    contact: Mapped[str]
    """A phone number or an e-mail address, as it was typed."""
    seat: Mapped[Seat]
    state: Mapped[InterestState] = mapped_column(default=InterestState.WAITING)
    told_on: Mapped[date]
    workstream_id: Mapped[UUID | None] = mapped_column(ForeignKey("workstream.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    workstream: Mapped[Workstream | None] = relationship()
    person: Mapped[Person | None] = relationship()
