"""A phone number or an e-mail address that is about to change (A6)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class Channel(StrEnum):
    """What is changed."""

    EMAIL = "e-mail address"
    PHONE = "phone number"


class ChangeState(StrEnum):
    """Where a change has got to."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    MADE = "made"
    STOPPED = "stopped"


class ContactChange(Base):
    """One change of contact; the new one is sealed until it takes effect, and forgotten then."""

    __tablename__ = "contact_change"
    __table_args__ = (
        CheckConstraint("confirmed_by_id <> asked_by_id", "two_people_confirm"),
        CheckConstraint("(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", "confirmed_by_somebody"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    channel: Mapped[Channel]
    sealed: Mapped[bytes | None]
    """The new one, until it has taken effect; one that cannot yet waits here, though the change is made."""
    old: Mapped[bytes | None]
    """The old one, for as long as a last word is to go there because she marked it safe."""
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.ASKED)
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    effective_at: Mapped[datetime | None]
    """When the new one was last put to use, whether or not it waits (A5)."""
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
