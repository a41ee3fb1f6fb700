"""A session as it happens: which item is on, since when, and how warm the room was at check-out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.cycles.models import AgendaItem, Session


class Temperature(StrEnum):
    """How the whole group is at check-out; never one person's answer."""

    WARM = "warm"
    GOOD = "good"
    MIXED = "mixed"
    HEAVY = "heavy"


class Room(Base):
    """What is on now in one session; each change counts one up, so that whoever follows knows there is news."""

    __tablename__ = "room"
    __table_args__ = (CheckConstraint("turn >= 0", "turn_count"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), unique=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    since: Mapped[datetime | None]
    """Since when it stands as it does: the item that is on, or the end; nothing before it was begun."""
    turn: Mapped[int] = mapped_column(default=0)
    temperature: Mapped[Temperature | None]
    session: Mapped[Session] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
