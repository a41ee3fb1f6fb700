"""When the access review is due, and who may be kept or removed by whom."""

from datetime import date
from uuid import uuid4

import pytest

from coprod.administration import rules
from coprod.administration.models import AccessReview, ReviewLine
from coprod.people.models import Person, Side
from coprod.programmes.models import Programme

TODAY = date(2025, 11, 17)


def somebody(alias="Robin", **fields):
    return Person(
        **{"id": uuid4(), "alias": alias, "side": Side.PROFESSIONAL, "active": True, "is_admin": False} | fields
    )


LEE, ROBIN = somebody("Lee", is_admin=True), somebody()


def a_review(began_on=TODAY, finished_on=None, lines=()):
    return AccessReview(began_on=began_on, finished_on=finished_on, lines=list(lines))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2025, 11, 17), date(2025, 12, 17)),
        (date(2025, 12, 31), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(day, later):
    assert rules.month_after(day) == later
    assert rules.next_due(a_review(day)) == later


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (a_review(TODAY), True),
        (a_review(date(2025, 10, 18), date(2025, 10, 18)), False),
        (a_review(date(2025, 10, 17), date(2025, 10, 20)), True),
    ],
)
def test_a_review_is_due_at_first_while_one_is_open_and_after_a_month(last, due):
    assert rules.is_due(last, TODAY) is due


@pytest.mark.parametrize(
    ("by", "last", "said"),
    [
        (LEE, None, ""),
        (LEE, a_review(date(2025, 10, 17), date(2025, 10, 17)), ""),
        (LEE, a_review(), "A review is going on already."),
        (LEE, a_review(TODAY, TODAY), "The review was done today."),
        (ROBIN, None, "Only a programme admin can do this."),
        (ROBIN, a_review(), "Only a programme admin can do this."),
    ],
)
def test_one_review_at_a_time_by_an_admin(by, last, said):
    assert rules.may_begin(by, last, TODAY).reason == said


def test_each_person_is_answered_once_while_their_account_is_open():
    answered = a_review(lines=[ReviewLine(person_id=ROBIN.id, keep=True)])
    assert rules.may_answer(LEE, a_review(), ROBIN)
    assert rules.may_answer(LEE, answered, ROBIN).reason == "Robin is answered already."
    assert rules.may_answer(LEE, a_review(), somebody(active=False)).reason == "This account is closed already."
    assert rules.may_answer(ROBIN, answered, ROBIN).reason == "Only a programme admin can do this."


def test_nobody_removes_themself_or_who_receives_concerns():
    assert rules.may_remove(LEE, a_review(), ROBIN, [])
    assert rules.may_remove(LEE, a_review(), LEE, []).reason == "Ask another programme admin to do this for you."
    lead = rules.may_remove(LEE, a_review(), ROBIN, [Programme(name="Born into Care")])
    assert lead.reason == "Robin receives concerns for Born into Care. Name somebody else first."


def test_the_demonstration_is_removed_by_an_admin_where_there_is_one():
    assert rules.may_remove_demonstration(LEE, True)
    assert rules.may_remove_demonstration(LEE, False).reason == "There is no demonstration here."
    assert rules.may_remove_demonstration(ROBIN, True).reason == "Only a programme admin can do this."
