"""The principles a group stands by, and the priority areas it wants changed first."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.programmes.models import Programme
from coprod.workstreams.models import Workstream

priority_principle = Table(
    "priority_principle",
    Root.metadata,
    Column("priority_id", ForeignKey("priority.id"), primary_key=True),
    Column("principle_id", ForeignKey("principle.id"), primary_key=True, index=True),
)


class Principle(Base):
    """How the work is to be done. Where the wording was never published, ours is marked as an example."""

    __tablename__ = "principle"
    __table_args__ = (UniqueConstraint("programme_id", "number"), CheckConstraint("number > 0", "number_counts"))

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    wording: Mapped[str]
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    ratified_on: Mapped[date | None]
    """When a group said yes to these words; new words have to be ratified anew."""
    ratified_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("workstream.id"), index=True)
    programme: Mapped[Programme] = relationship()
    ratified_by: Mapped[Workstream | None] = relationship()
    versions: Mapped[list["PrincipleVersion"]] = relationship(
        order_by="PrincipleVersion.number", back_populates="principle"
    )
    priorities: Mapped[list["Priority"]] = relationship(
        secondary=priority_principle, back_populates="principles", order_by="Priority.number"
    )


class PrincipleVersion(Base):
    """What a principle said from one day on; append-only, but for the day on which it was ratified."""

    __tablename__ = "principle_version"
    __table_args__ = (UniqueConstraint("principle_id", "number"),)

    principle_id: Mapped[UUID] = mapped_column(ForeignKey("principle.id"))
    number: Mapped[int]
    wording: Mapped[str]
    is_example: Mapped[bool] = mapped_column(default=False)
    on: Mapped[date]
    ratified_on: Mapped[date | None]
    ratified_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("workstream.id"), index=True)
    principle: Mapped[Principle] = relationship(back_populates="versions")
    ratified_by: Mapped[Workstream | None] = relationship()


class Priority(Base):
    """What is to change first, and which principles it comes from."""

    __tablename__ = "priority"
    __table_args__ = (UniqueConstraint("programme_id", "number"), CheckConstraint("number > 0", "number_counts"))

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    wording: Mapped[str]
    is_example: Mapped[bool] = mapped_column(default=False)
    set_by: Mapped[str] = mapped_column(default="")
    programme: Mapped[Programme] = relationship()
    principles: Mapped[list[Principle]] = relationship(
        secondary=priority_principle, back_populates="priorities", order_by=Principle.number
    )
