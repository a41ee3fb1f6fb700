"""What is owed to somebody who goes, and what is let go of in its time."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from coprod.core.db import db
from coprod.payments import rules
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayMethod
from coprod.payments.queries.loading import whole_expenses, whole_payments
from coprod.payments.queries.tasks import SAID_YES, came_to_nothing, is_owed, task_day
from coprod.payments.rules.offers import ANSWERABLE, OWED
from coprod.people.models import Person
from coprod.workstreams.models import Membership

OPEN_EXPENSES = (ExpenseState.CLAIMED, ExpenseState.APPROVED)


def withdrawn_on_leaving(membership: Membership) -> Sequence[Payment]:
    """List what was offered to somebody in a group she leaves, and is not owed: the caller asks what has begun."""
    hers = Payment.person_id == membership.person_id, Payment.workstream_id == membership.workstream_id
    found = whole_payments().where(*hers, Payment.state.in_(ANSWERABLE))
    return db.session.scalars(found.order_by(Payment.id)).all()


def owed_to(person: Person, now: datetime) -> tuple[list[Payment], list[Expense]]:
    """List what somebody is owed now, each by itself: thank-yous whose task has begun, and what she spent."""
    fees = whole_payments().where(Payment.person_id == person.id, is_owed()).order_by(Payment.id)
    spent = (
        whole_expenses().where(Expense.person_id == person.id, Expense.state.in_(OPEN_EXPENSES)).order_by(Expense.id)
    )
    begun = [fee for fee in db.session.scalars(fees) if rules.has_begun(fee, now)]
    return begun, list(db.session.scalars(spent))


def is_owed_anything(person_id: UUID) -> ColumnElement[bool]:
    """Say whether money is still on its way to somebody, as a condition; an offer she did not say yes to is none."""
    fees = exists().where(Payment.person_id == person_id, is_owed())
    return or_(fees, exists().where(Expense.person_id == person_id, Expense.state.in_(OPEN_EXPENSES)))


def unneeded_methods(until: date) -> list[UUID]:
    """List who told us how to be paid and is owed nothing, and was owed or paid nothing since this day."""
    hers = PaymentStep.payment_id == Payment.id, Payment.person_id == PayMethod.person_id
    money = PaymentStep.state.in_({*OWED, PaymentState.PAID})
    lately_paid = exists().where(*hers, money, PaymentStep.on > until)
    lately_spent = exists().where(Expense.person_id == PayMethod.person_id, Expense.paid_on > until)
    still = is_owed_anything(PayMethod.person_id)  # type: ignore[arg-type]
    over = select(PayMethod.id).where(PayMethod.changed_on <= until, ~still, ~lately_paid, ~lately_spent)
    return list(db.session.scalars(over.order_by(PayMethod.id)))


def unneeded_offers(until: date) -> list[UUID]:
    """List the offers that came to nothing, whose task was by this day."""
    unwanted = Payment.state.in_((PaymentState.OFFERED, PaymentState.DECLINED))
    nothing = or_(unwanted, and_(SAID_YES, came_to_nothing()))
    return list(db.session.scalars(select(Payment.id).where(nothing, task_day <= until).order_by(Payment.id)))


def settled_by(until: date) -> list[UUID]:
    """List what was paid, or ended, by this day."""
    last = PaymentStep.payment_id == Payment.id, PaymentStep.state == Payment.state, PaymentStep.on <= until
    over = select(Payment.id).where(Payment.state.in_((PaymentState.PAID, PaymentState.ENDED)), exists().where(*last))
    return list(db.session.scalars(over.order_by(Payment.id)))


def expenses_settled_by(until: date) -> list[UUID]:
    """List the expenses that were given back, or ended, by this day."""
    over = select(Expense.id).where(func.coalesce(Expense.paid_on, Expense.ended_on) <= until)
    return list(db.session.scalars(over.order_by(Expense.id)))
