"""Payments and expenses with all that a rule asks of them, in a fixed number of statements."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.payments.models import Expense, Payment, PaymentStep
from coprod.payments.queries.tasks import pay_days
from coprod.programmes.models import Programme
from coprod.workstreams.models import Workstream


def whole_payments() -> Select[Payment]:
    """Whatever a rule asks about a payment comes with it, in a fixed number of statements."""
    return select(Payment).options(
        joinedload(Payment.person),
        joinedload(Payment.session),
        joinedload(Payment.workstream).joinedload(Workstream.programme).joinedload(Programme.payments_officer),
        joinedload(Payment.workstream).selectinload(Workstream.memberships),
        selectinload(Payment.steps).joinedload(PaymentStep.by),
    )


def whole_expenses() -> Select[Expense]:
    """Whatever a rule asks about an expense comes with it, too."""
    return select(Expense).options(
        joinedload(Expense.person),
        joinedload(Expense.workstream).joinedload(Workstream.programme).joinedload(Programme.payments_officer),
        joinedload(Expense.workstream).selectinload(Workstream.memberships),
    )


def by_pay_day(*which: ColumnElement[bool]) -> list[Payment]:
    """List these payments, the one to be paid first before the others."""
    found = db.session.scalars(whole_payments().where(*which).order_by(Payment.id)).all()
    by = pay_days(found)
    return sorted(found, key=lambda payment: by[payment.id])
