"""F14: two people at one note lose no word, whoever is faster, and the slower one sees both texts (R4)."""

from coprod.notes import rules
from tests.notes.two_writers import at_desks, race

ROUNDS = 3


def test_no_word_is_lost_and_the_second_sees_both_texts_f14(app, evening):
    counted = race(at_desks(app, evening), ROUNDS)
    assert {name: counted[name] for name in ("lost", "doubled", "unseen", "broken")} == {
        "lost": 0,
        "doubled": 0,
        "unseen": 0,
        "broken": 0,
    }
    assert counted["conflicts"] >= ROUNDS
    assert counted["saves"] == ROUNDS * 7


def test_without_the_version_words_are_lost(app, evening, monkeypatch):
    monkeypatch.setattr(rules, "is_overtaken", lambda part, version: False)
    assert race(at_desks(app, evening), 1)["lost"] > 0
