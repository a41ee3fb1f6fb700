"""An action log from elsewhere on its way in: its cells, which column means what, and what became of each row."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.actions.models import Action
from coprod.core.db import Base
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class ImportState(StrEnum):
    """Where an import has got to."""

    READ = "read"
    MATCHED = "matched"
    BROUGHT_IN = "brought in"
    DROPPED = "dropped"


class Import(Base):
    """One sheet somebody brought; its cells are kept until it is brought in or dropped, a week at most."""

    __tablename__ = "action_import"

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]
    name: Mapped[str]
    """The name of the file and of its sheet."""
    others: Mapped[list[Any]] = mapped_column(default=list)
    """The names of the sheets of that file that were not read."""
    state: Mapped[ImportState] = mapped_column(default=ImportState.READ)
    cells: Mapped[list[Any]] = mapped_column(default=list)
    """Rows as they were read, each with its number; empty once it is done."""
    faults: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Which cells say nothing that can be used, and why, by the cell's name; empty once it is done."""
    head: Mapped[int] = mapped_column(default=1)
    """The number of the row the headings stand in."""
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Which part of an action each column holds, by the column's letter."""
    owners: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Who is meant by a name that nobody here goes by: the person's key; empty once it is done."""
    report: Mapped[list[Any]] = mapped_column(default=list)
    """What became of each row: its number, what was done, and for a refused one the cell and the reason."""
    workstream: Mapped[Workstream] = relationship()
    by: Mapped[Person] = relationship()


class BroughtIn(Base):
    """Which row of a sheet an action came from, so that bringing it in again adds nothing; a row has two fingerprints.

    One is of what stands there, which nobody who comes or goes can change; one names the person who is meant, however
    the row spells it.
    """

    __tablename__ = "brought_in"
    __table_args__ = (
        UniqueConstraint("workstream_id", "fingerprint"),
        CheckConstraint("length(fingerprint) = 64", "fingerprint_is_whole"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    fingerprint: Mapped[str]
    """A hash of what is to be done, whose and by when; spaces, case and the way of writing a date do not change it."""
    import_id: Mapped[UUID] = mapped_column(ForeignKey("action_import.id"), index=True)
    action: Mapped[Action] = relationship()
