"""A vote of five hundred members on one question opens and is counted quickly; its roll adds no statement."""

from bench.prove.five_hundred import FEW, MOST_SECONDS, hold, is_level

MANY = 250
OTHERS_ARE_AT_WORK = 5


def test_five_hundred_open_and_count_at_once_and_without_a_statement_for_each(app, database):
    few, many = hold(app, FEW, "few"), hold(app, MANY, "many")
    assert many.result == "agreed: 250 for, 0 against; 250 for, 0 against"
    assert is_level(few, many), (few, many)
    assert max(many.seconds["open"], many.seconds["count"]) < MOST_SECONDS * OTHERS_ARE_AT_WORK, many
