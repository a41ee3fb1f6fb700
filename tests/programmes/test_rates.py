"""Rates: dated, from a day on, never edited, only followed (domain rule 27)."""

from datetime import date

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.programmes import queries, rules, services
from coprod.programmes.models import Rate
from tests.factories import a_professional, an_admin, keep

TODAY = date(2025, 11, 17)
ASKED = {"what": "One session", "pounds": "£12.50", "valid_from": "1 December 2025"}


def a_rate(what="One session", pence=1000, valid_from=date(2025, 4, 1)):
    return Rate(what=what, pence=pence, valid_from=valid_from)


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("£12.50", 1250),
        (" £ 12.50 ", 1250),
        ("£1,200", 120000),
        ("0.05", 5),
        ("", None),
        ("twelve", None),
        ("12.505", None),
        ("-3", None),
        ("1,20", None),
        ("1000000", None),
        ("12p", None),
    ],
)
def test_pounds_are_read_as_people_write_them(typed, pence):
    assert rules.pence(typed) == pence


def test_a_sum_is_said_in_pounds_and_pence():
    assert [rules.pounds(pence) for pence in (5, 1250, 120000)] == ["£0.05", "£12.50", "£1,200.00"]


def test_the_newest_rate_that_has_begun_counts():
    rates = [
        a_rate(valid_from=date(2024, 4, 1)),
        a_rate(valid_from=TODAY),
        a_rate(valid_from=date(2025, 4, 1)),
        a_rate(valid_from=date(2026, 4, 1)),
        a_rate("an hour of reading", valid_from=date(2026, 1, 1)),
    ]
    hour, session = rules.paid(rates, TODAY)
    assert (hour.what, hour.now, len(hour.coming), hour.before) == ("an hour of reading", None, 1, [])
    assert session.now is rates[1]
    assert session.coming == [rates[3]]
    assert session.before == [rates[2], rates[0]]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 4, 1), "There is a rate from 1 April 2025. A new one begins after that day."),
        (date(2025, 3, 1), "There is a rate from 1 April 2025. A new one begins after that day."),
        (date(2025, 11, 16), "A rate that is paid already changes today or later, not in the past."),
        (TODAY, ""),
        (date(2026, 4, 1), ""),
    ],
)
def test_a_rate_follows_the_newest_and_changes_nothing_past(day, said):
    assert rules.may_follow("One session", day, [a_rate()], TODAY).reason == said


def test_the_first_rate_of_its_kind_may_begin_on_any_day():
    assert rules.may_follow("Reading", date(2020, 1, 1), [a_rate()], TODAY)


def test_a_kind_of_work_keeps_its_spelling():
    assert rules.same_work("one SESSION", [a_rate()]) == "One session"
    assert rules.same_work("Reading", [a_rate()]) == "Reading"


def test_a_new_rate_is_kept_beside_the_old_and_written_down(database):
    keep(a_rate())
    rate = services.set_rate("one session", 1250, date(2025, 12, 1), by=an_admin())
    assert [(each.what, each.pence) for each in queries.rates()] == [("One session", 1250), ("One session", 1000)]
    assert db.session.scalars(db.select(Entry.verb).where(Entry.subject_id == rate.id)).all() == ["set"]


def test_only_an_admin_sets_rates_and_none_is_set_back(database):
    keep(a_rate())
    with pytest.raises(Refused, match="Only a programme admin"):
        services.set_rate("One session", 1, date(2025, 12, 1), by=a_professional())
    with pytest.raises(Refused, match="begins after that day"):
        services.set_rate("one session", 1, date(2025, 4, 1), by=an_admin())


def test_the_page_shows_what_is_paid_and_takes_a_new_rate(as_, database):
    keep(a_rate(valid_from=date(2024, 4, 1)), a_rate(pence=1100))
    visitor = as_(an_admin())
    answer = visitor.post("/rates", data=ASKED, follow_redirects=True)
    assert "One session: £12.50 is kept." in answer.text
    for shown in ("£11.00", "since 1 April 2025", "£12.50", "from 1 December 2025", "£10.00", "from 1 April 2024"):
        assert shown in answer.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pounds": "twelve"}, "Write the pounds like this: 12.50"),
        ({"pounds": ""}, "Write the pounds like this: 12.50"),
        ({"what": ""}, "Say what it is paid for."),
        ({"valid_from": ""}, "Give the day."),
        ({"valid_from": "1 April 2025", "what": "ONE session"}, "A new one begins after that day."),
    ],
)
def test_the_page_asks_again_and_keeps_what_was_typed(as_, database, wrong, said):
    keep(a_rate())
    answer = as_(an_admin()).post("/rates", data=ASKED | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert (wrong.get("pounds", "£12.50") or 'name="pounds"') in answer.text
    assert len(queries.rates()) == 1


def test_rates_are_an_admins(as_, database):
    visitor = as_(a_professional())
    assert (visitor.get("/rates").status_code, visitor.post("/rates").status_code) == (403, 403)


def test_before_there_is_a_rate_the_page_says_so(as_, database):
    assert "Nothing is set yet" in as_(an_admin()).get("/rates").text
