"""What became of the task of a payment: its day now, whether it is off, and what is owed for it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from coprod.core.db import db
from coprod.cycles.models import Attendance, How, Session, SessionState
from coprod.payments import rules
from coprod.payments.models import Payment, PaymentState
from coprod.payments.rules.offers import ANSWERABLE
from coprod.programmes.queries import holidays

task_day = func.coalesce(
    select(Session.on).where(Session.id == Payment.session_id).correlate(Payment).scalar_subquery(), Payment.task_on
)
"""In a statement, what the day of a payment is in a rule: a session that was moved takes it along."""
SAID_YES = Payment.state.in_((PaymentState.ACCEPTED, PaymentState.PART))
IS_DONE = Payment.state.in_((PaymentState.DUE, PaymentState.APPROVED))


def came_to_nothing() -> ColumnElement[bool]:
    """The task did not take place: its session was cancelled, or the register says she was not there."""
    cancelled = Session.id == Payment.session_id, Session.state == SessionState.CANCELLED
    hers = Attendance.session_id == Payment.session_id, Attendance.person_id == Payment.person_id
    absent = exists().where(*hers, Attendance.how == How.NOT_HERE).correlate(Payment)
    return or_(exists().where(*cancelled).correlate(Payment), absent)


def is_off(payment: Payment) -> bool:
    """Answer whether the task did not take place, or not with her."""
    return db.session.scalar(select(Payment.id).where(Payment.id == payment.id, came_to_nothing())) is not None


def promises(payments: Sequence[Payment]) -> dict[UUID, date | None]:
    """Answer by which day each of these is paid, as its session stands now; none where the task is off."""
    these = Payment.id.in_([each.id for each in payments]), Payment.state.in_(ANSWERABLE)
    off = set(db.session.scalars(select(Payment.id).where(*these, came_to_nothing())))
    return {key: None if key in off else day for key, day in pay_days(payments).items()}


def pay_days(payments: Sequence[Payment]) -> dict[UUID, date]:
    """Answer by which day each of these is paid if it takes place, as its session stands now."""
    days = [each.day for each in payments]
    days_off = holidays(min(days), max(days) + rules.SPAN) if days else ()
    return {each.id: rules.paid_by(each, days_off) for each in payments}


def groups_to_mark_done(today: date) -> Select[UUID]:
    """Select the groups in which somebody said yes, and the day of the task is over."""
    return select(Payment.workstream_id).where(SAID_YES, task_day < today, ~came_to_nothing())


def is_owed() -> ColumnElement[bool]:
    """It was done, or she said yes to it and it is not off."""
    return or_(IS_DONE, and_(SAID_YES, ~came_to_nothing()))
