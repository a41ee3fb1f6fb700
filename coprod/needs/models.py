"""What would help somebody to come, said once and used for every session; and the times that never work."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.messages.models import PartOfDay
from coprod.people.models import Person


class Help(StrEnum):
    """What can help somebody to come and take part."""

    TAXI = "a taxi"
    BUS = "a bus ticket"
    EVENING = "evenings"
    NEAR_THE_DOOR = "a seat near the door"
    QUIET_ROOM = "a quiet room"
    WITH_ME = "someone with me"
    LARGE_PRINT = "large print"
    READ_ALOUD = "someone to read aloud"


class Needs(Base):
    """One person's access needs; only she and the facilitators of her groups ever see them."""

    __tablename__ = "needs"
    __table_args__ = (CheckConstraint("places_in_creche >= 0 AND places_in_creche <= 12", "places_count"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    helps: Mapped[list[str]] = mapped_column(default=list)
    places_in_creche: Mapped[int] = mapped_column(default=0)
    """How many, and nothing more; none means no crèche is asked for."""
    language: Mapped[str] = mapped_column(default="")
    """Which language an interpreter speaks; empty means none is asked for."""
    food: Mapped[str] = mapped_column(default="")
    person: Mapped[Person] = relationship()


class NeverTime(Base):
    """A part of the week that never works for somebody; why is never asked."""

    __tablename__ = "never_time"
    __table_args__ = (
        UniqueConstraint("person_id", "weekday", "part"),
        CheckConstraint("weekday >= 0 AND weekday <= 6", "weekday_is_one"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    part: Mapped[PartOfDay]
