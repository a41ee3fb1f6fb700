"""The tables people sit at: workstreams, the first groups, the steering group; and who sits there as what."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.clock import today
from coprod.core.db import Base
from coprod.people.models import Person, Side
from coprod.programmes.models import Programme


class Kind(StrEnum):
    """What kind of table it is."""

    GROUP = "co-production group"
    STREAM = "workstream"
    STEERING = "steering group"
    GATHERING = "gathering"
    """Groups meet at it once, for an evening or a day."""
    JOINED = "joined group"
    """Groups become one at it, and plan their weeks there like any other."""


class WorkstreamState(StrEnum):
    """Where a workstream has got to."""

    PROPOSED = "proposed"
    PRIORITISED = "prioritised"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class Role(StrEnum):
    """What a member does at this table."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    CHAIR = "chair"


class Seat(StrEnum):
    """Whose place at the table it is."""

    MOTHER = "mother"
    FATHER = "father"
    CARER = "carer"
    MIDWIFE = "specialist midwife"
    MANAGER = "social care manager"
    PRACTITIONER = "practitioner"
    LEADER = "senior leader"
    PUBLIC_HEALTH = "public health"
    HEALTH = "health"
    THIRD_SECTOR = "third sector"
    ACADEMIC = "academic"
    JUDICIARY = "local judiciary"
    LEGAL = "legal practice"
    TEAM = "co-production team"

    @property
    def side(self) -> Side:
        """Answer which of the two sides this seat belongs to."""
        return Side.LIVED if self in LIVED_SEATS else Side.PROFESSIONAL


class Words(StrEnum):
    """What somebody who leaves wants done with what they said: facts already decided on stay, without a name."""

    KEEP = "keep without my name"
    TAKE_OUT = "take out what you can"


class CheckAnswer(StrEnum):
    """What came of a separation check."""

    TOGETHER = "can be together"
    APART = "kept apart"


LIVED_SEATS = {Seat.MOTHER, Seat.FATHER, Seat.CARER}


class Step(StrEnum):
    """Which step of co-production it is: every invitation says so."""

    DECIDE = "you decide with us"
    DESIGN = "you help design"
    VIEW = "you give your view"


class MembershipState(StrEnum):
    """Where somebody stands with a group."""

    INVITED = "invited"
    THINKING = "thinking"
    JOINED = "joined"
    PAUSED = "paused"
    LEFT = "left"


class Workstream(Base):
    """People deciding together on one question."""

    __tablename__ = "workstream"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    kind: Mapped[Kind] = mapped_column(default=Kind.STREAM)
    state: Mapped[WorkstreamState] = mapped_column(default=WorkstreamState.PROPOSED)
    purpose: Mapped[str] = mapped_column(default="")
    neutral_name: Mapped[str] = mapped_column(default="Your group")
    """What members' pages call it where anyone might look: "Tuesday group"."""
    step: Mapped[Step] = mapped_column(default=Step.DECIDE, server_default=Step.DECIDE.value)
    open_ended: Mapped[bool] = mapped_column(default=False)
    lived_experience: Mapped[int | None]
    """How many people with lived experience the public record says sat here."""
    seats: Mapped[list[str]] = mapped_column(default=list)
    open_seats: Mapped[dict[str, int]] = mapped_column(default=dict, server_default="{}")
    """How many more people are looked for, by seat."""
    outputs: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    sources: Mapped[list[str]] = mapped_column(default=list)

    programme: Mapped[Programme] = relationship()
    runs: Mapped[list["Run"]] = relationship(order_by="Run.number", back_populates="workstream")
    memberships: Mapped[list["Membership"]] = relationship(
        order_by="(Membership.role, Membership.id)", back_populates="workstream"
    )


class Run(Base):
    """One stretch of a workstream's life, dated as exactly as the source dates it."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("workstream_id", "number"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int] = mapped_column(default=1)
    began: Mapped[str]
    until: Mapped[str] = mapped_column(default="")
    weeks: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    sources: Mapped[list[str]] = mapped_column(default=list)
    workstream: Mapped[Workstream] = relationship(back_populates="runs")


class Membership(Base):
    """One person's seat at one table."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("workstream_id", "person_id"),)

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    seat: Mapped[Seat]
    role: Mapped[Role] = mapped_column(default=Role.MEMBER)
    state: Mapped[MembershipState] = mapped_column(default=MembershipState.INVITED)
    asked_on: Mapped[date] = mapped_column(default=today, server_default="2020-01-01")
    """The day this place was offered, or offered again: the checks are answered a fixed time after it (P3)."""
    said_yes: Mapped[bool] = mapped_column(default=False, server_default=false())
    """She said yes while the checks were not through: she joins when they are, and is not asked again."""
    wants_a_call: Mapped[bool] = mapped_column(default=False, server_default=false())
    left_on: Mapped[date | None]
    words: Mapped[Words | None]
    workstream: Mapped[Workstream] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()
    separation: Mapped["SeparationCheck | None"] = relationship(
        back_populates="membership", cascade="all, delete-orphan"
    )
    checks: Mapped[list["CaseCheck"]] = relationship(
        primaryjoin="or_(foreign(CaseCheck.professional_id) == Membership.person_id,"
        " foreign(CaseCheck.lived_id) == Membership.person_id)",
        viewonly=True,
        order_by="CaseCheck.id",
    )
    """Every own-case check that was confirmed for this person, at whatever table."""

    @property
    def side(self) -> Side:
        """Answer which side this seat belongs to."""
        return self.seat.side


class CaseCheck(Base):
    """Somebody confirmed that this professional works on no family case of this LE member (domain rule 2)."""

    __tablename__ = "case_check"
    __table_args__ = (
        UniqueConstraint("professional_id", "lived_id"),
        CheckConstraint("professional_id <> lived_id", "is_between_two"),
    )

    professional_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    lived_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    confirmed_on: Mapped[date]
    confirmed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class SeparationRequest(Base):
    """Whom a member cannot be in a room with, in her own words; read only where the check is made (P3)."""

    __tablename__ = "separation_request"
    __table_args__ = (CheckConstraint("length(words) > 0", "words_are_given"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    asked_on: Mapped[date]
    person: Mapped[Person] = relationship()


class SeparationCheck(Base):
    """Somebody looked whether this place can be taken; what was said is not kept (domain rule 3)."""

    __tablename__ = "separation_check"

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"), unique=True)
    answer: Mapped[CheckAnswer]
    checked_on: Mapped[date]
    checked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    membership: Mapped[Membership] = relationship(back_populates="separation")
    checked_by: Mapped[Person] = relationship()
