"""People, which side of the table they sit on, and how they sign in."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base


class Side(StrEnum):
    """The two sides that decide together, and those who sit beside a member: no seat, no vote."""

    LIVED = "lived experience"
    PROFESSIONAL = "professional"
    SUPPORTER = "supporter"


class Person(UserMixin, Base):
    """Somebody with an account, known by the name they chose."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("length(alias) > 0", "alias_is_given"),)

    alias: Mapped[str]
    side: Mapped[Side]
    active: Mapped[bool] = mapped_column(default=True)
    is_admin: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None] = mapped_column(unique=True)
    no_text_links: Mapped[bool] = mapped_column(default=False)
    rights: Mapped[int] = mapped_column(default=0)
    totp: Mapped[bytes | None]
    totp_last: Mapped[int] = mapped_column(default=0)
    erased_on: Mapped[date | None]
    """When everything that says who this was was taken away; the row stays, so that counts and decisions stand."""

    @property
    def is_active(self) -> bool:
        """Answer Flask-Login's question."""
        return self.active

    @property
    def is_lived(self) -> bool:
        """Answer whether this person is here for their lived experience."""
        return self.side == Side.LIVED

    @property
    def is_professional(self) -> bool:
        """Answer whether this person sits on the professional side; only they use the staff's pages."""
        return self.side == Side.PROFESSIONAL


class Passkey(Base):
    """A key on somebody's own device that signs them in; only its public half is kept."""

    __tablename__ = "passkey"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    credential: Mapped[bytes] = mapped_column(unique=True)
    key: Mapped[bytes]
    count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    added_on: Mapped[date]
    person: Mapped[Person] = relationship()


class SignedIn(Base):
    """One session on one device: server-side, and dead at the next request after it should be (A1)."""

    __tablename__ = "signed_in"

    hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    rights: Mapped[int]
    task: Mapped[str | None]
    by: Mapped[str]
    device: Mapped[str]
    began: Mapped[datetime]
    ends: Mapped[datetime] = mapped_column(index=True)
    person: Mapped[Person] = relationship()


class Ticket(Base):
    """A secret that opens one thing, once: a code, a step, a card, a one-task link; only its hash is kept."""

    __tablename__ = "ticket"

    purpose: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    asked: Mapped[str | None]
    hash: Mapped[str | None] = mapped_column(String(64), index=True)
    task: Mapped[str | None]
    ends: Mapped[datetime] = mapped_column(index=True)
    used: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship()


class Hit(Base):
    """How often somebody tried, in one slot of time (A8)."""

    __tablename__ = "hit"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    ends: Mapped[datetime]
    n: Mapped[int]
