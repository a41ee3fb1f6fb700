"""Votes: a roll fixed at opening, one sealed envelope a person, one count; or piles of paper; or hands (B1-B16)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.people.models import Side
from coprod.principles.models import Priority
from coprod.workstreams.models import Workstream


class PollState(StrEnum):
    """Where a vote has got to."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    ASKED = "asked in the room"
    VOID = "void"


class Kind(StrEnum):
    """How people answer."""

    TEMPERATURE = "temperature"
    CONSENT = "consent"
    PICK = "pick"
    STATEMENTS = "statements"
    HANDS = "show of hands"


class Rule(StrEnum):
    """What it takes for a temperature or a consent vote to end in "agreed" (domain section 6)."""

    SIMPLE = "more than half"
    TWO_THIRDS = "two thirds"
    BOTH_SIDES = "both sides"
    PARENTS_AND_ALL = "parents and the whole group"


class Quorum(StrEnum):
    """How much of the roll must answer for there to be a result."""

    HALF = "half"
    TWO_THIRDS = "two thirds"
    THREE_QUARTERS = "three quarters"


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
    COUNTED = "counted"
    """Several things were voted on together, and each has an answer of its own."""


class Standing(StrEnum):
    """What became of one of several things that were voted on together."""

    CHOSEN = "chosen"
    TIED = "tied"
    NOT_CHOSEN = "not chosen"
    SHARED = "shared"
    PARTED = "parted"
    OPEN = "open"


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
    kind: Mapped[Kind] = mapped_column(default=Kind.TEMPERATURE)
    on_paper: Mapped[bool] = mapped_column(default=False)
    """On paper for the whole roll, or online for the whole roll (B16)."""
    most: Mapped[int] = mapped_column(default=1)
    """How many things one person may pick, where things are picked."""
    rule: Mapped[Rule] = mapped_column(default=Rule.PARENTS_AND_ALL)
    quorum: Mapped[Quorum] = mapped_column(default=Quorum.HALF)
    left_out: Mapped[int] = mapped_column(default=0)
    """How many people who could have been on the roll were left off it; printed on the ballot."""
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
    options: Mapped[list["PollOption"]] = relationship(order_by="PollOption.number", back_populates="poll")


class PollOption(Root):
    """One of several things that are voted on together: in its own words, which nobody changes afterwards."""

    __tablename__ = "poll_option"
    __table_args__ = (CheckConstraint("number > 0", "number_counts"),)

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str]
    priority_id: Mapped[UUID | None] = mapped_column(ForeignKey("priority.id"), index=True)
    """The priority these words stand for, if they stand for one."""
    poll: Mapped[Poll] = relationship(back_populates="options")
    priority: Mapped[Priority | None] = relationship()
    line: Mapped["ResultLine | None"] = relationship(back_populates="option")


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
    room_said_yes: Mapped[bool | None]
    """What the people with lived experience answered when asked in the room, together; kept as one answer."""
    asked_on: Mapped[date | None]
    minority_view: Mapped[str] = mapped_column(default="")
    """What those who were not for it want to be read wherever the result is read, in the group's words."""
    lost_worries: Mapped[int] = mapped_column(default=0)
    """How many sealed worries could not be opened; the count goes on without them."""
    poll: Mapped[Poll] = relationship(back_populates="result")


class ResultLine(Root):
    """What may be published of one of several things that were voted on together, written once, from sums alone."""

    __tablename__ = "result_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["poll_id", "number"], ["poll_option.poll_id", "poll_option.number"], name="fk_result_line_poll_option"
        ),
    )

    poll_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rank: Mapped[int]
    """Its place, from 1; things that are tied share one."""
    standing: Mapped[Standing]
    reason: Mapped[str]
    """In plain words why it stands there."""
    lived: Mapped[str] = mapped_column(default="")
    professionals: Mapped[str] = mapped_column(default="")
    is_settled: Mapped[bool] = mapped_column(default=False)
    """A tie the group has settled by talking: the standing is the group's word, no longer the count's."""
    option: Mapped[PollOption] = relationship(back_populates="line")


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


class PaperCount(Root):
    """What one of two people counted in the box of a vote on paper: sealed till the two are compared (B16)."""

    __tablename__ = "paper_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    sealed: Mapped[bytes]
