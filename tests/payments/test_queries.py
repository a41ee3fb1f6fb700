"""Who finds what, with something there that could leak, at the same cost for one and for three."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.payments import queries, rules, services
from coprod.payments.models import PaymentState, PayWay
from coprod.programmes.models import Programme
from tests.factories import a_person, a_professional, a_stream
from tests.payments.conftest import a_session

S = PaymentState


def test_offers_are_found_by_who_they_are_for_alone(money):
    payment = money.offered()
    assert queries.payments_of(money.robin) == [payment]
    assert queries.one_offered_to(money.robin, payment.id) is payment
    for other in (money.kit, money.sam, money.pat, money.lee):
        assert queries.payments_of(other) == []
        with pytest.raises(NoResultFound):
            queries.one_offered_to(other, payment.id)


def test_offers_that_wait_are_those_not_answered_and_not_begun(money, clock):
    payment = money.offered()
    services.answer(money.offered(what="Another"), rules.Says.NO, by=money.robin)
    assert queries.to_answer(money.robin, now()) == [payment]
    clock(2025, 11, 25, 18)
    assert queries.to_answer(money.robin, now()) == []


def test_pay_is_there_for_members_in_a_group_or_owed_something(money, clock):
    assert queries.may_be_paid(money.robin)
    assert not queries.may_be_paid(money.ada)
    assert not queries.may_be_paid(a_person("Jo"))
    money.at(S.DUE, clock)
    money.stream.memberships[1].state = "left"
    db.session.flush()
    assert queries.may_be_paid(money.robin)


def test_group_page_is_found_by_who_runs_it(money):
    assert queries.run_by(money.sam, money.stream.id) is money.stream
    for other in (money.robin, money.ada, money.lee, money.pat, money.stranger):
        with pytest.raises(NoResultFound):
            queries.run_by(other, money.stream.id)


def test_payment_is_found_by_who_runs_its_group_and_by_an_admin_once_it_is_to_be_approved(money, clock):
    offered, due = money.offered(money.kit), money.at(S.DUE, clock)
    assert queries.one_kept_by(money.sam, offered.id) is offered
    assert queries.one_kept_by(money.lee, due.id) is due
    hidden = [(money.lee, offered), *((who, due) for who in (money.robin, money.ada, money.pat, money.stranger))]
    for who, payment in hidden:
        with pytest.raises(NoResultFound):
            queries.one_kept_by(who, payment.id)


def test_only_sessions_to_come_that_are_held_are_offered_for(money, clock):
    second = a_session(money.stream, money.session.on.replace(day=27), 2, money.session.cycle)
    other = a_stream(money.programme, "Another", facilitator=money.stranger)
    a_session(other, money.session.on, 1)
    assert queries.sessions_to_come(money.stream, now()) == [money.session, second]
    second.state = "cancelled"
    db.session.flush()
    assert queries.sessions_to_come(money.stream, now()) == [money.session]
    clock(2025, 11, 25, 18)
    assert queries.sessions_to_come(money.stream, now()) == []


def test_receipt_is_found_by_its_owner_and_who_approves_o5(money):
    expense, on_paper = money.spent(receipt=b"picture"), money.spent()
    db.session.expire_all()
    for who in (money.robin, money.sam, money.max, money.lee):
        assert queries.one_with_receipt(who, expense.id).receipt == b"picture"
        with pytest.raises(NoResultFound):
            queries.one_with_receipt(who, on_paper.id)
    for other in (money.kit, money.ada, money.pat, money.stranger):
        with pytest.raises(NoResultFound):
            queries.one_with_receipt(other, expense.id)


def test_what_waits_for_a_second_person_is_listed_to_admins(money, clock):
    due, claimed = money.at(S.DUE, clock), money.spent()
    money.at(S.APPROVED, clock, money.kit)
    assert queries.to_approve(money.lee) == ([due], [claimed])
    for other in (money.sam, money.robin, money.pat):
        with pytest.raises(NoResultFound):
            queries.to_approve(other)


def test_till_holds_what_is_approved_and_what_was_paid_in_a_year_each_apart(money, clock):
    services.say_how(money.robin, PayWay.VOUCHER, by=money.robin)
    paid = money.at(S.PAID, clock)
    for state in (S.OFFERED, S.ACCEPTED, S.DECLINED, S.DUE):
        money.at(state, clock, money.kit)
    approved = money.at(S.APPROVED, clock)
    spent, claimed = money.spent(), money.spent(money.kit)
    services.move_expense(spent, "approved", by=money.sam)
    till = queries.till(today())
    assert (till.fees, till.fees_paid, till.expenses, till.expenses_paid) == ([approved], [paid], [spent], [])
    assert till.ways == {money.robin.id: PayWay.VOUCHER}
    clock(2027, 1, 1)
    assert queries.till(today()).fees_paid == []
    assert queries.one_payee(money.robin.id, today()) is money.robin
    with pytest.raises(NoResultFound):
        queries.one_payee(money.kit.id, today())
    with pytest.raises(NoResultFound):
        queries.one_expense_to_pay(claimed.id)


def test_who_is_paid_first_stands_first(money, clock):
    others = [money.at(S.DUE, clock, person) for person in (money.robin, money.kit)]
    later, sooner = others[0], others[1]
    later.pay_on, sooner.pay_on = date(2025, 12, 12), None
    db.session.flush()
    assert list(queries.to_approve(money.lee)[0]) == [sooner, later]
    later.pay_on = date(2025, 11, 26)
    db.session.flush()
    assert list(queries.to_approve(money.lee)[0]) == [later, sooner]


def test_programme_is_found_by_its_payments_officer_alone(money):
    assert queries.programme_paid_by(money.pat) is money.programme
    for other in (money.sam, money.lee, money.robin, money.stranger):
        with pytest.raises(NoResultFound):
            queries.programme_paid_by(other)
    money.pat.active = False
    with pytest.raises(NoResultFound):
        queries.programme_paid_by(money.pat)


def test_nobody_pays_where_there_is_no_programme(database):
    with pytest.raises(NoResultFound):
        queries.programme_paid_by(a_professional("Pat"))


def lists(money):
    """Everything the list pages ask, and what their rules look at."""
    for payment in (*queries.payments_of(money.robin), *queries.offers_in(money.stream)):
        rules.standing(payment, date(2025, 12, 2), today())
        rules.PAYMENTS.open_to(money.sam, payment)
        rules.begins(payment)
    for expense in (*queries.expenses_of(money.robin), *queries.claims_in(money.stream)):
        rules.EXPENSES.open_to(money.sam, expense)
        assert expense.has_picture is False
    due, claimed = queries.to_approve(money.lee)
    [rules.PAYMENTS.open_to(money.lee, each) for each in due]
    [rules.EXPENSES.open_to(money.lee, each) for each in claimed]
    queries.promises(queries.offers_in(money.stream))
    till = queries.till(today())
    return len(due), len(till.fees), len(till.fees_paid), len(claimed), len(till.expenses)


def test_lists_cost_the_same_for_one_and_for_three(money, clock, query_count):
    def one_of_each():
        for state in (S.DUE, S.APPROVED, S.PAID):
            money.at(state, clock)
        money.spent()
        services.move_expense(money.spent(), "approved", by=money.sam)
        db.session.commit()

    def cost():
        db.session.expunge_all()
        for name in ("robin", "sam", "lee"):
            setattr(money, name, db.session.merge(getattr(money, name)))
        money.stream = db.session.merge(money.stream)
        db.session.scalars(select(Programme)).all()
        query_count.clear()
        return lists(money), len(query_count)

    one_of_each()
    once, statements = cost()
    assert once == (1, 1, 1, 1, 1)
    money_again = {name: db.session.merge(getattr(money, name)) for name in ("max", "pat", "session", "kit")}
    for name, thing in money_again.items():
        setattr(money, name, thing)
    one_of_each()
    one_of_each()
    thrice, more = cost()
    assert (thrice, more) == ((3, 3, 3, 3, 3), statements)
