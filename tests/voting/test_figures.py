"""The figures of secrecy, small: each holds, and each would be seen not to (F12, F17, F19, F21)."""

import pytest

from bench.prove import f12, f17, f19, f21, f21_words
from coprod.voting.models import Kind

SEED = 20251117
VOTERS, CLOSERS, TRIES = 20, 6, 30


def test_whoever_closes_counts_who_was_told_in_and_nobody_else_f12(app, database):
    told = f12.race(app, SEED, 1, VOTERS, CLOSERS)
    assert {fault: told[fault] for fault in f12.FAULTS} == dict.fromkeys(f12.FAULTS, 0)
    assert told["acknowledged"] + told["late"] == VOTERS * len(f12.WAYS)


def test_a_vote_that_nobody_holds_would_be_seen_f12(app, database):
    with f12.without_the_lock():
        races = (f12.race(app, SEED + n, 1, VOTERS, CLOSERS, f12.WAYS[:1]) for n in range(TRIES))
        assert any(told[fault] for told in races for fault in f12.FAULTS)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("way", f17.WAYS[1:], ids=lambda way: way.name)
def test_disk_betrays_no_vote_of_the_newer_kinds_f17(app, database, way):
    """Few votes, so a coarse bound; `./run prove F17` has the fine one."""
    polls = 5
    guessed = f17.attack(app, SEED, polls, way)
    assert guessed["before"] < polls * f17.VOTERS * 3 / 4, guessed


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_two_tables_side_by_side_would_be_seen_f17(app, database):
    polls = 5
    assert f17.attack(app, SEED, polls, f17.WAYS[2], naive=True)["before"] > polls * f17.VOTERS * 3 / 4


def test_whatever_is_answered_the_same_comes_back_f19(app, database):
    """B9; time is measured where it is quiet."""
    told = {kind: f19._of_a_kind(app, kind, SEED, 4, 1) for kind in f19.SECRET}
    uneven = {str(kind): one for kind, one in told.items() if not f19.is_one_shape(one)}
    assert uneven == {}


def test_options_that_travel_as_words_would_be_seen_f19(app, database):
    with f19.words_for_codes():
        assert not f19.is_one_shape(f19._of_a_kind(app, Kind.TEMPERATURE, SEED, 2, 1))


def test_no_small_side_is_ever_derived_f21():
    found = f21.solve(5)
    assert (found.derived, found.strays) == (0, 0), found.examples
    assert found.outcomes > 20_000


@pytest.mark.parametrize("plant", [f21.small_sides_shown, f21.a_sum_beside_one_side])
def test_a_small_side_that_is_shown_or_subtracted_would_be_seen_f21(plant):
    with plant():
        assert f21.solve(5, f21.QUESTIONS[1:2]).derived > 0


def test_no_word_of_five_to_nine_comes_to_a_number_f21():
    found = f21_words.solve(((5, 6), (5, 10)), f21_words.ASKED[:4])
    assert (found.certain, found.numbers) == (0, 0), found.examples
    assert found.outcomes > 10_000


def test_a_word_beside_counts_would_be_seen_f21():
    with f21_words.each_side_in_its_own_form():
        found = f21_words.solve(((5, 10),), f21_words.ASKED[:1])
    assert found.certain > 0
    assert found.numbers > 0
