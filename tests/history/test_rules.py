from datetime import UTC, date, datetime

import pytest

from coprod.history import rules
from coprod.history.rules import For


def test_words_use_nothing_but_who_whom_and_what():
    for kind, verbs in rules.WORDS.items():
        for verb in verbs:
            said = rules.sentence(kind, verb, who="you", whom="somebody", what="A call")
            assert (said[0].isupper(), said[-1], "{" in said) == (True, ".", False), (kind, verb)


def test_question_keeps_its_mark():
    said = rules.sentence("action", "opened", who="Sam", whom="", what="Who rings?")
    assert said == "Sam wrote an action: Who rings?"


def test_accounts_are_for_those_who_keep_them():
    assert {seen for kind, seen in rules.said_to(For) if kind == "person"} == {For.ADMINS}


@pytest.mark.parametrize("day", [date(2025, 11, 17), date(2025, 11, 20), date(2025, 11, 23)])
def test_page_shows_four_weeks_from_monday_to_sunday(day):
    assert rules.weeks_to(day) == (date(2025, 10, 27), date(2025, 11, 23))


def test_day_is_the_one_on_the_wall_here():
    assert rules.local_day(datetime(2025, 6, 17, 23, 30, tzinfo=UTC)) == date(2025, 6, 18)
