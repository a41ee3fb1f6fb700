"""What a member was offered, what she spent, and how she is paid (P1)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select

from coprod.core.db import db
from coprod.cycles import queries as cycles
from coprod.cycles.models import Session
from coprod.cycles.rules.evening import CardPart
from coprod.payments import rules
from coprod.payments.models import Expense, Payment, PaymentState, PayMethod
from coprod.payments.queries.loading import whole_expenses, whole_payments
from coprod.payments.queries.tasks import came_to_nothing, promises, task_day
from coprod.payments.rules import card
from coprod.people.models import Person, SignedIn
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import memberships_of


def payments_of(person: Person) -> Sequence[Payment]:
    """List what this person was offered, the next task first, what is over last."""
    return db.session.scalars(
        whole_payments().where(Payment.person_id == person.id).order_by(task_day.desc(), Payment.id)
    ).all()


def one_offered_to(person: Person, key: UUID) -> Payment:
    """Find one payment that was offered to this person; another's is not there."""
    return db.session.scalars(whole_payments().where(Payment.id == key, Payment.person_id == person.id)).one()


def to_answer(person: Person, now: datetime) -> list[Payment]:
    """List the offers that wait for this person's answer."""
    waiting = whole_payments().where(
        Payment.person_id == person.id, Payment.state == PaymentState.OFFERED, ~came_to_nothing()
    )
    found = db.session.scalars(waiting.order_by(task_day, Payment.id))
    return [payment for payment in found if rules.is_before(payment, now)]


@cycles.on_the_card
def on_the_card(person: Person, session: Session, _: datetime) -> CardPart:
    """Say on the card of a session what its reader was offered for coming."""
    hers = Payment.person_id == person.id, Payment.session_id == session.id
    found = db.session.scalars(select(Payment).where(*hers).order_by(Payment.what, Payment.id)).all()
    by = promises(found)
    facts = [card.on_the_card(payment, by[payment.id]) for payment in found]
    return CardPart(tuple(fact for fact in facts if fact))


def expenses_of(person: Person) -> Sequence[Expense]:
    """List what this person spent, the latest first."""
    mine = whole_expenses().where(Expense.person_id == person.id)
    return db.session.scalars(mine.order_by(Expense.spent_on.desc(), Expense.id)).all()


def one_spent_by(person: Person, key: UUID) -> Expense:
    """Find one expense of this person."""
    return db.session.scalars(whole_expenses().where(Expense.id == key, Expense.person_id == person.id)).one()


def method_of(person: Person) -> PayMethod | None:
    """Answer how this person wants to be paid."""
    return db.session.scalars(select(PayMethod).where(PayMethod.person_id == person.id)).one_or_none()


def groups_of(person: Person) -> list[Workstream]:
    """List the groups this person sits in now: what was spent belongs to one of them."""
    return [seat.workstream for seat in memberships_of(person)]


def may_be_paid(person: Person) -> bool:
    """Answer whether there is anything here for this person: a member who sits in a group, or is owed something."""
    fees, spent = exists().where(Payment.person_id == person.id), exists().where(Expense.person_id == person.id)
    return person.is_lived and (bool(groups_of(person)) or bool(db.session.scalar(select(or_(fees, spent)))))


def how_signed_in(key: UUID) -> SignedIn:
    """Find the session somebody is in: how it began, and when."""
    return db.session.scalars(select(SignedIn).where(SignedIn.id == key)).one()
