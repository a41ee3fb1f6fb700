"""A thank-you payment from the offer to the money: four pairs of hands, and a date at every step (domain rule 27).

A facilitator offers it before the task and says afterwards that it was done. A second person approves it: another
facilitator of the group, or a programme admin. The payments officer pays it, and approves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from config import HERE
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import long_date
from coprod.cycles.models import SessionState
from coprod.payments.models import Payment, PaymentState, PaymentStep
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday, Rate
from coprod.programmes.rules import add_working_days, is_payments_officer, is_working_day, pounds
from coprod.workstreams.models import Membership, MembershipState, Workstream, WorkstreamState
from coprod.workstreams.rules import is_facilitator, keeps

PAY_WITHIN = 5
"""How many working days after the task the money is there, where nobody says another day."""
SPAN = timedelta(31)
"""How far ahead days off are looked up to find that day."""

_S = PaymentState
ANSWERABLE = frozenset({_S.OFFERED, _S.ACCEPTED, _S.PART, _S.DECLINED})
OWED = frozenset({_S.ACCEPTED, _S.PART, _S.DUE, _S.APPROVED})


class Says(StrEnum):
    """What somebody may say to an offer; none of it needs a reason."""

    ALL = "all"
    SOME = "some"
    NO = "no"
    ASK = "ask"


ANSWERS = {
    Says.ALL: "Yes, all",
    Says.SOME: "Some of it",
    Says.NO: "No thank you",
    Says.ASK: "I want to ask someone first",
}
OFF = "It is off, as far as we know. Ask us if that is wrong."
SAID_DONE = "You said it was done"
BY_ANSWER = {Says.ALL: "accepted", Says.SOME: "accepted in part", Says.NO: "declined", Says.ASK: "left open"}


# --- Who may.


def is_hers(person: Person, payment: Payment) -> Answer:
    """Only the person it was offered to may."""
    return YES if person.id == payment.person_id else no("Only the person it was offered to can answer.")


def _is_not_hers(person: Person, payment: Payment) -> Answer:
    return no("Somebody else has to do this for you.") if person.id == payment.person_id else YES


def _runs(person: Person, payment: Payment) -> Answer:
    return is_facilitator(person, payment.workstream) & _is_not_hers(person, payment)


def _second(person: Person, payment: Payment) -> Answer:
    another = _did_not(person, payment, _S.DUE, SAID_DONE)
    return keeps(person, payment.workstream) & _is_not_hers(person, payment) & another & _pays_nobody(person, payment)


def _pays_nobody(person: Person, payment: Payment) -> Answer:
    pays = is_payments_officer(person, payment.workstream.programme)
    return no("Whoever pays does not approve.") if pays else YES


def _officer(person: Person, payment: Payment) -> Answer:
    other = _did_not(person, payment, _S.APPROVED, "You approved it") & _did_not(person, payment, _S.DUE, SAID_DONE)
    return is_payments_officer(person, payment.workstream.programme) & _is_not_hers(person, payment) & other


def by_itself(person: Person | None, _: object) -> Answer:
    """Nobody ends it: it ends when whom it is for is erased."""
    return YES if person is None else no("It ends by itself, where somebody is erased.")


def _did_not(person: Person, payment: Payment, state: PaymentState, words: str) -> Answer:
    step = _step(payment, state)
    same = step is not None and step.by_id == person.id
    return no(f"{words}, so somebody else has to do this.") if same else YES


PAYMENTS = Lifecycle[Payment](
    [
        Move("accepted", ANSWERABLE, _S.ACCEPTED, is_hers, ANSWERS[Says.ALL]),
        Move("accepted in part", ANSWERABLE, _S.PART, is_hers, ANSWERS[Says.SOME]),
        Move("declined", ANSWERABLE, _S.DECLINED, is_hers, ANSWERS[Says.NO]),
        Move("left open", ANSWERABLE, _S.OFFERED, is_hers, ANSWERS[Says.ASK]),
        Move("done", frozenset({_S.ACCEPTED, _S.PART}), _S.DUE, _runs, "It was done"),
        Move("approved", frozenset({_S.DUE}), _S.APPROVED, _second, "Approve it"),
        Move("paid", frozenset({_S.APPROVED}), _S.PAID, _officer, "It is paid"),
        Move("ended", OWED, _S.ENDED, by_itself),
    ]
)


def is_answer(name: str) -> bool:
    """Answer whether this move is somebody's own answer to an offer."""
    return name in BY_ANSWER.values()


def may_offer(person: Person, stream: Workstream) -> Answer:
    """Facilitators may, until the group is closed."""
    is_open = no("It is closed.") if stream.state == WorkstreamState.CLOSED else YES
    return is_facilitator(person, stream) & is_open


def may_offer_for(begins: datetime, now: datetime) -> Answer:
    """An offer comes before its task: afterwards nobody could freely say no to it."""
    return YES if now < begins else no("That has begun already. An offer is made before the task, never after it.")


def fits(place: Membership) -> bool:
    """Answer whether somebody who sits here is offered payments: members with lived experience, once they joined."""
    return place.state == MembershipState.JOINED and place.side == Side.LIVED and place.person.active


def may_withdraw(person: Person, payment: Payment, now: datetime, *, is_off: bool) -> Answer:
    """A facilitator may take back what nobody has answered yet, or what did not take place, or without her."""
    if payment.state not in ANSWERABLE:
        return _runs(person, payment) & no("It was done, so it is owed.")
    mistaken = payment.state == _S.OFFERED and now < begins(payment)
    said = no("It was answered. What was promised stays, as long as the task does.")
    return _runs(person, payment) & (YES if mistaken or is_off else said)


# --- When.


def begins(payment: Payment) -> datetime:
    """Answer when the task begins: with its session, or with its day."""
    if payment.session is not None:
        return payment.session.begins
    return datetime.combine(payment.task_on, time(0), HERE)


def is_before(payment: Payment, now: datetime) -> Answer:
    """An answer can be changed until the task begins."""
    return YES if now < begins(payment) else no("It has begun, so the answer stays as it is. Ask us if it is wrong.")


def takes_place(payment: Payment) -> Answer:
    """Where the session was cancelled there is nothing to answer."""
    cancelled = payment.session is not None and payment.session.state == SessionState.CANCELLED
    return no(f"Nothing to answer here. {OFF}") if cancelled else YES


def has_begun(payment: Payment, now: datetime) -> Answer:
    """Nothing is done before it has begun."""
    return YES if now >= begins(payment) else no("It has not begun yet.")


def may_be_paid_on(day: date, task_on: date, holidays: Sequence[Holiday]) -> Answer:
    """Money comes on a working day, not before the task."""
    if day < task_on:
        return no("That is before the task. Choose a later day.")
    return YES if is_working_day(day, holidays) else no("No money moves on that day. Choose a working day.")


def earliest_pay_day(task_on: date, holidays: Sequence[Holiday]) -> date:
    """Answer the day on which the money is there where nobody says another."""
    return add_working_days(task_on, PAY_WITHIN, holidays)


def price(rates: Sequence[Rate], what: str, times: int) -> int | None:
    """Answer what is paid for this kind of work, so many times, by the rates of its day; None where it has no rate."""
    rate = next((rate for rate in rates if rate.what == what), None)
    return rate.pence * times if rate and rate.pence else None


def paid_by(payment: Payment, holidays: Sequence[Holiday]) -> date:
    """Answer the day somebody chose; where nobody did, or the task moved past it, the earliest one after the task."""
    chosen = payment.pay_on
    return chosen if chosen and payment.day <= chosen else earliest_pay_day(payment.day, holidays)


def is_late(payment: Payment, by: date | None, today: date) -> bool:
    """Answer whether the money is owed, and the day it was to be there is over; a task that is off has none."""
    return payment.state in OWED and by is not None and by < today


# --- What is said of it.


@dataclass(frozen=True)
class Standing:
    """Where a payment stands: one of eight words, its date, and a sentence to the member."""

    word: str
    on: date
    words: str


def since(payment: Payment) -> PaymentStep:
    """Answer the step that made a payment what it is now."""
    return payment.steps[-1]


def offered_by(payment: Payment) -> Person:
    """Answer who made the offer."""
    return payment.steps[0].by


def _step(payment: Payment, state: PaymentState) -> PaymentStep | None:
    return next((step for step in reversed(payment.steps) if step.state == state), None)


def standing(payment: Payment, by: date | None, today: date) -> Standing:
    """Say where a payment stands, as she reads it, and by which day it is paid."""
    step = since(payment)
    words = _WORDS[payment.state].format(on=long_date(step.on), part=pounds(payment.accepted_pence or 0))
    if payment.state == _S.OFFERED and payment.asks_first:
        words = "You want to ask someone first. That is fine."
    return Standing(payment.state.value, step.on, f"{words} {_promise(payment, by, today)}".strip())


_WORDS = {
    _S.OFFERED: "You have not answered yet.",
    _S.ACCEPTED: "You said yes to all of it on {on}.",
    _S.PART: "You said yes to {part} of it on {on}.",
    _S.DECLINED: "You said no on {on}. That is fine.",
    _S.DUE: "You did it. Thank you.",
    _S.APPROVED: "It is on its way.",
    _S.PAID: "Paid on {on}.",
    _S.ENDED: "It ended on {on}, and was not paid.",
}


def _promise(payment: Payment, by: date | None, today: date) -> str:
    if by is None and payment.state != _S.DECLINED:
        return OFF
    if payment.state not in OWED or by is None:
        return ""
    day = long_date(by)
    return f"We said {day}. It is late, and that is our fault." if is_late(payment, by, today) else f"Paid by {day}."
