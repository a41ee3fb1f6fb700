"""The working-together agreement: a group's ground rules, in versions."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
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
    workstream: Mapped[Workstream] = relationship()
