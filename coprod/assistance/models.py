"""What a facilitator did for a member who asked: who, what, when, and what stood there before."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class Act(StrEnum):
    """Everything that may be done for a member; never a vote (domain rule 15)."""

    ANSWER_INVITATION = "answered an invitation"
    TAKE_A_BREAK = "took a break"
    COME_BACK = "came back from a break"
    CHANGE_NEEDS = "changed what helps to come"
    CHANGE_NEVER_TIMES = "changed the times that never work"
    CHANGE_REACH = "changed how to be reached"
    STOP_TEXTS = "stopped texts"
    SAY_COMING = "said whether you come"
    SAY_YES = "said you are OK with the agreement"
    ANSWER_OFFER = "answered an offer of pay"


class Assisted(Base):
    """One thing done for one member by somebody she asked."""

    __tablename__ = "assisted"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    act: Mapped[Act]
    thing_id: Mapped[UUID]
    before: Mapped[dict[str, str]] = mapped_column(default=dict)
    """What stood there, so that she can take it back."""
    after: Mapped[dict[str, str]] = mapped_column(default=dict)
    done_on: Mapped[date]
    undone_on: Mapped[date | None]
    member: Mapped[Person] = relationship(foreign_keys=[member_id])
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
