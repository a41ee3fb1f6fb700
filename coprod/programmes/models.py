"""The partnership, its programme, and what the public record says of it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class ProgrammeState(StrEnum):
    """Where a programme has got to."""

    SETTING_UP = "setting up"
    ACTIVE = "active"
    CLOSED = "closed"


class HolidayKind(StrEnum):
    """Which kind of day off it is: sessions skip bank holidays always, school holidays when asked."""

    BANK = "bank holiday"
    SCHOOL = "school holiday"


class Programme(Base):
    """What a partnership has come together to change."""

    __tablename__ = "programme"

    name: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ProgrammeState] = mapped_column(default=ProgrammeState.SETTING_UP)
    partnership: Mapped[str]
    bodies: Mapped[list[str]] = mapped_column(default=list)
    aims: Mapped[list[str]] = mapped_column(default=list)
    governance: Mapped[list[str]] = mapped_column(default=list)
    outputs: Mapped[list[str]] = mapped_column(default=list)
    report_sections: Mapped[list[str]] = mapped_column(default=list)
    workstream_seats: Mapped[list[str]] = mapped_column(default=list)
    parents_and_carers_in_first_three: Mapped[int | None]
    sources: Mapped[list[str]] = mapped_column(default=list)
    record_hash: Mapped[str | None]
    """A fingerprint of the public record as last imported, to see at once that nothing has changed."""
    safeguarding_lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    deputy_lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    payments_officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who alone reads how people want to be paid."""
    data_protection_signed_on: Mapped[date | None]
    accessibility_statement_on: Mapped[date | None]
    """Without these four no programme goes live: who receives concerns, and which papers are signed and published."""
    safeguarding_lead: Mapped[Person | None] = relationship(foreign_keys=[safeguarding_lead_id])
    deputy_lead: Mapped[Person | None] = relationship(foreign_keys=[deputy_lead_id])
    payments_officer: Mapped[Person | None] = relationship(foreign_keys=[payments_officer_id])

    timeline: Mapped[list["TimelineEntry"]] = relationship(
        order_by="TimelineEntry.position", back_populates="programme"
    )
    phases: Mapped[list["Phase"]] = relationship(order_by="Phase.position", back_populates="programme")


class Source(Base):
    """A public document that facts come from."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("programme_id", "key"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    key: Mapped[str]
    title: Mapped[str]


class TimelineEntry(Base):
    """Something that happened, dated as exactly as the source dates it: "2019", "2022-06", "2021-09/2022-02"."""

    __tablename__ = "timeline_entry"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    when: Mapped[str]
    what: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    sources: Mapped[list[str]] = mapped_column(default=list)
    programme: Mapped[Programme] = relationship(back_populates="timeline")


class Phase(Base):
    """A part of a cycle: Understand, Explore, Decide."""

    __tablename__ = "phase"
    __table_args__ = (UniqueConstraint("programme_id", "name"), UniqueConstraint("programme_id", "position"))

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    name: Mapped[str]
    content: Mapped[str]
    sources: Mapped[list[str]] = mapped_column(default=list)
    programme: Mapped[Programme] = relationship(back_populates="phases")


class Comparison(Base):
    """Two points of a figure on the public record: never a series, never a trend."""

    __tablename__ = "comparison"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    name: Mapped[str]
    before: Mapped[float | None]
    after: Mapped[float | None]
    before_when: Mapped[str] = mapped_column(default="")
    after_when: Mapped[str] = mapped_column(default="")
    after_is: Mapped[str] = mapped_column(default="")
    change: Mapped[float | None]
    change_words: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    better: Mapped[str]
    sources: Mapped[list[str]] = mapped_column(default=list)


class Holiday(Base):
    """Days on which no session is placed: one bank holiday, or a run of school days off. Both ends count."""

    __tablename__ = "holiday"
    __table_args__ = (
        CheckConstraint("first <= last", "ends_after_it_begins"),
        UniqueConstraint("kind", "first", "what"),
    )

    kind: Mapped[HolidayKind]
    first: Mapped[date] = mapped_column(index=True)
    last: Mapped[date]
    what: Mapped[str]
    sources: Mapped[list[str]] = mapped_column(default=list)


class Rate(Base):
    """What is paid for a kind of work, in pence, from a day on; the newest one that has begun counts."""

    __tablename__ = "rate"
    __table_args__ = (UniqueConstraint("what", "valid_from"), CheckConstraint("pence >= 0", "pence_count"))

    what: Mapped[str]
    pence: Mapped[int]
    valid_from: Mapped[date] = mapped_column(index=True)
