"""What a group knows and how: data, research, practice, testimony; and how it was looked for."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.files.models import StoredFile
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class EvidenceKind(StrEnum):
    """What sort of thing it is."""

    LOCAL_DATA = "local data"
    RESEARCH = "research"
    PRACTICE_HERE = "practice here"
    PRACTICE_ELSEWHERE = "practice elsewhere"
    TESTIMONY = "testimony"


class Audience(StrEnum):
    """Who may read a testimony."""

    GROUP = "this group"
    STEERING = "this group and the steering group"
    PARTNERSHIP = "everybody in the partnership"


class TestimonyState(StrEnum):
    """Whether a testimony may still be read."""

    __test__ = False

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    """It was given until a day, and that day is past."""


class Evidence(Base):
    """One thing a group knows; a testimony's words stand here too, and are wiped when it is withdrawn."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("length(title) > 0", "title_is_given"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    kind: Mapped[EvidenceKind]
    title: Mapped[str]
    says: Mapped[str]
    """What it says, in plain words."""
    source: Mapped[str] = mapped_column(default="")
    """Who counted it, wrote it or does it, and where."""
    period: Mapped[str] = mapped_column(default="")
    """For which time it was counted, or in which year it was written."""
    address: Mapped[str] = mapped_column(default="")
    """Where it can be read, if it stands on the web."""
    content_note: Mapped[str] = mapped_column(default="")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    added_on: Mapped[date]
    workstream: Mapped[Workstream] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    testimony: Mapped["Testimony | None"] = relationship(back_populates="evidence")


class Testimony(Base):
    """Who may read somebody's own words, until when, and whether they still may."""

    __test__ = False
    __tablename__ = "testimony"
    __table_args__ = (UniqueConstraint("evidence_id"),)

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Whose words they are: shown to nobody, needed so that she can withdraw them; nobody once they are withdrawn."""
    audience: Mapped[Audience] = mapped_column(default=Audience.GROUP)
    until: Mapped[date | None]
    state: Mapped[TestimonyState] = mapped_column(default=TestimonyState.GIVEN)
    withdrawn_on: Mapped[date | None]
    evidence: Mapped[Evidence] = relationship(back_populates="testimony")
    person: Mapped[Person | None] = relationship()


class ReviewState(StrEnum):
    """Whether a group is still looking."""

    LOOKING = "looking"
    CONCLUDED = "concluded"


class Review(Base):
    """A rapid evidence review: one question, where was looked, what was found and what was left out, and why."""

    __tablename__ = "evidence_review"

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    question: Mapped[str]
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.LOOKING)
    begun_on: Mapped[date]
    concluded_on: Mapped[date | None]
    conclusion: Mapped[str] = mapped_column(default="")
    workstream: Mapped[Workstream] = relationship()
    searches: Mapped[list["Search"]] = relationship(order_by="Search.number", back_populates="review")
    finds: Mapped[list["Find"]] = relationship(order_by="Find.number", back_populates="review")


class Search(Base):
    """One place that was searched, with which words, and how much came up."""

    __tablename__ = "evidence_search"
    __table_args__ = (UniqueConstraint("review_id", "number"), CheckConstraint("found >= 0", "found_counts"))

    review_id: Mapped[UUID] = mapped_column(ForeignKey("evidence_review.id"))
    number: Mapped[int]
    where: Mapped[str]
    words: Mapped[str]
    found: Mapped[int]
    on: Mapped[date]
    review: Mapped[Review] = relationship(back_populates="searches")


class FindState(StrEnum):
    """Whether something found is used."""

    TO_SIFT = "to be looked at"
    INCLUDED = "included"
    LEFT_OUT = "left out"


class Find(Base):
    """One thing a search brought up, whether it is used, and why."""

    __tablename__ = "evidence_find"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    review_id: Mapped[UUID] = mapped_column(ForeignKey("evidence_review.id"))
    number: Mapped[int]
    title: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    state: Mapped[FindState] = mapped_column(default=FindState.TO_SIFT)
    why: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """What it became in the library, once it is included."""
    review: Mapped[Review] = relationship(back_populates="finds")
    evidence: Mapped[Evidence | None] = relationship()
