"""Reading payments and expenses: her own, those of a group one runs, and what is to be paid (P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.cycles import queries as cycles
from coprod.cycles.models import Attendance, Cycle, How, Session, SessionState
from coprod.cycles.rules.evening import CardPart
from coprod.payments import rules
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayMethod, PayWay
from coprod.payments.rules import card
from coprod.payments.rules.offers import ANSWERABLE, OWED
from coprod.people.models import Person, SignedIn
from coprod.programmes.models import Programme
from coprod.programmes.queries import holidays, programme_here
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream
from coprod.workstreams.queries import memberships_of, one_seen_by
from coprod.workstreams.rules import is_facilitator

PAID_LATELY = timedelta(days=366)
OPEN_EXPENSES = (ExpenseState.CLAIMED, ExpenseState.APPROVED)
task_day = func.coalesce(
    select(Session.on).where(Session.id == Payment.session_id).correlate(Payment).scalar_subquery(), Payment.task_on
)
"""In a statement, what the day of a payment is in a rule: a session that was moved takes it along."""


_SAID_YES = Payment.state.in_((PaymentState.ACCEPTED, PaymentState.PART))
_IS_DONE = Payment.state.in_((PaymentState.DUE, PaymentState.APPROVED))


# --- What became of the task.


def _is_off() -> ColumnElement[bool]:
    """The task did not take place: its session was cancelled, or the register says she was not there."""
    cancelled = Session.id == Payment.session_id, Session.state == SessionState.CANCELLED
    hers = Attendance.session_id == Payment.session_id, Attendance.person_id == Payment.person_id
    absent = exists().where(*hers, Attendance.how == How.NOT_HERE).correlate(Payment)
    return or_(exists().where(*cancelled).correlate(Payment), absent)


def is_off(payment: Payment) -> bool:
    """Answer whether the task did not take place, or not with her."""
    return db.session.scalar(select(Payment.id).where(Payment.id == payment.id, _is_off())) is not None


def promises(payments: Sequence[Payment]) -> dict[UUID, date | None]:
    """Answer by which day each of these is paid, as its session stands now; none where the task is off."""
    these = Payment.id.in_([each.id for each in payments]), Payment.state.in_(ANSWERABLE)
    off = set(db.session.scalars(select(Payment.id).where(*these, _is_off())))
    return {key: None if key in off else day for key, day in pay_days(payments).items()}


def pay_days(payments: Sequence[Payment]) -> dict[UUID, date]:
    """Answer by which day each of these is paid if it takes place, as its session stands now."""
    days = [each.day for each in payments]
    days_off = holidays(min(days), max(days) + rules.SPAN) if days else ()
    return {each.id: rules.paid_by(each, days_off) for each in payments}


def groups_to_mark_done(today: date) -> Select[UUID]:
    """Select the groups in which somebody said yes, and the day of the task is over."""
    return select(Payment.workstream_id).where(_SAID_YES, task_day < today, ~_is_off())


# --- Her own.


def _payments() -> Select[Payment]:
    """Whatever a rule asks about a payment comes with it, in a fixed number of statements."""
    return select(Payment).options(
        joinedload(Payment.person),
        joinedload(Payment.session),
        joinedload(Payment.workstream).joinedload(Workstream.programme).joinedload(Programme.payments_officer),
        joinedload(Payment.workstream).selectinload(Workstream.memberships),
        selectinload(Payment.steps).joinedload(PaymentStep.by),
    )


def _expenses() -> Select[Expense]:
    return select(Expense).options(
        joinedload(Expense.person),
        joinedload(Expense.workstream).joinedload(Workstream.programme).joinedload(Programme.payments_officer),
        joinedload(Expense.workstream).selectinload(Workstream.memberships),
    )


def payments_of(person: Person) -> Sequence[Payment]:
    """List what this person was offered, the next task first, what is over last."""
    return db.session.scalars(
        _payments().where(Payment.person_id == person.id).order_by(task_day.desc(), Payment.id)
    ).all()


def one_offered_to(person: Person, key: UUID) -> Payment:
    """Find one payment that was offered to this person; another's is not there."""
    return db.session.scalars(_payments().where(Payment.id == key, Payment.person_id == person.id)).one()


def to_answer(person: Person, now: datetime) -> list[Payment]:
    """List the offers that wait for this person's answer."""
    waiting = _payments().where(Payment.person_id == person.id, Payment.state == PaymentState.OFFERED, ~_is_off())
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
    mine = _expenses().where(Expense.person_id == person.id)
    return db.session.scalars(mine.order_by(Expense.spent_on.desc(), Expense.id)).all()


def one_spent_by(person: Person, key: UUID) -> Expense:
    """Find one expense of this person."""
    return db.session.scalars(_expenses().where(Expense.id == key, Expense.person_id == person.id)).one()


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


# --- Those of a group, for who runs it.


def run_by(person: Person, key: UUID) -> Workstream:
    """Answer a group this person runs; for everybody else there is no such page."""
    stream = one_seen_by(person, key)
    if not is_facilitator(person, stream):
        raise NoResultFound
    return stream


def offers_in(stream: Workstream) -> Sequence[Payment]:
    """List what was offered in a group, the latest task first."""
    inside = _payments().where(Payment.workstream_id == stream.id)
    return db.session.scalars(inside.order_by(task_day.desc(), Payment.id)).all()


def claims_in(stream: Workstream) -> Sequence[Expense]:
    """List what was spent to come to a group, the latest first."""
    inside = _expenses().where(Expense.workstream_id == stream.id)
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
    found = _payments().join(Payment.workstream).where(Payment.id == key, _kept_by(person))
    payment = db.session.scalars(found).one()
    if payment.state != PaymentState.DUE and not is_facilitator(person, payment.workstream):
        raise NoResultFound
    return payment


def one_expense_kept_by(person: Person, key: UUID) -> Expense:
    """Find one expense of a group this person runs, or any for a programme admin."""
    return db.session.scalars(_expenses().join(Expense.workstream).where(Expense.id == key, _kept_by(person))).one()


def one_with_receipt(person: Person, key: UUID) -> Expense:
    """Find one expense whose receipt this person may see."""
    mine = Expense.person_id == person.id
    expense = db.session.scalars(
        _expenses().join(Expense.workstream).where(Expense.id == key, or_(mine, _kept_by(person)))
    ).one()
    if not (expense.has_picture and rules.may_see_receipt(person, expense)):
        raise NoResultFound
    return expense


def to_approve(person: Person) -> tuple[Sequence[Payment], Sequence[Expense]]:
    """List what waits to be approved anywhere, for programme admins; to everybody else there is no such list."""
    if not person.is_admin:
        raise NoResultFound
    due = _by_pay_day(Payment.state == PaymentState.DUE)
    claimed = _expenses().where(Expense.state == ExpenseState.CLAIMED).order_by(Expense.claimed_on, Expense.id)
    return due, db.session.scalars(claimed).all()


def _by_pay_day(*which: ColumnElement[bool]) -> list[Payment]:
    """List these payments, the one to be paid first before the others."""
    found = db.session.scalars(_payments().where(*which).order_by(Payment.id)).all()
    by = pay_days(found)
    return sorted(found, key=lambda payment: by[payment.id])


# --- For the payments officer.


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
    return _by_pay_day(which, *([Payment.person_id.in_(people)] if people else []))


def _spent(which: ColumnElement[bool], people: Sequence[UUID]) -> Sequence[Expense]:
    found = _expenses().where(which, *([Expense.person_id.in_(people)] if people else []))
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
    return db.session.scalars(_payments().where(Payment.id == key, ready)).one()


def one_expense_to_pay(key: UUID) -> Expense:
    """Find one expense that is approved or paid, for the payments officer."""
    ready = Expense.state.in_((ExpenseState.APPROVED, ExpenseState.PAID))
    return db.session.scalars(_expenses().where(Expense.id == key, ready)).one()


# --- What is let go of.


def withdrawn_on_leaving(membership: Membership) -> Sequence[Payment]:
    """List what was offered to somebody in a group she leaves, and is not owed: the caller asks what has begun."""
    hers = Payment.person_id == membership.person_id, Payment.workstream_id == membership.workstream_id
    found = _payments().where(*hers, Payment.state.in_(ANSWERABLE))
    return db.session.scalars(found.order_by(Payment.id)).all()


def _is_owed() -> ColumnElement[bool]:
    """It was done, or she said yes to it and it is not off."""
    return or_(_IS_DONE, and_(_SAID_YES, ~_is_off()))


def owed_to(person: Person, now: datetime) -> tuple[list[Payment], list[Expense]]:
    """List what somebody is owed now, each by itself: thank-yous whose task has begun, and what she spent."""
    fees = _payments().where(Payment.person_id == person.id, _is_owed()).order_by(Payment.id)
    spent = _expenses().where(Expense.person_id == person.id, Expense.state.in_(OPEN_EXPENSES)).order_by(Expense.id)
    begun = [fee for fee in db.session.scalars(fees) if rules.has_begun(fee, now)]
    return begun, list(db.session.scalars(spent))


def is_owed_anything(person_id: UUID) -> ColumnElement[bool]:
    """Say whether money is still on its way to somebody, as a condition; an offer she did not say yes to is none."""
    fees = exists().where(Payment.person_id == person_id, _is_owed())
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
    nothing = or_(unwanted, and_(_SAID_YES, _is_off()))
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
