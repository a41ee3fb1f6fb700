"""The tables people sit at: workstreams, the first groups, the steering group; and who sits there as what."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person, Side
from coprod.programmes.models import Programme


class Kind(StrEnum):
    """What kind of table it is."""

    GROUP = "co-production group"
    STREAM = "workstream"
    STEERING = "steering group"


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


LIVED_SEATS = {Seat.MOTHER, Seat.FATHER, Seat.CARER}


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
    open_ended: Mapped[bool] = mapped_column(default=False)
    lived_experience: Mapped[int | None]
    """How many people with lived experience the public record says sat here."""
    seats: Mapped[list[str]] = mapped_column(default=list)
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
    workstream: Mapped[Workstream] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()
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
