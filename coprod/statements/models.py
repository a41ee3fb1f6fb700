"""What people say in one short sentence, and the themes a group sorts it into."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.voting.models import PollOption
from coprod.workstreams.models import Workstream


class StatementState(StrEnum):
    """Whether a statement is with the others."""

    HEARD = "heard"
    SET_ASIDE = "set aside"


class Theme(Base):
    """What several statements have in common, in the group's words."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("workstream_id", "number"), CheckConstraint("length(name) > 0", "name_is_given"))

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int]
    name: Mapped[str]
    workstream: Mapped[Workstream] = relationship()
    statements: Mapped[list["Statement"]] = relationship(order_by="Statement.id", back_populates="theme")


class Statement(Base):
    """One short sentence somebody said: by nobody, at no time, in the order of random keys (P4, P5)."""

    __tablename__ = "statement"
    __table_args__ = (CheckConstraint("length(words) > 0", "words_are_given"), {"sqlite_with_rowid": False})

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    words: Mapped[str]
    state: Mapped[StatementState] = mapped_column(default=StatementState.HEARD)
    why_set_aside: Mapped[str] = mapped_column(default="")
    workstream: Mapped[Workstream] = relationship()
    theme: Mapped[Theme | None] = relationship(back_populates="statements")


class Asked(Root):
    """Which option of which vote a statement was, when the group was asked whether it agrees."""

    __tablename__ = "asked_statement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["poll_id", "number"], ["poll_option.poll_id", "poll_option.number"], name="fk_asked_statement_poll_option"
        ),
    )

    poll_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id"), index=True)
    statement: Mapped[Statement] = relationship()
    option: Mapped[PollOption] = relationship()
