"""What a group makes: a film, a map, a leaflet; its versions, who tested them, and where it is used."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.files.models import StoredFile
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream


class OutputKind(StrEnum):
    """What kind of thing it is."""

    FILM = "film"
    MAP = "map"
    GUIDE = "guide or leaflet"
    TRAINING = "training"
    REPORT = "report"
    OTHER = "something else"


class OutputState(StrEnum):
    """Where it has got to: developed, tested, refined, launched."""

    IN_DEVELOPMENT = "being developed"
    IN_TEST = "being tested"
    IN_REFINEMENT = "being refined"
    LAUNCHED = "launched"
    RETIRED = "no longer used"


class Output(Base):
    """One thing a group makes."""

    __tablename__ = "output"
    __table_args__ = (UniqueConstraint("workstream_id", "name"), CheckConstraint("length(name) > 0", "name_is_given"))

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    recommendation_id: Mapped[UUID | None] = mapped_column(ForeignKey("recommendation.id"), index=True)
    name: Mapped[str]
    kind: Mapped[OutputKind]
    what_for: Mapped[str] = mapped_column(default="")
    state: Mapped[OutputState] = mapped_column(default=OutputState.IN_DEVELOPMENT)
    edits: Mapped[int] = mapped_column(default=0)
    """How often what it is was written anew; tells two writers that they wrote at once (R4)."""
    launch_planned: Mapped[date | None]
    """For which day the next launch is planned; once it has come, the launch keeps it."""
    workstream: Mapped[Workstream] = relationship()
    recommendation: Mapped[Recommendation | None] = relationship()
    versions: Mapped[list["OutputVersion"]] = relationship(order_by="OutputVersion.number", back_populates="output")
    launches: Mapped[list["Launch"]] = relationship(order_by="Launch.number", back_populates="output")
    uses: Mapped[list["Use"]] = relationship(order_by="(Use.since, Use.id)", back_populates="output")


class OutputVersion(Base):
    """One version of it, and what is new in it; append-only."""

    __tablename__ = "output_version"
    __table_args__ = (UniqueConstraint("output_id", "number"),)

    output_id: Mapped[UUID] = mapped_column(ForeignKey("output.id"))
    number: Mapped[int]
    on: Mapped[date]
    new: Mapped[str]
    """What is new in it."""
    address: Mapped[str] = mapped_column(default="")
    """Where it can be looked at, if that is on the web."""
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    output: Mapped[Output] = relationship(back_populates="versions")
    file: Mapped[StoredFile | None] = relationship()
    trials: Mapped[list["Trial"]] = relationship(order_by="(Trial.on, Trial.id)", back_populates="version")


class Trial(Base):
    """Who tried one version, told without a name ("five parents and two midwives"), and what they found."""

    __tablename__ = "trial"
    __table_args__ = (CheckConstraint("length(who) > 0", "says_who"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("output_version.id"), index=True)
    on: Mapped[date]
    who: Mapped[str]
    found: Mapped[str]
    version: Mapped[OutputVersion] = relationship(back_populates="trials")


class Launch(Base):
    """One day on which it went out; append-only: what was worked on again goes out a second time."""

    __tablename__ = "output_launch"
    __table_args__ = (UniqueConstraint("output_id", "number"),)

    output_id: Mapped[UUID] = mapped_column(ForeignKey("output.id"))
    number: Mapped[int]
    on: Mapped[date]
    planned: Mapped[date | None]
    """The day it was planned for, where there was one."""
    because: Mapped[str] = mapped_column(default="")
    """Why it went out although nobody had tried it."""
    output: Mapped[Output] = relationship(back_populates="launches")


class Use(Base):
    """A place where it is used: "at the booking visit", since when, and until when."""

    __tablename__ = "output_use"
    __table_args__ = (
        CheckConstraint("length(place) > 0", "place_is_given"),
        CheckConstraint("until IS NULL OR until >= since", "ends_after_it_begins"),
    )

    output_id: Mapped[UUID] = mapped_column(ForeignKey("output.id"), index=True)
    place: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    output: Mapped[Output] = relationship(back_populates="uses")
