"""Views of the action log that somebody keeps for herself."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class SavedView(Base):
    """A filter and an order of the log, under a name of its owner's; only she sees it."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"), CheckConstraint("length(name) > 0", "name_is_given"))

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str]
    address: Mapped[dict[str, str]]
    """What stands behind the question mark of the log's address, checked as it is read."""
    person: Mapped[Person] = relationship()
