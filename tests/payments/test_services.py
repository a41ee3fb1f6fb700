"""What changes, what is written down, and what is refused and why."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound

from coprod.contacts import services as contacts
from coprod.contacts.models import Channel
from coprod.core.answers import Refused
from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.security_log import SecurityEvent
from coprod.cycles import services as cycles
from coprod.cycles.models import Attendance, How, SessionState
from coprod.cycles.rules.shifting import Scope
from coprod.messages.models import Message, MessageState
from coprod.messages.queries import KINDS
from coprod.my_data import services as my_data
from coprod.payments import queries, sealing, services
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayMethod, PayWay
from coprod.payments.rules import Says
from coprod.programmes.models import Holiday, HolidayKind, Rate
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import MembershipState, Words
from coprod.workstreams.rules import membership_of
from tests.factories import a_person, a_professional, a_stream, keep
from tests.payments.conftest import ACCOUNT, AFTER, BEFORE

S = PaymentState


def steps(payment):
    return [(step.state, step.on, step.by.alias) for step in payment.steps]


def journal(thing):
    return list(db.session.scalars(select(Entry.verb).where(Entry.subject_id == thing.id).order_by(Entry.at, Entry.id)))


# --- Offering.


def test_offer_is_written_with_its_sum_its_day_and_who_made_it(money):
    payment = money.offered(times=2)
    assert (payment.state, payment.pence, payment.accepted_pence) == (S.OFFERED, 5000, None)
    assert (payment.task_on, payment.pay_on) == (date(2025, 11, 25), date(2025, 12, 2))
    assert steps(payment) == [(S.OFFERED, date(2025, 11, 17), "Sam")]
    assert journal(payment) == ["offered"]


def test_offer_takes_the_rate_of_the_day_of_the_task(money):
    keep(Rate(what="One session", pence=3000, valid_from=date(2025, 11, 25)))
    keep(Rate(what="One session", pence=9900, valid_from=date(2025, 11, 26)))
    assert money.offered().pence == 3000


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "Dancing"}, "Nothing is set for this kind of work on that day. A programme admin sets rates."),
        ({"pay_on": date(2025, 11, 24)}, "That is before the task. Choose a later day."),
        ({"pay_on": date(2025, 11, 29)}, "No money moves on that day. Choose a working day."),
        (
            {"session": None, "on": date(2025, 11, 17)},
            "That has begun already. An offer is made before the task, never after it.",
        ),
    ],
)
def test_offer_that_does_not_fit_is_refused(money, fields, why):
    with pytest.raises(Refused, match=why):
        money.offered(**fields)


def test_offer_is_made_only_before_its_session_begins(money, clock):
    clock(2025, 11, 25, 17, 59)
    money.offered()
    clock(2025, 11, 25, 18, 0)
    with pytest.raises(Refused, match="before the task, never after it"):
        money.offered(money.kit)


def test_offer_is_made_by_who_runs_the_group_to_who_sits_in_it(money):
    with pytest.raises(Refused, match="Only a facilitator"):
        services.offer(money.stream, money.robin, money.task(), by=money.ada)
    with pytest.raises(Refused, match="Ada is not in the group now"):
        money.offered(money.ada)
    with pytest.raises(Refused, match="Jo is not in the group now"):
        money.offered(a_person("Jo"))


def test_offer_to_all_leaves_out_who_has_just_that_already(money):
    both = [money.robin, money.kit]
    money.offered()
    assert [p.person.alias for p in services.offer_to_all(money.stream, both, money.task(), by=money.sam)] == ["Kit"]
    assert services.offer_to_all(money.stream, both, money.task(), by=money.sam) == []
    another = money.task(session=None, on=date(2025, 11, 26))
    assert len(services.offer_to_all(money.stream, both, another, by=money.sam)) == 2


# --- The message that tells her, once.


def still_right(payment, person):
    return KINDS["offer"].still_right(person, payment.id)


def test_offer_is_told_once_and_says_no_sum_o1(money):
    payment = money.offered()
    (message,) = db.session.scalars(select(Message))
    assert (message.purpose, message.person_id, message.thing_id) == ("offer", money.robin.id, payment.id)
    assert "£" not in services.OFFER.text + services.OFFER.email
    assert not any(word in services.OFFER.text.lower() for word in ("pay", "money", "offer"))


def test_offer_is_told_only_while_it_waits_o3(money, clock):
    payment = money.offered()
    assert still_right(payment, money.robin)
    assert not still_right(payment, money.kit)
    services.answer(payment, Says.ASK, by=money.robin)
    assert not still_right(payment, money.robin)
    payment.asks_first = False
    clock(*AFTER)
    assert not still_right(payment, money.robin)
    services.forget(payment, by=money.sam)
    assert not KINDS["offer"].still_right(money.robin, payment.id)


def test_answer_takes_the_message_back(money):
    payment = money.offered()
    services.answer(payment, Says.NO, by=money.robin)
    assert not still_right(payment, money.robin)
    assert list(db.session.scalars(select(Message.state))) == [MessageState.WITHDRAWN]


# --- Answering.


@pytest.mark.parametrize(
    ("says", "state", "accepted"),
    [
        (Says.ALL, S.ACCEPTED, 2500),
        (Says.SOME, S.PART, 1000),
        (Says.NO, S.DECLINED, None),
        (Says.ASK, S.OFFERED, None),
    ],
)
def test_answer_is_all_some_none_or_later_and_needs_no_reason(money, says, state, accepted):
    payment = money.offered()
    services.answer(payment, says, 1000, by=money.robin)
    assert (payment.state, payment.accepted_pence, payment.asks_first) == (state, accepted, says == Says.ASK)


def test_answer_can_be_changed_until_the_task_begins_and_every_step_keeps_its_date(money, clock):
    payment = money.offered()
    services.answer(payment, Says.ALL, by=money.robin)
    clock(2025, 11, 20, 9)
    services.answer(payment, Says.SOME, 1000, by=money.robin)
    services.answer(payment, Says.SOME, 1000, by=money.robin)
    services.answer(payment, Says.SOME, 500, by=money.robin)
    clock(2025, 11, 25, 17, 59)
    services.answer(payment, Says.NO, by=money.robin)
    assert [(state, on.day) for state, on, _ in steps(payment)] == [
        (S.OFFERED, 17),
        (S.ACCEPTED, 17),
        (S.PART, 20),
        (S.PART, 20),
        (S.DECLINED, 25),
    ]
    clock(2025, 11, 25, 18)
    with pytest.raises(Refused, match="It has begun"):
        services.answer(payment, Says.ALL, by=money.robin)


@pytest.mark.parametrize("pence", [None, 0, 2500, 2600])
def test_some_of_it_is_more_than_nothing_and_less_than_all(money, pence):
    with pytest.raises(Refused, match="more than nothing, and less than all"):
        services.answer(money.offered(), Says.SOME, pence, by=money.robin)


def test_nobody_answers_for_somebody_else(money):
    payment = money.offered()
    for other in (money.kit, money.sam, money.lee, money.pat):
        with pytest.raises(Refused, match="Only the person it was offered to"):
            services.answer(payment, Says.ALL, by=other)
    with pytest.raises(Refused, match="Only the person it was offered to"):
        services.move(payment, "accepted", by=money.robin)


# --- Done, approved, paid.


def test_payment_goes_through_four_pairs_of_hands(money, clock):
    payment = money.at(S.PAID, clock)
    assert [(state, by) for state, _, by in steps(payment)] == [
        (S.OFFERED, "Sam"),
        (S.ACCEPTED, "Robin"),
        (S.DUE, "Sam"),
        (S.APPROVED, "Max"),
        (S.PAID, "Pat"),
    ]
    assert sorted(journal(payment)) == ["accepted", "approved", "done", "offered", "paid"]


def test_nothing_is_done_for_pay_that_was_not_offered_and_accepted_before(money, clock):
    """Journey 9: there is no way to the state due but from an earlier yes."""
    for state in (S.OFFERED, S.DECLINED):
        payment = money.at(state, clock)
        clock(*AFTER)
        with pytest.raises(Refused, match=f"It is {state}, so it cannot be done"):
            services.move(payment, "done", by=money.sam)
        db.session.delete(payment)
    for state in (S.ACCEPTED, S.PART):
        payment = money.at(state, clock)
        with pytest.raises(Refused, match="It has not begun yet"):
            services.move(payment, "done", by=money.sam)
        clock(*AFTER)
        services.move(payment, "done", by=money.sam)
        offered = next(step for step in payment.steps if step.state == S.OFFERED)
        assert offered.number == 1
        assert payment.steps[1].state == state


def test_nobody_approves_what_they_said_was_done_and_nobody_pays_what_they_approved(money, clock):
    payment = money.at(S.DUE, clock)
    with pytest.raises(Refused, match="You said it was done"):
        services.move(payment, "approved", by=money.sam)
    services.move(payment, "approved", by=money.lee)
    money.programme.payments_officer = money.max
    with pytest.raises(Refused, match="Only the payments officer"):
        services.move(payment, "paid", by=money.pat)
    payment.steps[-1].by = money.max
    db.session.flush()
    with pytest.raises(Refused, match="You approved it"):
        services.move(payment, "paid", by=money.max)


def test_nobody_pays_what_they_said_was_done_though_they_run_the_group_no_more(money, clock):
    payment = money.at(S.APPROVED, clock)
    money.programme.payments_officer = money.sam
    workstreams.move(membership_of(money.sam, money.stream), "left", by=money.sam)
    with pytest.raises(Refused, match="You said it was done"):
        services.move(payment, "paid", by=money.sam)


def test_officer_who_runs_a_group_pays_nothing_and_takes_no_list(money, clock):
    payment, spent = money.at(S.APPROVED, clock), money.spent()
    services.move_expense(spent, "approved", by=money.max)
    a_stream(money.programme, facilitator=money.pat, name="Another group")
    for pay in (
        lambda: services.move(payment, "paid", by=money.pat),
        lambda: services.move_expense(spent, "paid", by=money.pat),
        lambda: services.took_a_file(by=money.pat),
    ):
        with pytest.raises(Refused, match="You run a group"):
            pay()
    assert (payment.state, spent.state) == (S.APPROVED, ExpenseState.APPROVED)


def test_nobody_pays_an_expense_they_wrote_down(money):
    spent = services.claim_for(money.stream, money.robin, "Taxi", 460, date(2025, 11, 14), by=money.sam)
    services.move_expense(spent, "approved", by=money.max)
    money.programme.payments_officer = money.sam
    with pytest.raises(Refused, match="You had a hand in it before"):
        services.move_expense(spent, "paid", by=money.sam)


def test_steps_are_numbered_once(money):
    payment = money.offered()
    db.session.add(PaymentStep(payment=payment, number=1, state=S.PAID, on=date(2025, 11, 17), by=money.sam))
    with pytest.raises(IntegrityError, match="payment_step"):
        db.session.flush()
    db.session.rollback()


def test_offer_nobody_answered_is_taken_back_and_gone(money):
    payment = money.offered()
    services.withdraw(payment, by=money.sam)
    assert db.session.scalars(select(Payment)).all() == []
    assert sorted(journal(payment)) == ["offered", "taken back"]


def test_offer_for_what_did_not_take_place_is_taken_back(money, clock):
    payment = money.at(S.ACCEPTED, clock)
    with pytest.raises(Refused, match="What was promised stays"):
        services.withdraw(payment, by=money.sam)
    keep(Attendance(session_id=money.session.id, person_id=money.robin.id, how=How.NOT_HERE))
    services.withdraw(payment, by=money.sam)
    other = money.offered(money.kit)
    money.session.state = SessionState.CANCELLED
    services.withdraw(other, by=money.sam)
    alone = money.offered(session=None, on=date(2025, 11, 26))
    assert not queries.is_off(alone)


# --- A session that moves, or is cancelled.


def test_offer_follows_its_session_so_that_none_is_made_twice(money):
    both, moved = [money.robin, money.kit], date(2025, 12, 9)
    services.offer_to_all(money.stream, both, money.task(), by=money.sam)
    alone = money.task(session=None)
    services.offer_to_all(money.stream, both, alone, by=money.sam)
    cycles.shift(money.session, moved, Scope.THIS, by=money.sam)
    again = money.task(on=moved, pay_on=date(2025, 12, 16))
    assert services.offer_to_all(money.stream, both, again, by=money.sam) == []
    assert services.offer_to_all(money.stream, both, alone, by=money.sam) == []
    another = money.task(session=None, on=moved, pay_on=date(2025, 12, 16))
    assert len(services.offer_to_all(money.stream, both, another, by=money.sam)) == 2


def test_day_of_pay_follows_a_session_that_moved_past_it(money, clock):
    moved, still = money.at(S.ACCEPTED, clock), money.offered(what="Another", pay_on=date(2025, 12, 22))
    alone = money.offered(session=None)
    keep(Holiday(kind=HolidayKind.BANK, first=date(2025, 12, 10), last=date(2025, 12, 10), what="A day off"))
    cycles.shift(money.session, date(2025, 12, 9), Scope.THIS, by=money.sam)
    said = queries.promises([moved, still, alone])
    assert list(said.values()) == [date(2025, 12, 17), date(2025, 12, 22), date(2025, 12, 2)]
    unsaid = money.offered(money.kit, pay_on=None)
    assert queries.pay_days([unsaid]) == {unsaid.id: date(2025, 12, 17)}
    assert queries.promises([]) == {}


def test_what_is_off_has_no_day_of_pay_and_waits_for_no_answer(money, clock):
    absent, other = money.at(S.ACCEPTED, clock), money.offered(money.kit)
    keep(Attendance(session_id=money.session.id, person_id=money.robin.id, how=How.NOT_HERE))
    assert list(queries.promises([absent, other]).values()) == [None, date(2025, 12, 2)]
    assert queries.to_answer(money.kit, now()) == [other]
    cycles.cancel(money.session, by=money.sam)
    assert list(queries.promises([absent, other]).values()) == [None, None]
    assert queries.to_answer(money.kit, now()) == []
    with pytest.raises(Refused, match="Nothing to answer here"):
        services.answer(other, Says.ALL, by=money.kit)


def test_what_was_done_is_owed_whatever_the_register_says_later(money, clock):
    done = money.at(S.DUE, clock)
    keep(Attendance(session_id=money.session.id, person_id=money.robin.id, how=How.NOT_HERE))
    assert queries.promises([done]) == {done.id: date(2025, 12, 2)}


# --- Expenses.


def test_expense_is_claimed_approved_and_paid_each_by_another_and_with_a_date(money, clock):
    expense = money.spent(receipt=b"picture")
    assert (expense.state, expense.on_paper, expense.claimed_on) == (ExpenseState.CLAIMED, False, date(2025, 11, 17))
    clock(2025, 11, 18, 9)
    services.move_expense(expense, "approved", by=money.sam)
    with pytest.raises(Refused, match="Only the payments officer"):
        services.move_expense(expense, "paid", by=money.sam)
    clock(2025, 11, 19, 9)
    services.move_expense(expense, "paid", by=money.pat)
    assert (expense.approved_on, expense.approved_by_id) == (date(2025, 11, 18), money.sam.id)
    assert expense.paid_on == date(2025, 11, 19)


def test_expense_written_down_for_a_member_is_approved_by_somebody_else(money):
    expense = services.claim_for(money.stream, money.robin, "Bus or train", 320, date(2025, 11, 14), by=money.sam)
    assert (expense.person, expense.on_paper, expense.claimed_by_id) == (money.robin, True, money.sam.id)
    with pytest.raises(Refused, match="Somebody else has to approve this"):
        services.move_expense(expense, "approved", by=money.sam)
    services.move_expense(expense, "approved", by=money.max)


def test_expenses_are_for_members_of_the_group(money):
    for who in (money.ada, money.sam):
        with pytest.raises(Refused, match="This is for members"):
            money.spent(who)
    with pytest.raises(Refused, match="not in it"):
        money.spent(a_person("Jo"))
    with pytest.raises(Refused, match="Only a facilitator"):
        services.claim_for(money.stream, money.robin, "Taxi", 460, date(2025, 11, 14), by=money.ada)


def test_claim_is_taken_back_with_its_picture(money):
    expense = money.spent(receipt=b"picture")
    with pytest.raises(Refused, match="Only the person themself"):
        services.take_back(expense, by=money.kit)
    services.take_back(expense, by=money.robin)
    assert db.session.scalars(select(Expense)).all() == []


# --- How somebody is paid.


def test_bank_details_are_sealed_and_say_nothing_but_their_end(money):
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    method = queries.method_of(money.robin)
    assert b"87654334" not in method.sealed
    assert services.ending(method) == "ends in 34"
    assert not services.is_lost(method)
    services.say_how(money.robin, PayWay.CASH, by=money.robin)
    db.session.expire_all()
    assert [(kept.way, kept.sealed) for kept in db.session.scalars(select(PayMethod))] == [(PayWay.CASH, None)]
    assert services.ending(method) == services.ending(None) == ""
    assert not services.is_lost(method)


def test_nobody_says_for_somebody_else_how_she_is_paid(money):
    for other in (money.sam, money.pat, money.lee):
        with pytest.raises(Refused, match="Only the person themself"):
            services.say_how(money.robin, PayWay.CASH, by=other)


def test_how_somebody_is_paid_rests_while_her_contact_is_new_a6(money, clock):
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    contacts.change_own(money.robin, Channel.PHONE, "07700 900 177")
    with pytest.raises(Refused, match="Your phone or e-mail is new"):
        services.say_how(money.robin, PayWay.CASH, by=money.robin)
    services.say_how(money.kit, PayWay.CASH, by=money.kit)
    clock(now() + timedelta(hours=24))
    services.say_how(money.robin, PayWay.CASH, by=money.robin)
    assert queries.method_of(money.robin).way == PayWay.CASH


def test_key_that_is_lost_is_said_and_she_is_asked_again(money, clock):
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    money.at(S.APPROVED, clock)
    (sealing.key_folder() / sealing.FILE).unlink()
    method = queries.method_of(money.robin)
    assert services.is_lost(method)
    assert services.ending(method) == ""
    assert services.details_of(money.robin, by=money.pat) is None
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    db.session.expire_all()
    assert services.details_of(money.robin, by=money.pat) == ACCOUNT


def test_officer_reads_bank_details_of_who_is_to_be_paid_and_that_is_written_down_l2(money, clock):
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    with pytest.raises(NoResultFound):
        services.details_of(money.kit, by=money.pat)
    money.at(S.APPROVED, clock)
    assert services.details_of(money.robin, by=money.pat) == ACCOUNT
    event = db.session.scalars(select(SecurityEvent).where(SecurityEvent.what == "bank details read")).one()
    assert (event.person_id, event.by_id) == (money.robin.id, money.pat.id)
    services.say_how(money.robin, PayWay.VOUCHER, by=money.robin)
    db.session.expire_all()
    assert services.details_of(money.robin, by=money.pat) is None


def test_officer_who_runs_a_group_reads_nothing(money, clock):
    money.at(S.APPROVED, clock)
    money.programme.payments_officer = money.max
    with pytest.raises(Refused, match="You run a group"):
        services.details_of(money.robin, by=money.max)


def test_taking_a_file_is_written_down(money):
    services.took_a_file(by=money.pat)
    assert journal(money.programme) == ["took a list of payments"]
    assert list(db.session.scalars(select(SecurityEvent.what))) == ["a list of payments taken"]


# --- Leaving.


def test_leaving_takes_open_offers_back_and_what_was_done_is_still_paid(money, clock):
    done = money.at(S.DUE, clock)
    came = money.at(S.ACCEPTED, clock, money.robin)
    clock(*AFTER)
    ahead = money.offered(session=None, on=date(2025, 12, 9), pay_on=date(2025, 12, 16))
    services.answer(ahead, Says.ALL, by=money.robin)
    kits = money.offered(money.kit, session=None, on=date(2025, 12, 9), pay_on=date(2025, 12, 16))
    workstreams.leave(membership_of(money.robin, money.stream), Words.KEEP, by=money.robin)
    db.session.expire_all()
    assert set(db.session.scalars(select(Payment.id))) == {done.id, came.id, kits.id}
    services.move(done, "approved", by=money.max)
    services.move(done, "paid", by=money.pat)
    services.move(came, "done", by=money.sam)
    assert membership_of(money.robin, money.stream) is None
    assert money.stream.memberships[0].state == MembershipState.JOINED


# --- What is let go of.


def test_method_goes_when_nothing_was_owed_for_a_month(money, clock):
    clock(*BEFORE)
    services.say_how(money.robin, PayWay.CASH, by=money.robin)
    long_after = date(2030, 1, 1)
    assert queries.unneeded_methods(date(2025, 11, 16)) == []
    assert len(queries.unneeded_methods(date(2025, 11, 17))) == 1
    payment = money.at(S.APPROVED, clock)
    assert queries.unneeded_methods(long_after) == []
    services.move(payment, "paid", by=money.pat)
    assert queries.unneeded_methods(date(2025, 11, 25)) == []
    expense = money.spent()
    assert queries.unneeded_methods(long_after) == []
    services.move_expense(expense, "approved", by=money.sam)
    clock(2025, 12, 1, 9)
    services.move_expense(expense, "paid", by=money.pat)
    assert queries.unneeded_methods(date(2025, 11, 30)) == []
    (key,) = queries.unneeded_methods(date(2025, 12, 1))
    services.forget_method(key)
    assert queries.method_of(money.robin) is None


def test_records_go_in_their_time_and_never_while_money_is_owed(money, clock):
    paid, owed = money.at(S.PAID, clock), money.at(S.APPROVED, clock, money.kit)
    declined = money.offered(session=None, on=date(2025, 12, 9), pay_on=date(2025, 12, 16))
    spent = money.spent()
    services.move_expense(spent, "approved", by=money.sam)
    assert queries.expenses_settled_by(date(2040, 1, 1)) == []
    services.move_expense(spent, "paid", by=money.pat)
    assert queries.settled_by(date(2025, 11, 25)) == []
    assert queries.settled_by(date(2040, 1, 1)) == [paid.id]
    assert queries.unneeded_offers(date(2025, 12, 8)) == []
    assert queries.unneeded_offers(date(2040, 1, 1)) == [declined.id]
    assert queries.expenses_settled_by(date(2040, 1, 1)) == [spent.id]
    services.forget_payment(paid.id)
    services.forget_payment(declined.id)
    services.forget_expense(spent.id)
    assert list(db.session.scalars(select(Payment.id))) == [owed.id]
    assert list(db.session.scalars(select(Expense.id))) == []


def test_what_somebody_said_yes_to_waits_for_its_money_however_long(money, clock):
    """L4: only what came to nothing goes in a year; what is off came to nothing."""
    accepted, part, declined = (money.at(state, clock) for state in (S.ACCEPTED, S.PART, S.DECLINED))
    ignored = money.offered(what="Another")
    assert set(queries.unneeded_offers(date(2040, 1, 1))) == {declined.id, ignored.id}
    keep(Attendance(session_id=money.session.id, person_id=money.robin.id, how=How.NOT_HERE))
    assert set(queries.unneeded_offers(date(2040, 1, 1))) == {accepted.id, part.id, declined.id, ignored.id}


def test_bank_details_are_held_by_what_is_owed_and_by_no_offer_that_is_ignored(money, clock):
    clock(*BEFORE)
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    on = date(2025, 11, 17)
    assert len(queries.unneeded_methods(on)) == 1
    offered = money.offered()
    assert len(queries.unneeded_methods(on)) == 1
    services.answer(offered, Says.ALL, by=money.robin)
    assert queries.unneeded_methods(date(2040, 1, 1)) == []
    services.answer(offered, Says.NO, by=money.robin)
    assert len(queries.unneeded_methods(on)) == 1
    services.answer(offered, Says.ALL, by=money.robin)
    cycles.cancel(money.session, by=money.sam)
    assert len(queries.unneeded_methods(on)) == 1


# --- Being erased.


def test_what_is_owed_ends_unpaid_where_somebody_is_erased_and_the_sums_stay(money, clock):
    due, approved, paid = (money.at(state, clock) for state in (S.DUE, S.APPROVED, S.PAID))
    came, declined = money.at(S.ACCEPTED, clock), money.at(S.DECLINED, clock)
    kits = money.at(S.APPROVED, clock, money.kit)
    spent, back, checked = money.spent(), money.spent(), money.spent()
    services.move_expense(checked, "approved", by=money.sam)
    services.move_expense(back, "approved", by=money.sam)
    clock(*AFTER)
    services.move_expense(back, "paid", by=money.pat)
    fees, expenses = queries.owed_to(money.robin, now())
    assert ({*fees}, {*expenses}) == ({due, approved, came}, {spent, checked})
    my_data.erase(money.robin, by=money.robin)
    assert {fee.state for fee in (due, approved, came)} == {S.ENDED}
    assert [one.state for one in (paid, declined, kits)] == [S.PAID, S.DECLINED, S.APPROVED]
    states = [one.state for one in (spent, checked, back)]
    assert states == [ExpenseState.ENDED, ExpenseState.ENDED, ExpenseState.PAID]
    till = queries.till(today())
    assert (till.fees, till.expenses, {*till.fees_ended}) == ([kits], [], {due, approved, came})
    assert {*till.expenses_ended} == {spent, checked}
    assert {fee.person.alias for fee in till.fees_ended} == {"Somebody"}
    assert queries.owed_to(money.robin, now()) == ([], [])
    assert {*queries.settled_by(today())} >= {due.id, approved.id, came.id}
    assert {*queries.expenses_settled_by(today())} == {spent.id, checked.id, back.id}


def test_nobody_ends_what_is_owed(money, clock):
    payment, spent = money.at(S.DUE, clock), money.spent()
    for person in (money.robin, money.sam, money.pat, money.lee):
        for end, thing in ((services.move, payment), (services.move_expense, spent)):
            with pytest.raises(Refused, match="It ends by itself"):
                end(thing, "ended", by=person)


def test_stranger_of_the_other_side_is_never_offered(money):
    with pytest.raises(Refused):
        money.offered(a_professional("Nobody"))
