"""Differences people can read, and two changes of one text put together: nothing is ever lost."""

import time
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coprod.core.diff import AFTER, BEFORE, NEW_LINE, Kind, differences, merge, paragraphs, words_of

WORDS = st.lists(st.sampled_from(["one", "two", "three", "card", "call", "ward", "\n"]), max_size=24)
TEXTS = WORDS.map(lambda words: " ".join(words).replace(" \n ", "\n").strip())


def kinds(before: str, after: str) -> list[list[tuple[str, str]]]:
    return [[(str(piece.kind), piece.words) for piece in line] for line in differences(before, after)]


def told(before: str, after: str, which: frozenset[Kind]) -> list[str]:
    return [w for line in differences(before, after) for p in line if p.kind in which for w in p.words.split()]


def bare(text: str) -> list[str]:
    return [word for word in words_of(text) if word != "\n"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "A card", [[("added", "A card")]]),
        ("A card", "", [[("removed", "A card")]]),
        ("A card", "A  card", [[("kept", "A card")]]),
        ("Send a card", "Send a letter", [[("kept", "Send a"), ("removed", "card"), ("added", "letter")]]),
        ("One\nTwo", "One\nThree", [[("kept", "One")], [("removed", "Two"), ("added", "Three")]]),
        ("One two", "One\ntwo", [[("kept", "One"), ("added", NEW_LINE)], [("kept", "two")]]),
        ("One\ntwo", "One two", [[("kept", "One"), ("removed", NEW_LINE), ("kept", "two")]]),
        ("One", "One\n\nTwo three", [[("kept", "One")], [("added", "Two three")]]),
    ],
)
def test_differences_are_told_word_by_word_and_by_paragraph(before, after, expected):
    assert kinds(before, after) == expected


def test_four_words_in_another_place_are_moved_and_said_once_at_each_end():
    before = "Ring before each visit.\nWrite it down for us all to read."
    found = kinds(before, "Write it down for us all to read.\nRing before each visit.")
    assert [piece for line in found for piece in line if "moved" in piece[0]] == [
        ("moved away", "Ring before each visit."),
        ("moved here", "Ring before each visit."),
    ]


def test_three_words_in_another_place_are_taken_and_put():
    found = kinds("one two three. Then a long and quiet wait", "Then a long and quiet wait one two three.")
    assert [kind for line in found for kind, _ in line] == ["removed", "kept", "added"]


def test_longest_run_is_moved_whole_and_each_word_once():
    before = "a b c d e f g h X Y Z long enough to stay where it is now"
    found = kinds(before, "X Y Z long enough to stay where it is now a b c d e f g h a b c d")
    assert [piece for line in found for piece in line if piece[0] != "kept"] == [
        ("moved away", "a b c d e f g h"),
        ("moved here", "a b c d e f g h"),
        ("added", "a b c d"),
    ]


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_word_of_either_text_is_lost_or_made_up(before, after):
    marks = NEW_LINE.split()

    def plain(which: frozenset[Kind]) -> list[str]:
        return [word for word in told(before, after, which) if word not in marks]

    # What was taken and what was put stand beside each other, so each text is read in its own order.
    assert (plain(BEFORE), plain(AFTER)) == (bare(before), bare(after))


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_moved_away_is_what_moved_here(before, after):
    away, here = (sorted(told(before, after, frozenset({k}))) for k in (Kind.MOVED_AWAY, Kind.MOVED_HERE))
    assert away == here


# --- Coming together.


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text"),
    [
        ("a b c d", "a B c d", "a b c D", "a B c D"),
        ("a b c", "x a b c", "a b c y", "x a b c y"),
        ("a b c", "a c", "a b c d", "a c d"),
        ("one\ntwo", "one\ntwo\nthree", "zero\none\ntwo", "zero\none\ntwo\nthree"),
        ("a b c", "a X c", "a X c d", "a X c d"),
    ],
)
def test_changes_in_different_places_come_together(base, ours, theirs, text):
    found = merge(base, ours, theirs)
    assert (bool(found), found.text) == (True, text)


def test_same_words_changed_by_both_are_for_people():
    found = merge("Send a card home", "Send a letter home", "Send a text home")
    assert [(c.base, c.ours, c.theirs) for c in found.clashes] == [("card", "letter", "text")]
    assert not found


def test_both_adding_at_one_place_are_for_people():
    assert [(c.base, c.ours, c.theirs) for c in merge("a b", "a b c", "a b d").clashes] == [("", "c", "d")]


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
@example("", "")
def test_one_change_alone_is_taken_as_it_is(base, changed):
    assert merge(base, changed, base).text == merge(base, base, changed).text == merge(base, changed, changed).text
    assert merge(base, changed, base).text == changed


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_it_does_not_matter_who_was_first(base, ours, theirs):
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert bool(one) == bool(other)
    if one:
        assert words_of(one.text) == words_of(other.text)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_clean_merge_holds_every_word_either_added_and_none_that_nobody_wrote(base, ours, theirs):
    found = merge(base, ours, theirs)
    if found and ours != theirs:
        there, known = bare(found.text), bare(base)
        for word in {*bare(ours), *bare(theirs), *known}:
            added = [bare(text).count(word) - known.count(word) for text in (ours, theirs)]
            most, least = sum(a for a in added if a > 0), sum(a for a in added if a < 0)
            assert known.count(word) + least <= there.count(word) <= known.count(word) + max(most, *added, 0)


@pytest.mark.parametrize("few", [1, 2, 5, 30, 90, 200])
def test_long_texts_of_few_words_are_compared_in_a_moment(few):
    """A member may type 4,000 letters; the hardest of them for any comparison are few words over and over."""
    dice = Random(few)
    base, ours, theirs = (" ".join(str(dice.randrange(few)) for _ in range(1800)) for _ in range(3))
    began = time.perf_counter()
    differences(base, ours)
    merge(base, ours, theirs)
    assert time.perf_counter() - began < 5


def test_paragraph_is_a_line_with_words():
    assert paragraphs("One\n\n  Two \n") == ["One", "Two"]
