"""A vote on paper: two people count one box, each for herself (B16)."""

import pytest
from sqlalchemy import func, select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.voting import queries, sealing, services
from coprod.voting.models import Kind, Outcome, PaperCount, PollState, Standing
from coprod.voting.rules import KEY_LOST, Pile, Piles, PilesDiffer
from tests.factories import a_person
from tests.voting.ballots import a_table
from tests.voting.test_answering import an_open

AGREED = Piles(Pile({4: 5, 3: 1}), Pile({4: 9}))
TALK = Piles(Pile({4: 5, 1: 1}), Pile({4: 9}))


@pytest.fixture
def table(database):
    return a_table()


@pytest.fixture
def poll(table):
    poll = an_open(table, Kind.CONSENT, on_paper=True)
    services.close(poll, by=table.facilitator)
    db.session.commit()
    return poll


def kept() -> int:
    return db.session.scalar(select(func.count()).select_from(PaperCount))


def test_two_who_say_the_same_have_counted(table, poll):
    assert services.count_paper(poll, AGREED, by=table.lived[0]) is None
    db.session.commit()
    assert (queries.is_counted_once(poll), queries.has_counted(poll, table.lived[0])) == (True, True)
    assert queries.has_counted(poll, table.facilitator) is False
    result = services.count_paper(poll, AGREED, by=table.facilitator)
    db.session.commit()
    assert (result.outcome, result.lived, poll.state, kept()) == (Outcome.AGREED, "", PollState.COUNTED, 0)
    assert sealing.kept_keys(services.key_folder()) == []
    assert services.count_paper(poll, TALK, by=table.professionals[0]) is result


def test_first_count_is_sealed_and_says_nothing(table, poll):
    services.count_paper(poll, AGREED, by=table.facilitator)
    services.count_paper(poll, TALK, by=table.facilitator)
    db.session.commit()
    (sealed,) = db.session.scalars(select(PaperCount.sealed))
    assert len(sealed) == 2148
    assert services.count_paper(poll, TALK, by=table.lived[0]).outcome == Outcome.NEEDS_TALK


def test_two_who_differ_begin_again_and_nobody_learns_where(table, poll):
    services.count_paper(poll, AGREED, by=table.lived[0])
    db.session.commit()
    with pytest.raises(PilesDiffer, match="Please count the box once more, both of you"):
        services.count_paper(poll, TALK, by=table.facilitator)
    db.session.commit()
    assert (kept(), poll.result, poll.state) == (0, None, PollState.CLOSED)
    assert services.count_paper(poll, TALK, by=table.facilitator) is None


def test_one_of_the_two_runs_the_group(table, poll):
    services.count_paper(poll, AGREED, by=table.lived[0])
    with pytest.raises(Refused, match="is the facilitator"):
        services.count_paper(poll, AGREED, by=table.lived[1])
    assert kept() == 1


def test_only_who_sits_there_counts_and_only_after_closing(table, poll):
    with pytest.raises(Refused, match="Only people in"):
        services.count_paper(poll, AGREED, by=a_person("Stranger"))
    still_open = an_open(table, Kind.CONSENT, on_paper=True)
    with pytest.raises(Refused, match="It is open"):
        services.count_paper(still_open, AGREED, by=table.facilitator)
    with pytest.raises(Refused, match="two boxes apart"):
        services.count_paper(poll, Piles(whole=Pile({4: 3})), by=table.facilitator)


def test_b14_with_a_lost_key_there_is_no_result(table, poll):
    services.count_paper(poll, AGREED, by=table.lived[0])
    (services.key_folder() / f"{poll.id}.key").unlink()
    result = services.count_paper(poll, AGREED, by=table.facilitator)
    assert (result.outcome, result.reason, kept()) == (Outcome.NO_RESULT, KEY_LOST, 0)


def test_nothing_half_is_left_when_the_counting_breaks_off(table, poll, monkeypatch):
    services.count_paper(poll, AGREED, by=table.lived[0])
    db.session.commit()

    def crash(*_):
        raise OSError

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(services.counting, "burn", crash)
        with pytest.raises(OSError):  # noqa: PT011 - it stands for any crash
            services.count_paper(poll, AGREED, by=table.facilitator)
    db.session.rollback()
    assert (kept(), poll.result, poll.state) == (1, None, PollState.CLOSED)


def test_a_voided_vote_forgets_what_was_counted(table, poll):
    services.count_paper(poll, AGREED, by=table.lived[0])
    services.void(poll, by=table.facilitator)
    assert kept() == 0


def test_small_group_has_one_box_b13(database):
    table = a_table(2, 6, name="Recurrent care")
    poll = an_open(table, Kind.PICK, options=["Time", "Trust"], on_paper=True)
    services.close(poll, by=table.facilitator)
    box = Piles(whole=Pile({1: 5, 2: 2}, 7))
    services.count_paper(poll, box, by=table.facilitator)
    services.count_paper(poll, box, by=table.professionals[0])
    assert [(one.line.standing, one.line.lived) for one in poll.options] == [
        (Standing.CHOSEN, ""),
        (Standing.NOT_CHOSEN, ""),
    ]
