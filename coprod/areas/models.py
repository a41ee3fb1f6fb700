"""The priority areas as a steering group orders them, and the tables that came of them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.gatherings.models import Gathering, GatheringKind
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.workstreams.models import Workstream

proposal_area = Table(
    "proposal_area",
    Root.metadata,
    Column("proposal_id", ForeignKey("proposal.id"), primary_key=True),
    Column("priority_id", ForeignKey("priority.id"), primary_key=True, index=True),
)
proposal_group = Table(
    "proposal_group",
    Root.metadata,
    Column("proposal_id", ForeignKey("proposal.id"), primary_key=True),
    Column("workstream_id", ForeignKey("workstream.id"), primary_key=True, index=True),
)


class Ordering(Base):
    """One order a steering group gave the priority areas, and why; append-only: a new order is a new one."""

    __tablename__ = "ordering"
    __table_args__ = (UniqueConstraint("workstream_id", "number"), CheckConstraint("length(why) > 0", "says_why"))

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    """The steering group that gave it."""
    number: Mapped[int]
    on: Mapped[date]
    why: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    workstream: Mapped[Workstream] = relationship()
    by: Mapped[Person] = relationship()
    places: Mapped[list["Place"]] = relationship(order_by="Place.place", back_populates="ordering")


class Place(Base):
    """Where one priority area stands in an order; the first is 1."""

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("ordering_id", "priority_id"),
        UniqueConstraint("ordering_id", "place"),
        CheckConstraint("place > 0", "place_counts"),
    )

    ordering_id: Mapped[UUID] = mapped_column(ForeignKey("ordering.id"))
    priority_id: Mapped[UUID] = mapped_column(ForeignKey("priority.id"), index=True)
    place: Mapped[int]
    ordering: Mapped[Ordering] = relationship(back_populates="places")
    priority: Mapped[Priority] = relationship()


class Taken(Base):
    """A priority area that a table works on: several areas may be taken up by one (as twelve became three)."""

    __tablename__ = "taken_area"
    __table_args__ = (UniqueConstraint("priority_id", "workstream_id"),)

    priority_id: Mapped[UUID] = mapped_column(ForeignKey("priority.id"))
    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    """The workstream made of it, or the table of a development day or of groups that join."""
    on: Mapped[date]
    why: Mapped[str] = mapped_column(default="")
    priority: Mapped[Priority] = relationship()
    workstream: Mapped[Workstream] = relationship()


class SetAside(Base):
    """A priority area that is not taken up now, with the reason and the day it is looked at again."""

    __tablename__ = "area_set_aside"
    __table_args__ = (CheckConstraint("length(why) > 0", "says_why"),)

    priority_id: Mapped[UUID] = mapped_column(ForeignKey("priority.id"), index=True)
    on: Mapped[date]
    why: Mapped[str]
    look_again_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """It was brought back, or taken up after all."""
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    priority: Mapped[Priority] = relationship()
    by: Mapped[Person] = relationship()


class Proposal(Base):
    """A steering group would like groups to come together for some of the areas; who runs the groups brings it about.

    Those who may bring groups together are others than those who may wish for it: everybody is asked in private first.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("length(why) > 0", "says_why"),
        CheckConstraint("gathering_id IS NULL OR let_go_on IS NULL", "ends_once"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    """The steering group that proposes it."""
    kind: Mapped[GatheringKind]
    why: Mapped[str]
    on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    gathering_id: Mapped[UUID | None] = mapped_column(ForeignKey("gathering.id"), unique=True)
    let_go_on: Mapped[date | None]
    workstream: Mapped[Workstream] = relationship()
    by: Mapped[Person] = relationship()
    gathering: Mapped[Gathering | None] = relationship()
    areas: Mapped[list[Priority]] = relationship(secondary=proposal_area, order_by=Priority.number)
    groups: Mapped[list[Workstream]] = relationship(secondary=proposal_group, order_by=(Workstream.name, Workstream.id))
