"""What is owed stays owed when somebody leaves; what was only offered goes, and so does, in time, the rest."""

from uuid import UUID

from sqlalchemy import delete

from coprod.core.clock import now
from coprod.core.db import db
from coprod.payments import queries, rules
from coprod.payments.models import Expense, Payment, PayMethod
from coprod.payments.services.expenses import end_expense
from coprod.payments.services.offers import end, forget
from coprod.people.models import Person
from coprod.workstreams.models import Membership
from coprod.workstreams.services import when_left

_UNTOUCHED = {"synchronize_session": False}


@when_left
def _when_left(membership: Membership, last: bool) -> None:
    """Offers for what is still to come go with the place; what was done is owed, and paid."""
    for payment in queries.withdrawn_on_leaving(membership):
        if rules.is_before(payment, now()):
            forget(payment, by=membership.person)


def end_for(person: Person) -> None:
    """End what is owed to somebody who is erased: nobody can pay it then; the sums stay for the office, unpaid."""
    fees, spent = queries.owed_to(person, now())
    for fee in fees:
        end(fee)
    for expense in spent:
        end_expense(expense)


def forget_method(key: UUID) -> None:
    """Forget how somebody was paid."""
    db.session.execute(delete(PayMethod).where(PayMethod.id == key), execution_options=_UNTOUCHED)


def forget_payment(key: UUID) -> None:
    """Forget one payment and its steps."""
    db.session.delete(db.session.get_one(Payment, key))
    db.session.flush()


def forget_expense(key: UUID) -> None:
    """Forget one expense and its receipt."""
    db.session.execute(delete(Expense).where(Expense.id == key), execution_options=_UNTOUCHED)
