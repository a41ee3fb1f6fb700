"""Yes, or no and why."""

import pytest

from coprod.core.answers import YES, Refused, no, require


def test_yes_is_true_and_gives_no_reason():
    assert bool(YES) is True
    assert YES.reason == ""


def test_no_is_false_and_says_why():
    assert bool(no("Not today.")) is False
    assert no("Not today.").reason == "Not today."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(YES, YES, ""), (YES, no("b"), "b"), (no("a"), YES, "a"), (no("a"), no("b"), "a")],
)
def test_two_answers_join_to_the_first_no(first, second, expected):
    assert (first & second).reason == expected


def test_require_refuses_with_the_reason():
    require(YES)
    with pytest.raises(Refused, match=r"^Not today\.$"):
        require(no("Not today."))
