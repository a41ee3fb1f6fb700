"""The measure of reading itself, on sentences whose grade is known."""

import pytest

from tests.house.reading import grade, syllables


@pytest.mark.parametrize(
    ("word", "expected"),
    [("vote", 1), ("people", 2), ("meeting", 2), ("asked", 1), ("decided", 3), ("recommendation", 5), ("table", 2)],
)
def test_syllables_are_counted_as_spoken(word, expected):
    assert syllables(word) == expected


def test_plain_words_are_graded_low_and_office_words_high():
    plain = ["You can vote now.", "No one will see what you chose.", "You can change it until it ends."]
    office = [
        "The recommendation will subsequently be considered by the multi-agency steering arrangements "
        "notwithstanding the outstanding consultation requirements."
    ]
    assert grade(plain) < 2 < 6 < 15 < grade(office)
