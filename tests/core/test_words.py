"""How dates and times are said, and what may not be stored."""

from datetime import UTC, date, datetime, time

import pytest

from coprod.core import words


@pytest.mark.parametrize("text", ["450 557 7104", "4505577104", "It is 450-557-7104, I think."])
def test_an_nhs_number_is_noticed(text):
    assert words.has_nhs_number(text)


@pytest.mark.parametrize(
    "text", ["450 557 7105", "45055771041", "07700 900123", "", "1234567890 pounds", "about 100 people, 12 weeks"]
)
def test_other_numbers_are_no_nhs_numbers(text):
    assert not words.has_nhs_number(text)


def test_an_nhs_number_may_end_in_nought_but_never_in_ten():
    assert words.has_nhs_number("123 456 7881")
    assert not any(words.has_nhs_number(f"100 000 001{digit}") for digit in range(10) if digit != 8)


@pytest.mark.parametrize(("text", "found"), [("BP22C00123", True), ("case bp22p00123.", True), ("BP2200123", False)])
def test_a_court_number_is_noticed_by_its_shape(text, found):
    assert words.has_court_number(text) is found


def test_words_are_counted():
    assert words.count("  two   words\n") == 2
    assert words.count("") == 0


def test_days_are_said():
    when = date(2025, 11, 18)
    assert words.day(when) == "Tuesday 18 November"
    assert words.long_date(when) == "18 November 2025"
    assert words.day_short(when) == "18 Nov"


@pytest.mark.parametrize(
    ("when", "said"), [(time(18), "6pm"), (time(19, 55), "7.55pm"), (time(0, 5), "12.05am"), (time(12), "12pm")]
)
def test_times_are_said(when, said):
    assert words.clock(when) == said


def test_a_moment_is_said_as_on_the_wall_here():
    summer, winter = datetime(2025, 7, 1, 17, 0, tzinfo=UTC), datetime(2025, 11, 21, 17, 0, tzinfo=UTC)
    assert words.clock(summer) == "6pm"
    assert words.moment(summer) == "Tuesday 1 July, 6pm"
    assert words.moment(winter) == "Friday 21 November, 5pm"


def test_a_time_within_an_evening_is_said_plainly():
    assert words.clock_plain(time(18)) == "6.00"
    assert words.clock_plain(time(0, 30)) == "12.30"


def test_near_days_have_names():
    today = date(2025, 11, 17)
    assert [words.near(date(2025, 11, n), today) for n in (17, 18, 19)] == [
        "Today",
        "Tomorrow",
        "Wednesday 19 November",
    ]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2019", "2019"),
        ("2022-06", "June 2022"),
        ("2024-03-27", "27 March 2024"),
        ("2021-09/2022-02", "September 2021 to February 2022"),
    ],
)
def test_a_partial_date_is_said_as_closely_as_it_is_known(when, said):
    assert words.partial_date(when) == said
