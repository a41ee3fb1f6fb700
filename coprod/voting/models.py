"""Secret votes: a roll fixed at opening, one sealed envelope a person, one count (B1-B13)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.people.models import Side
from coprod.workstreams.models import Workstream


class PollState(StrEnum):
    """Where a vote has got to."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    ASKED = "asked in the room"
    VOID = "void"


class Shown(StrEnum):
    """What a result will show of one side, fixed from the roll's sizes when the vote opens (B12)."""

    NOTHING = "nothing"
    WORD = "one word"
    COUNTS = "counts"


class Outcome(StrEnum):
    """The result of a vote, in the words a member can repeat."""

    AGREED = "agreed"
    NEEDS_TALK = "needs more talk"
    NOT_AGREED = "not agreed"
    NO_RESULT = "no result"
    ASK_THE_ROOM = "to be asked in the room"


class WorryState(StrEnum):
    """Where a worry has got to."""

    RAISED = "raised"
    TALKED_ABOUT = "talked about"
    ANSWERED = "answered"
    CARRIED_FORWARD = "carried forward"


class Poll(Base):
    """One question put to the vote. Nothing on it changes while people answer (B7)."""

    __tablename__ = "poll"
    __table_args__ = (
        CheckConstraint("(state = 'draft') OR (public_key IS NOT NULL) OR (state = 'void')", "open_polls_have_a_key"),
        CheckConstraint("lived_on_roll >= 0 AND professionals_on_roll >= 0", "roll_sizes_count"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    question: Mapped[str]
    state: Mapped[PollState] = mapped_column(default=PollState.DRAFT)
    opened_on: Mapped[date | None]
    closes_at: Mapped[datetime | None]
    counted_on: Mapped[date | None]
    public_key: Mapped[bytes | None]
    lived_on_roll: Mapped[int] = mapped_column(default=0)
    professionals_on_roll: Mapped[int] = mapped_column(default=0)
    shown_of_lived: Mapped[Shown] = mapped_column(default=Shown.NOTHING)
    shown_of_professionals: Mapped[Shown] = mapped_column(default=Shown.NOTHING)
    workstream: Mapped[Workstream] = relationship()
    result: Mapped["Result | None"] = relationship(back_populates="poll")
    worries: Mapped[list["Worry"]] = relationship(order_by="Worry.id", back_populates="poll")


class RollEntry(Root):
    """One person who may answer, fixed when the vote opens (B1)."""

    __tablename__ = "roll_entry"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    side: Mapped[Side]


class Envelope(Root):
    """One person's sealed answer: no time, no counter, no order, the same size for every choice (B2, B3)."""

    __tablename__ = "envelope"
    __table_args__ = (
        ForeignKeyConstraint(
            ["poll_id", "person_id"], ["roll_entry.poll_id", "roll_entry.person_id"], name="fk_envelope_roll_entry"
        ),
        {"sqlite_with_rowid": False},
    )

    poll_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]


class Result(Root):
    """What may be published of one vote, written once; every output uses this form (B5, O10)."""

    __tablename__ = "result"

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    outcome: Mapped[Outcome]
    reason: Mapped[str]
    lived: Mapped[str] = mapped_column(default="")
    professionals: Mapped[str] = mapped_column(default="")
    """What may be shown of a side: nothing, "Most for", or counts in words."""
    poll: Mapped[Poll] = relationship(back_populates="result")


class SealedWorry(Base):
    """Something somebody wants the group to know, sealed until the count so that no order or time betrays who."""

    __tablename__ = "sealed_worry"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), index=True)
    sealed: Mapped[bytes]


class Worry(Base):
    """Something somebody wanted the group to know, tied to no answer and to nobody (B10, P5); written at the count."""

    __tablename__ = "worry"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), index=True)
    words: Mapped[str]
    state: Mapped[WorryState] = mapped_column(default=WorryState.RAISED)
    answer: Mapped[str] = mapped_column(default="")
    poll: Mapped[Poll] = relationship(back_populates="worries")
