"""People who would like to join: what they told us so that somebody can ring them, and the waiting list."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class InterestState(StrEnum):
    """Where somebody's interest has got to."""

    WAITING = "waiting"
    INVITED = "invited"
    CLOSED = "closed"


class Whose(StrEnum):
    """Whose seat somebody would take, as far as a stranger is asked: nothing about a family."""

    PARENT = "a parent or carer"
    HEALTH = "I work in health"
    COUNCIL = "I work for the council"
    CHARITY = "I work for a charity"
    LAW = "I work in law"
    OTHER = "something else"


class Interest(Base):
    """Somebody who would like to join, by any name they chose; who it was is let go of when it is answered."""

    __tablename__ = "interest"
    __table_args__ = (
        CheckConstraint("state <> 'waiting' OR (length(name) > 0 AND length(contact) > 0)", "can_be_answered"),
        CheckConstraint("state = 'waiting' OR (name = '' AND contact = '')", "is_let_go_of"),
    )

    name: Mapped[str]
    contact: Mapped[str]
    """A phone number or an e-mail address, as it was typed."""
    is_safe: Mapped[bool]
    """Whether they say that a message there is safe; a call is made with care in either case."""
    whose: Mapped[Whose]
    state: Mapped[InterestState] = mapped_column(default=InterestState.WAITING)
    told_on: Mapped[date]
    workstream_id: Mapped[UUID | None] = mapped_column(ForeignKey("workstream.id"), index=True)
    """The table somebody who talked to them thinks of."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    workstream: Mapped[Workstream | None] = relationship()
    person: Mapped[Person | None] = relationship()
