"""Thank-you payments: offered before each evening, answered freely, paid on the day that was said; and bus tickets."""

from datetime import date, time, timedelta

from coprod.cycles.models import Session
from coprod.demo.around_evenings import of_autumn
from coprod.demo.people import PAYS
from coprod.demo.stage import Stage, at
from coprod.payments import services as payments
from coprod.payments.models import Payment, PaymentState, PayWay
from coprod.payments.queries import pay_days
from coprod.payments.rules import BankDetails, Says
from coprod.programmes import services as programmes

AN_EVENING = "An evening meeting"
FOR_COMING = "Coming to a group evening"
OFFERED = timedelta(6)
EIGHT, NOON = time(20), time(12)
ANSWERS = {"Robin": Says.ALL, "Kit": Says.SOME, "Dee": Says.ALL, "Ash": Says.NO, "Bo": Says.ALL, "Lou": Says.ASK}
PAID_EVENINGS = 4
FIRST_APPROVED = "Robin"
SOME = 1000
MADE_UP = BankDetails("R Example", "000000", "00000034")


def pay(stage: Stage) -> None:
    """Offer, answer, do, approve and pay, evening by evening; tomorrow's is answered by some."""
    _name_the_officer(stage)
    _say_how(stage)
    cycle = of_autumn(stage)
    for session in cycle.sessions[:5]:
        told = _offer(stage, session)
        _answer(told, session.on - timedelta(3))
        _after(stage, told, paid=session.number <= PAID_EVENINGS)
    tomorrow = cycle.sessions[5]
    told = _offer(stage, tomorrow)
    _answer([one for one in told if one.person.alias in ("Dee", "Ash")], tomorrow.on - timedelta(2))
    _give_back_the_tickets(stage)


def _name_the_officer(stage: Stage) -> None:
    with at(date(2025, 9, 1)):
        programmes.set_payments_officer(stage.programme, stage.people[PAYS], by=stage.admin)


def _say_how(stage: Stage) -> None:
    robin, dee = stage.people["Robin"], stage.people["Dee"]
    with at(date(2025, 10, 2)):
        payments.say_how(robin, PayWay.BANK, MADE_UP, by=robin)
        payments.say_how(dee, PayWay.VOUCHER, by=dee)


def _offer(stage: Stage, session: Session) -> list[Payment]:
    members = [stage.people[alias] for alias in ANSWERS]
    with at(session.on - OFFERED):
        task = payments.Task(FOR_COMING, AN_EVENING, 1, session.on, session)
        return payments.offer_to_all(stage.tables["tuesday"], members, task, by=stage.facilitator)


def _answer(told: list[Payment], day: date) -> None:
    for one in told:
        says = ANSWERS[one.person.alias]
        with at(day, NOON):
            payments.answer(one, says, SOME if says == Says.SOME else None, by=one.person)


def _after(stage: Stage, told: list[Payment], *, paid: bool) -> None:
    for one in told:
        if one.state not in (PaymentState.ACCEPTED, PaymentState.PART):
            continue
        with at(one.task_on, EIGHT):
            payments.move(one, "done", by=stage.facilitator)
        if paid or one.person.alias == FIRST_APPROVED:
            _approve(stage, one)
        if paid:
            _pay(stage, one)


def _approve(stage: Stage, one: Payment) -> None:
    with at(one.task_on + timedelta(1)):
        payments.move(one, "approved", by=stage.admin)


def _pay(stage: Stage, one: Payment) -> None:
    with at(pay_days([one])[one.id]):
        payments.move(one, "paid", by=stage.people[PAYS])


def _give_back_the_tickets(stage: Stage) -> None:
    ash = stage.people["Ash"]
    for day, approved in ((date(2025, 11, 4), True), (date(2025, 11, 11), False)):
        with at(day, EIGHT):
            ticket = payments.claim(stage.tables["tuesday"], "Bus or train", 480, day, by=ash)
        if approved:
            with at(day + timedelta(2)):
                payments.move_expense(ticket, "approved", by=stage.admin)
