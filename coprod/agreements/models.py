"""The working-together agreement: a group's ground rules, in versions."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class AgreementState(StrEnum):
    """Where a version of the agreement has got to."""

    DRAFT = "draft"
    DISCUSSED = "discussed"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class Agreement(Base):
    """One version of how a group works together; nobody sees who asked for a change."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("workstream_id", "number"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int]
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.DRAFT)
    words: Mapped[dict[str, str]] = mapped_column(default=dict)
    """The group's words under each heading."""
    changed: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    """The last day on which the group looked at it again and left it as it is."""
    workstream: Mapped[Workstream] = relationship()


class AgreementYes(Root):
    """One member is OK with this version."""

    __tablename__ = "agreement_yes"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    person: Mapped[Person] = relationship()


class ChangeState(StrEnum):
    """Where a wish to change the agreement has got to."""

    ASKED = "asked"
    TAKEN = "taken"
    TALKED_ABOUT = "talked about"


class ChangeAsked(Base):
    """Somebody would like this version changed; who, and when, is kept nowhere."""

    __tablename__ = "change_asked"
    __table_args__ = (
        CheckConstraint("length(words) > 0", "words_are_given"),
        CheckConstraint("(state = 'taken') = (taken_into_id IS NOT NULL)", "taken_into_a_version"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.ASKED)
    taken_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), index=True)
    """The version it was taken into, and under which heading."""
    heading: Mapped[str] = mapped_column(default="")
    agreement: Mapped[Agreement] = relationship(foreign_keys=[agreement_id])


class BreachState(StrEnum):
    """Where a breach note has got to."""

    SENT = "sent"
    SEEN_TO = "seen to"


class BreachNote(Base):
    """Something went against the agreement: for the facilitators of the group alone."""

    __tablename__ = "breach_note"
    __table_args__ = (
        CheckConstraint("length(words) > 0", "words_are_given"),
        CheckConstraint("(state = 'seen to') = (seen_to_on IS NOT NULL)", "seen_to_on_a_day"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    """Who wrote it, where she wants the facilitator to know."""
    words: Mapped[str]
    state: Mapped[BreachState] = mapped_column(default=BreachState.SENT)
    sent_on: Mapped[date]
    seen_to_on: Mapped[date | None]
    workstream: Mapped[Workstream] = relationship()
    person: Mapped[Person | None] = relationship()
