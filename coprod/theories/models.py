"""A programme's theory of change: its parts, the arrows between them, its versions, and who agreed to which."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots.models import Pilot
from coprod.programmes.models import Programme
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream


def _links(one: str, other: str) -> Table:
    return Table(
        f"{one}_{other}",
        Root.metadata,
        Column(f"{one}_id", ForeignKey(f"{one}.id", ondelete="CASCADE"), primary_key=True),
        Column(f"{other}_id", ForeignKey(f"{other}.id"), primary_key=True, index=True),
    )


theory_part_recommendation = _links("theory_part", "recommendation")
theory_part_pilot = _links("theory_part", "pilot")
theory_part_indicator = _links("theory_part", "indicator")
theory_arrow_pilot = _links("theory_arrow", "pilot")
theory_arrow_indicator = _links("theory_arrow", "indicator")


class TheoryState(StrEnum):
    """Where a version has got to: the parts are found, then the arrows, then people read it and agree."""

    FIRST = "first workshop"
    SECOND = "second workshop"
    READ = "being read"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class PartKind(StrEnum):
    """What a part is, from what is put in to what it is all for."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class Standing(StrEnum):
    """How sure we are of what an arrow takes for granted."""

    NOT_TESTED = "not tested"
    BEING_TESTED = "being tested"
    HOLDS = "holds"
    DOES_NOT_HOLD = "does not hold"


class Theory(Base):
    """One version of how a programme thinks change happens; what was agreed is kept whole."""

    __tablename__ = "theory"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("(state IN ('agreed', 'superseded')) = (agreed_on IS NOT NULL)", "agreed_on_a_day"),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    state: Mapped[TheoryState] = mapped_column(default=TheoryState.FIRST)
    changed: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None]
    programme: Mapped[Programme] = relationship()
    parts: Mapped[list["TheoryPart"]] = relationship(
        order_by="TheoryPart.number", back_populates="theory", cascade="all, delete-orphan"
    )
    arrows: Mapped[list["TheoryArrow"]] = relationship(
        order_by="TheoryArrow.number", back_populates="theory", cascade="all, delete-orphan"
    )
    tables: Mapped[list[Workstream]] = relationship(
        primaryjoin="foreign(Workstream.programme_id) == Theory.programme_id",
        order_by=(Workstream.name, Workstream.id),
        viewonly=True,
    )
    """The programme's tables: who runs one may write, who sits at one may agree."""


class TheoryPart(Base):
    """Something that is put in, done, made, changed, or what it is all for."""

    __tablename__ = "theory_part"
    __table_args__ = (
        UniqueConstraint("theory_id", "number"),
        CheckConstraint("length(words) > 0", "words_are_given"),
    )

    theory_id: Mapped[UUID] = mapped_column(ForeignKey("theory.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[PartKind]
    words: Mapped[str]
    theory: Mapped[Theory] = relationship(back_populates="parts")
    recommendations: Mapped[list[Recommendation]] = relationship(
        secondary=theory_part_recommendation, order_by=(Recommendation.number, Recommendation.id)
    )
    pilots: Mapped[list[Pilot]] = relationship(secondary=theory_part_pilot, order_by=(Pilot.title, Pilot.id))
    indicators: Mapped[list[Indicator]] = relationship(
        secondary=theory_part_indicator, order_by=(Indicator.name, Indicator.id)
    )


class TheoryArrow(Base):
    """One part leads to another, if what it takes for granted holds; it keeps its number from version to version."""

    __tablename__ = "theory_arrow"
    __table_args__ = (
        UniqueConstraint("theory_id", "number"),
        UniqueConstraint("start_id", "end_id"),
        CheckConstraint("start_id <> end_id", "goes_somewhere"),
        CheckConstraint("length(assumption) > 0", "assumption_is_given"),
    )

    theory_id: Mapped[UUID] = mapped_column(ForeignKey("theory.id", ondelete="CASCADE"))
    number: Mapped[int]
    start_id: Mapped[UUID] = mapped_column(ForeignKey("theory_part.id", ondelete="CASCADE"))
    end_id: Mapped[UUID] = mapped_column(ForeignKey("theory_part.id", ondelete="CASCADE"), index=True)
    assumption: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    standing: Mapped[Standing] = mapped_column(default=Standing.NOT_TESTED)
    theory: Mapped[Theory] = relationship(back_populates="arrows")
    start: Mapped[TheoryPart] = relationship(foreign_keys=[start_id])
    end: Mapped[TheoryPart] = relationship(foreign_keys=[end_id])
    pilots: Mapped[list[Pilot]] = relationship(secondary=theory_arrow_pilot, order_by=(Pilot.title, Pilot.id))
    indicators: Mapped[list[Indicator]] = relationship(
        secondary=theory_arrow_indicator, order_by=(Indicator.name, Indicator.id)
    )


class TheoryYes(Root):
    """Somebody agreed to this version; whether her groups may see her name under it is for her to say."""

    __tablename__ = "theory_yes"

    theory_id: Mapped[UUID] = mapped_column(ForeignKey("theory.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    named: Mapped[bool]
    person: Mapped[Person] = relationship()
