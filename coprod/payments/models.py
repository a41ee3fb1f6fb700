"""Thank-you payments and expenses: offered first, answered freely, paid on the day that was said (domain rule 27)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from coprod.core.db import Base
from coprod.cycles.models import Session
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


class PaymentState(StrEnum):
    """Where a thank-you payment has got to."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    PART = "part"
    DECLINED = "declined"
    DUE = "due"
    APPROVED = "approved"
    PAID = "paid"
    ENDED = "ended"
    """Never paid, because whom it was for had herself erased."""


class ExpenseState(StrEnum):
    """Where an expense has got to."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    PAID = "paid"
    ENDED = "ended"


class Payment(Base):
    """One thank-you payment, offered in writing before the task."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("pence > 0", "pence_count"),
        CheckConstraint("accepted_pence IS NULL OR accepted_pence BETWEEN 0 AND pence", "accepted_is_at_most_all"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"), index=True)
    what: Mapped[str]
    """What it is for, in the words she reads: coming to a session, speaking at a meeting."""
    pence: Mapped[int]
    task_on: Mapped[date]
    pay_on: Mapped[date | None]
    """The day somebody chose for the money; where nobody did, or the task moved past it, the task's day tells."""
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.OFFERED)
    asks_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    """She wants to ask somebody first; the offer waits."""
    accepted_pence: Mapped[int | None]
    person: Mapped[Person] = relationship()
    workstream: Mapped[Workstream] = relationship()
    session: Mapped[Session | None] = relationship()
    steps: Mapped[list["PaymentStep"]] = relationship(
        order_by="PaymentStep.number", back_populates="payment", cascade="all, delete-orphan"
    )

    @property
    def day(self) -> date:
        """Answer the day of the task: a session that was moved takes it along."""
        return self.session.on if self.session else self.task_on


class PaymentStep(Base):
    """One dated state a payment has been in; append-only."""

    __tablename__ = "payment_step"
    __table_args__ = (UniqueConstraint("payment_id", "number"),)

    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[PaymentState]
    on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Who made it so: whoever says it is done does not approve it, and whoever approves it does not pay it."""
    payment: Mapped[Payment] = relationship(back_populates="steps")
    by: Mapped[Person] = relationship()


class Expense(Base):
    """Money somebody spent to come, given back; never one sum with a thank-you."""

    __tablename__ = "expense"
    __table_args__ = (
        CheckConstraint("pence > 0", "pence_count"),
        CheckConstraint("(approved_on IS NULL) = (approved_by_id IS NULL)", "approved_by_somebody"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    what: Mapped[str]
    pence: Mapped[int]
    spent_on: Mapped[date]
    state: Mapped[ExpenseState] = mapped_column(default=ExpenseState.CLAIMED)
    receipt: Mapped[bytes | None] = mapped_column(deferred=True)
    """A picture of the receipt, made anew here so that it says nothing of where it was taken (O6)."""
    has_picture: Mapped[bool] = column_property(receipt.is_not(None))
    on_paper: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The receipt is handed in on paper."""
    claimed_on: Mapped[date]
    claimed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    paid_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    workstream: Mapped[Workstream] = relationship()


class PayWay(StrEnum):
    """How somebody wants to be paid."""

    BANK = "into a bank account"
    VOUCHER = "with a voucher"
    CASH = "in cash"


class PayMethod(Base):
    """How one person wants to be paid; bank details are sealed with a key that lies outside the database."""

    __tablename__ = "pay_method"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    way: Mapped[PayWay]
    sealed: Mapped[bytes | None]
    changed_on: Mapped[date]
    person: Mapped[Person] = relationship()
