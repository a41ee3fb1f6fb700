"""What people ask about the words others wrote of them, which a person has to decide (L5)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class AskState(StrEnum):
    """Where a request has got to."""

    ASKED = "asked"
    ANSWERED = "answered"


class DataAsk(Base):
    """A request to see, correct or take out what somebody else wrote, and its answer."""

    __tablename__ = "data_ask"
    __table_args__ = (CheckConstraint("length(words) > 0", "words_are_given"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    state: Mapped[AskState] = mapped_column(default=AskState.ASKED)
    asked_on: Mapped[date]
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
