"""What is to be paid and what was, for the payments officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.payments import rules
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayMethod, PayWay
from coprod.payments.queries.loading import by_pay_day, whole_expenses, whole_payments
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.programmes.queries import programme_here
from coprod.workstreams.models import Role
from coprod.workstreams.queries import memberships_of

PAID_LATELY = timedelta(days=366)


@dataclass(frozen=True)
class Till:
    """What the payments officer sees: fees and expenses apart, each to pay, lately paid, and ended unpaid."""

    fees: Sequence[Payment]
    fees_paid: Sequence[Payment]
    expenses: Sequence[Expense]
    expenses_paid: Sequence[Expense]
    fees_ended: Sequence[Payment]
    expenses_ended: Sequence[Expense]
    ways: dict[UUID, PayWay]


def programme_paid_by(person: Person) -> Programme:
    """Answer the programme whose payments officer this person is; for everybody else there is none."""
    programme = programme_here()
    if programme is None or not rules.pays_for(person, programme):
        raise NoResultFound
    return programme


def runs_a_group(person: Person) -> bool:
    """Answer whether this person runs any group now."""
    return any(seat.role == Role.FACILITATOR for seat in memberships_of(person))


def till(today: date, *people: UUID) -> Till:
    """Lay out what is to be paid and what was paid in the last year, to everybody or to these people."""
    fees = _fees(Payment.state == PaymentState.APPROVED, people)
    paid = _fees(_settled_lately(PaymentState.PAID, today), people)
    expenses = _spent(Expense.state == ExpenseState.APPROVED, people)
    expenses_paid = _spent(_given_back_lately(today), people)
    everybody = {fee.person_id for fee in (*fees, *paid)} | {spent.person_id for spent in (*expenses, *expenses_paid)}
    ended = _fees(_settled_lately(PaymentState.ENDED, today), people)
    expenses_ended = _spent(Expense.ended_on >= today - PAID_LATELY, people)
    return Till(fees, paid, expenses, expenses_paid, ended, expenses_ended, _ways(everybody))


def _settled_lately(state: PaymentState, today: date) -> ColumnElement[bool]:
    last = PaymentStep.payment_id == Payment.id, PaymentStep.state == state
    return and_(Payment.state == state, exists().where(*last, PaymentStep.on >= today - PAID_LATELY))


def _given_back_lately(today: date) -> ColumnElement[bool]:
    return and_(Expense.state == ExpenseState.PAID, Expense.paid_on >= today - PAID_LATELY)


def _fees(which: ColumnElement[bool], people: Sequence[UUID]) -> Sequence[Payment]:
    return by_pay_day(which, *([Payment.person_id.in_(people)] if people else []))


def _spent(which: ColumnElement[bool], people: Sequence[UUID]) -> Sequence[Expense]:
    found = whole_expenses().where(which, *([Expense.person_id.in_(people)] if people else []))
    return db.session.scalars(found.order_by(Expense.spent_on, Expense.id)).all()


def _ways(people: set[UUID]) -> dict[UUID, PayWay]:
    said = select(PayMethod.person_id, PayMethod.way).where(PayMethod.person_id.in_(people))
    return {row.person_id: row.way for row in db.session.execute(said.order_by(PayMethod.person_id))}


def one_payee(key: UUID, today: date) -> Person:
    """Find somebody who is to be paid, or was lately; anybody else is not there."""
    fees = or_(Payment.state == PaymentState.APPROVED, _settled_lately(PaymentState.PAID, today))
    spent = or_(Expense.state == ExpenseState.APPROVED, _given_back_lately(today))
    in_the_till = (
        exists().where(Payment.person_id == Person.id, fees),
        exists().where(Expense.person_id == Person.id, spent),
    )
    return db.session.scalars(select(Person).where(Person.id == key, or_(*in_the_till))).one()


def one_to_pay(key: UUID) -> Payment:
    """Find one payment that is approved or paid, for the payments officer."""
    ready = Payment.state.in_((PaymentState.APPROVED, PaymentState.PAID))
    return db.session.scalars(whole_payments().where(Payment.id == key, ready)).one()


def one_expense_to_pay(key: UUID) -> Expense:
    """Find one expense that is approved or paid, for the payments officer."""
    ready = Expense.state.in_((ExpenseState.APPROVED, ExpenseState.PAID))
    return db.session.scalars(whole_expenses().where(Expense.id == key, ready)).one()
