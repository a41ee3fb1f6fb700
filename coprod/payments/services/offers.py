"""Offering a payment before the task, answering it freely, and every step after it, each with its date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.core.answers import YES, Answer, Refused, no, require
from coprod.core.clock import now, today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles.models import Session
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.payments import queries, rules
from coprod.payments.models import Payment, PaymentState, PaymentStep
from coprod.payments.services.paying import pays_here
from coprod.people.models import Person
from coprod.programmes.queries import holidays
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import rates_on

NO_RATE = no("Nothing is set for this kind of work on that day. A programme admin sets rates.")


def _still_waits(person: Person, key: UUID) -> bool:
    payment = db.session.get(Payment, key)
    if payment is None or payment.person_id != person.id or payment.state != PaymentState.OFFERED:
        return False
    return not payment.asks_first and bool(rules.is_before(payment, now()))


OFFER = messages.announce(
    Purpose(
        "offer",
        text="Hi {alias}. There is a question for you on your page. Any answer is fine. {link}",
        email="Hi {alias}.\n\nThere is a question for you on your page. Any answer is fine.\n\n{link}\n",
        endpoint="home.show",
        about="An offer to answer",
    ),
    _still_waits,
)
"""It leads to the first page and names no money: somebody else may read it."""


@dataclass(frozen=True)
class Task:
    """What somebody is asked to do for pay, in plain words; which kind of work; a day for the money, if any."""

    what: str
    kind: str
    times: int
    on: date
    session: Session | None
    pay_on: date | None = None


def offer_to_all(stream: Workstream, people: Sequence[Person], task: Task, *, by: Person) -> list[Payment]:
    """Offer the same to each of these, but for who was offered just that before."""
    lock(stream)
    fresh = [one for one in people if not queries.has_offer(one, task.session, task.on, task.what)]
    return [offer(stream, person, task, by=by) for person in fresh]


def offer(stream: Workstream, person: Person, task: Task, *, by: Person) -> Payment:
    """Offer somebody a payment in writing, before the task, by the rate of its day; tell her once."""
    require(rules.may_offer(by, stream))
    if not any(place.person_id == person.id and rules.fits(place) for place in stream.memberships):
        raise Refused(f"{person.alias} is not in the group now, so nothing can be offered.")
    pence = rules.price(rates_on(task.on), task.kind, task.times)
    if pence is None:
        raise Refused(NO_RATE.reason)
    payment = Payment(
        person=person, workstream=stream, session=task.session, what=task.what, pence=pence, task_on=task.on
    )
    payment.pay_on = task.pay_on
    require(rules.may_offer_for(rules.begins(payment), now()))
    require(may_be_paid_on(task.pay_on, task.on))
    _step(payment, PaymentState.OFFERED, by)
    db.session.add(payment)
    db.session.flush()
    record(by, "offered", payment)
    messages.queue(OFFER, person, payment.id)
    return payment


def may_be_paid_on(day: date | None, task_on: date) -> Answer:
    """Ask of a day that somebody chose whether money can be there; where none is chosen, it can."""
    return rules.may_be_paid_on(day, task_on, holidays(day, day)) if day else YES


def may_answer(payment: Payment, says: rules.Says, *, by: Person) -> Answer:
    """Ask whether somebody may answer so: it is hers, it is to come, and it is not off."""
    is_hers = rules.PAYMENTS.may(by, rules.BY_ANSWER[says], payment)
    return is_hers & rules.is_before(payment, now()) & rules.takes_place(payment)


def answer(payment: Payment, says: rules.Says, pence: int | None = None, *, by: Person) -> None:
    """Take somebody's answer: all, some of it, none, or not yet; until the task begins it can be changed."""
    lock(payment)
    require(may_answer(payment, says, by=by))
    if says == rules.Says.SOME and not 0 < (pence or 0) < payment.pence:
        require(no("Some of it is more than nothing, and less than all."))
    accepted = {rules.Says.ALL: payment.pence, rules.Says.SOME: pence}.get(says)
    before = payment.state, payment.accepted_pence
    payment.asks_first = says == rules.Says.ASK
    _move(payment, rules.BY_ANSWER[says], by, accepted, before)
    messages.withdraw(by, payment.id)


def _move(
    payment: Payment, name: str, by: Person, accepted: int | None, stood: tuple[PaymentState, int | None]
) -> None:
    before, after = rules.PAYMENTS.make(by, name, payment)
    payment.accepted_pence = accepted
    if stood == (payment.state, accepted):
        return
    _step(payment, payment.state, by)
    record(by, name, payment, before=before, after=after)


def move(payment: Payment, name: str, *, by: Person) -> None:
    """Make one of the moves that follow the answer: done, approved, paid."""
    lock(payment)
    if rules.is_answer(name):
        require(no("Only the person it was offered to can answer."))
    require(rules.PAYMENTS.may(by, name, payment) & rules.has_begun(payment, now()))
    if name == "paid":
        pays_here(by)
    _move(payment, name, by, payment.accepted_pence, (payment.state, None))


def withdraw(payment: Payment, *, by: Person) -> None:
    """Take an offer back: one that nobody answered, or one whose task did not take place."""
    lock(payment)
    require(rules.may_withdraw(by, payment, now(), is_off=queries.is_off(payment)))
    forget(payment, by=by)


def forget(payment: Payment, *, by: Person) -> None:
    """Let an offer go that nothing is owed for; the caller has asked."""
    record(by, "taken back", payment)
    messages.withdraw(payment.person, payment.id)
    db.session.delete(payment)
    db.session.flush()


def end(payment: Payment) -> None:
    """Let what is owed end unpaid, because whom it is for is erased."""
    lock(payment)
    before, after = rules.PAYMENTS.make(None, "ended", payment)
    _step(payment, payment.state, payment.person)
    record(payment.person, "ended", payment, before=before, after=after)


def _step(payment: Payment, state: PaymentState, by: Person) -> None:
    payment.steps.append(PaymentStep(number=len(payment.steps) + 1, state=state, on=today(), by=by))
