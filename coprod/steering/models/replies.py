"""The replies a steering group owes, and that nothing written is written over."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.steering.models.deciding import Decision


class Reply(Base):
    """What the people who asked were told came of it, and when."""

    __tablename__ = "reply"

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), unique=True)
    words: Mapped[str]
    sent_on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[Decision] = relationship(back_populates="reply")


@event.listens_for(Decision, "before_update")
@event.listens_for(Reply, "before_update")
def _nothing_but_its_state(_: Any, __: Any, written: Decision | Reply) -> None:
    """Stop a decision or a reply from being rewritten: a correction is a new entry beside it (domain rule 26)."""
    facts: Any = inspect(written)
    changed = {name for name in facts.mapper.columns.keys() if facts.attrs[name].history.has_changes()}  # noqa: SIM118 - not a dict
    if changed - {"state"}:
        raise TypeError(f"A {type(written).__name__.lower()} is never edited, only corrected by a new one.")
