"""The payments and expenses of a group, for who runs it; and what waits for a second person."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.payments import rules
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState
from coprod.payments.queries.loading import by_pay_day, whole_expenses, whole_payments
from coprod.payments.queries.tasks import task_day
from coprod.people.models import Person
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import is_facilitator


def run_by(person: Person, key: UUID) -> Workstream:
    """Answer a group this person runs; for everybody else there is no such page."""
    stream = one_seen_by(person, key)
    if not is_facilitator(person, stream):
        raise NoResultFound
    return stream


def offers_in(stream: Workstream) -> Sequence[Payment]:
    """List what was offered in a group, the latest task first."""
    inside = whole_payments().where(Payment.workstream_id == stream.id)
    return db.session.scalars(inside.order_by(task_day.desc(), Payment.id)).all()


def claims_in(stream: Workstream) -> Sequence[Expense]:
    """List what was spent to come to a group, the latest first."""
    inside = whole_expenses().where(Expense.workstream_id == stream.id)
    return db.session.scalars(inside.order_by(Expense.spent_on.desc(), Expense.id)).all()


def sessions_to_come(stream: Workstream, now: datetime) -> Sequence[Session]:
    """List the sessions of a group that are still to begin, the next first."""
    coming = select(Session).join(Session.cycle).where(Cycle.workstream_id == stream.id, Session.begins > now)
    open_ones = coming.where(Session.state != SessionState.CANCELLED)
    return db.session.scalars(open_ones.order_by(Session.begins, Session.id)).all()


def has_offer(person: Person, session: Session | None, task_on: date, what: str) -> bool:
    """Answer whether this person was offered just this already."""
    alone = Payment.session_id.is_(None) & (Payment.task_on == task_on)
    task = Payment.session_id == session.id if session else alone
    same = exists().where(Payment.person_id == person.id, task, Payment.what == what)
    return bool(db.session.scalar(select(same)))


def _kept_by(person: Person) -> ColumnElement[bool]:
    """A group this person runs, or any for a programme admin: who approves."""
    runs = exists().where(
        Membership.workstream_id == Workstream.id,
        Membership.person_id == person.id,
        Membership.role == Role.FACILITATOR,
        Membership.state == MembershipState.JOINED,
    )
    return Workstream.id.is_not(None) if person.is_admin else runs


def one_kept_by(person: Person, key: UUID) -> Payment:
    """Find one payment of a group this person runs; a programme admin finds it once there is something to approve."""
    found = whole_payments().join(Payment.workstream).where(Payment.id == key, _kept_by(person))
    payment = db.session.scalars(found).one()
    if payment.state != PaymentState.DUE and not is_facilitator(person, payment.workstream):
        raise NoResultFound
    return payment


def one_expense_kept_by(person: Person, key: UUID) -> Expense:
    """Find one expense of a group this person runs, or any for a programme admin."""
    return db.session.scalars(
        whole_expenses().join(Expense.workstream).where(Expense.id == key, _kept_by(person))
    ).one()


def one_with_receipt(person: Person, key: UUID) -> Expense:
    """Find one expense whose receipt this person may see."""
    mine = Expense.person_id == person.id
    expense = db.session.scalars(
        whole_expenses().join(Expense.workstream).where(Expense.id == key, or_(mine, _kept_by(person)))
    ).one()
    if not (expense.has_picture and rules.may_see_receipt(person, expense)):
        raise NoResultFound
    return expense


def to_approve(person: Person) -> tuple[Sequence[Payment], Sequence[Expense]]:
    """List what waits to be approved anywhere, for programme admins; to everybody else there is no such list."""
    if not person.is_admin:
        raise NoResultFound
    due = by_pay_day(Payment.state == PaymentState.DUE)
    claimed = whole_expenses().where(Expense.state == ExpenseState.CLAIMED).order_by(Expense.claimed_on, Expense.id)
    return due, db.session.scalars(claimed).all()
