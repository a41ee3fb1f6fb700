"""The person a member chose to help her, and what she shares with that person."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class Share(StrEnum):
    """What a member can share with her supporter, each by itself, none of it unasked."""

    AGENDA = "what each meeting is about"
    NEEDS = "what helps me to come"
    ANSWERS = "what came of what we said"
    AGREEMENT = "how the group works together"


class Support(Base):
    """One person helping one member, from a day until one of them ends it."""

    __tablename__ = "support"
    __table_args__ = (
        UniqueConstraint("member_id", "supporter_id"),
        CheckConstraint("member_id <> supporter_id", "is_between_two"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    supporter_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    called: Mapped[str]
    """What the member calls this person; another member may call the same person something else."""
    since: Mapped[date]
    ended_on: Mapped[date | None]
    shares: Mapped[list[str]] = mapped_column(default=list)
    member: Mapped[Person] = relationship(foreign_keys=[member_id])
    supporter: Mapped[Person] = relationship(foreign_keys=[supporter_id])
