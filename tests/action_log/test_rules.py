"""What an address asks for, how it is cut into pages, and what time a review is about. No database."""

from datetime import date
from uuid import uuid4

from coprod.action_log.rules import (
    MOST_VIEWS,
    PAGE,
    Comes,
    Show,
    Sort,
    Wanted,
    bar,
    between,
    may_keep,
    page_of,
    pages_for,
    read,
)

TODAY = date(2025, 11, 17)
KEY = str(uuid4())


def test_address_is_read_as_it_was_written() -> None:
    wanted = Wanted(Show.LATE, KEY, Comes.DECISION, KEY, "ward data", Sort.MOVED)
    assert read(wanted.address) == wanted
    assert read(Wanted(source=KEY).address) == Wanted(source=KEY)
    assert Wanted().address == {}


def test_what_is_no_word_of_the_log_asks_for_nothing() -> None:
    nonsense = {"show": "x", "owner": "'; --", "source": "x", "table": "1", "sort": "x", "page": "x", "other": "x"}
    assert read(nonsense) == Wanted()
    assert read({"q": " a\0b "}) == Wanted(q="ab")
    assert len(read({"q": "x" * 200}).q) == 100


def test_everything_is_asked_for_where_nothing_is_left_out() -> None:
    assert Wanted().is_everything
    assert Wanted(show=Show.ALL, sort=Sort.DUE).is_everything
    assert not Wanted(show=Show.LATE).is_everything
    assert not Wanted(q="x").is_everything


def test_pages() -> None:
    asked = {"": 1, "0": 1, "2": 2, "-1": 1, "x": 1, "²": 1, "123456": 1, "99": 99}
    assert {typed: page_of(typed) for typed in asked} == asked
    assert [pages_for(count) for count in (0, 1, PAGE, PAGE + 1)] == [1, 1, 1, 2]


def test_review_is_about_the_time_between_two_meetings() -> None:
    both = between(date(2025, 11, 1), date(2025, 12, 1), TODAY)
    assert (both.since, both.until) == (date(2025, 11, 1), date(2025, 12, 1))
    neither = between(None, None, TODAY)
    assert (neither.since, neither.until) == (date(2025, 10, 20), date(2025, 12, 15))
    assert (neither.is_since_a_meeting, neither.is_until_a_meeting) == (False, False)


def test_bar_has_one_piece_each_and_never_too_many() -> None:
    assert bar(2, 3) == ["past", "now", "to-come"]
    long = bar(5_000, 5_000)
    assert (len(long), long[-1], long.count("now")) == (30, "now", 1)
    assert bar(1, 5_000)[0] == "now"
    assert bar(1, 0) == []


def test_somebody_keeps_as_many_views_as_one_can_read() -> None:
    assert may_keep(MOST_VIEWS - 1)
    assert "Let one go first" in may_keep(MOST_VIEWS).reason
