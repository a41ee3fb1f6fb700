"""Closing and counting by the clock, who follows, and everybody closing at the same moment (B5)."""

import pytest
from sqlalchemy import func, select

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import at, db, here
from coprod.core.journal import Entry
from coprod.people.models import Person
from coprod.voting import services
from coprod.voting.models import Envelope, Kind, Outcome, Poll, PollState, Result
from coprod.voting.rules import Choice
from coprod.voting.services import counting
from tests.together import at_once
from tests.voting.ballots import a_table, an_open_vote, counted, everybody_answers
from tests.voting.test_answering import an_open

AGREED = [5, 4, 3, 3, 2, 0, 5, 5, 4, 4, 4, 3, 3, 2, 5]


@pytest.fixture
def followed(monkeypatch):
    """Say who was told of which vote, and what they found."""
    told: list[tuple[Poll, object, object]] = []
    monkeypatch.setattr(counting, "_WHEN_COUNTED", [])
    services.when_counted(lambda poll, by: told.append((poll, by, poll.result.outcome)))
    return told


def verbs(poll: Poll) -> list[tuple[str, object]]:
    found = select(Entry.verb, Entry.by_id).where(Entry.subject_id == poll.id).order_by(Entry.at, Entry.id)
    return [tuple(row) for row in db.session.execute(found)]


def test_the_clock_closes_and_counts_what_is_past_its_time(database, clock, followed):
    table = a_table()
    poll, later = an_open_vote(table), an_open_vote(table, "And this?")
    everybody_answers(table, poll, AGREED)
    later.closes_at = now().replace(month=12)
    db.session.commit()
    assert services.count_due() == 0
    clock(2025, 11, 21, 9, 0)
    assert services.count_due() == 1
    assert (poll.state, poll.result.outcome, later.state) == (PollState.COUNTED, Outcome.AGREED, PollState.OPEN)
    assert followed == [(poll, None, Outcome.AGREED)]
    assert {("closed by the clock", None), ("counted by the clock", None)} < set(verbs(poll))
    assert services.count_due() == 0
    assert counted(table, poll) is poll.result


def test_the_clock_closes_paper_and_leaves_it_to_be_counted_b16(database, clock, followed):
    poll = an_open(a_table(), Kind.CONSENT, on_paper=True)
    clock(2025, 11, 21, 9, 0)
    assert services.count_due() == 1
    assert (poll.state, poll.result, followed) == (PollState.CLOSED, None, [])


def test_what_goes_wrong_with_one_vote_keeps_no_other_waiting(database, clock, monkeypatch):
    table = a_table()
    broken, sound = an_open_vote(table), an_open_vote(table, "And this?")
    monkeypatch.setattr(counting, "_WHEN_COUNTED", [])

    @services.when_counted
    def _fail(poll: Poll, by: Person | None) -> None:
        if poll.id == broken.id:
            raise LookupError

    clock(2025, 11, 21, 9, 0)
    with pytest.raises(LookupError):
        services.count_due()
    assert (broken.state, broken.result, sound.state) == (PollState.OPEN, None, PollState.COUNTED)


def test_nobody_else_moves_as_the_clock(database):
    table = a_table()
    with pytest.raises(Refused, match="by itself"):
        services.moves.move(an_open_vote(table), "closed by the clock", by=table.facilitator)


def test_a_vote_closed_meanwhile_is_left_alone_by_the_clock(database, clock, followed):
    """Looked for, and counted by hand before it was held."""
    table = a_table()
    poll = an_open_vote(table)
    first = counted(table, poll)
    counting._close_by_the_clock(poll.id)
    assert (poll.result is first, followed) == (True, [(poll, table.facilitator, Outcome.NO_RESULT)])


def test_followers_are_told_in_the_same_transaction(database, followed):
    table = a_table()
    poll = an_open_vote(table)
    services.close_and_count(poll, by=table.facilitator)
    assert followed == [(poll, table.facilitator, Outcome.NO_RESULT)]
    db.session.rollback()
    assert (poll.state, poll.result) == (PollState.OPEN, None)


def test_paper_is_closed_by_hand_and_a_screen_is_counted_as_it_closes(database):
    table = a_table()
    online, paper = an_open_vote(table), an_open(table, Kind.CONSENT, on_paper=True)
    with pytest.raises(Refused, match="not on paper"):
        services.close(online, by=table.facilitator)
    with pytest.raises(Refused, match="on paper"):
        services.close_and_count(paper, by=table.facilitator)
    services.close(paper, by=table.facilitator)
    services.close(paper, by=table.facilitator)
    assert [verb for verb, _ in verbs(paper)].count("closed") == 1


def test_counted_by_clock_and_by_hand_at_one_moment_is_counted_once_b5(app, database, clock):
    """Every answer that was taken before is in it, and nothing is left over."""
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, AGREED)
    key, by_id, partnership = poll.id, table.facilitator.id, here()
    clock(2025, 11, 21, 9, 0)
    db.session.commit()
    found: list[Outcome] = []

    def by_hand() -> None:
        with at(app, partnership):
            poll = db.session.get_one(Poll, key)
            found.append(services.close_and_count(poll, by=db.session.get_one(Person, by_id)).outcome)
            db.session.commit()

    def by_clock() -> None:
        with at(app, partnership):
            services.count_due()
            found.append(db.session.get_one(Result, key).outcome)

    at_once(by_hand, by_clock, by_hand, by_clock)
    assert found == [Outcome.AGREED] * 4
    db.session.expire_all()
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0
    assert sum(verb.startswith("counted") for verb, _ in verbs(poll)) == 1


def test_an_answer_at_the_moment_of_closing_is_counted_or_told_so_b2(app, database):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, [4] * 15)
    key, by_id, voter_id, partnership = poll.id, table.facilitator.id, table.lived[0].id, here()
    db.session.commit()
    taken: list[bool] = []

    def answer() -> None:
        with at(app, partnership):
            voter = db.session.get_one(Person, voter_id)
            try:
                services.cast(db.session.get_one(Poll, key), Choice.WORRIED, by=voter)
                db.session.commit()
                taken.append(True)
            except Refused:
                taken.append(False)

    def close() -> None:
        with at(app, partnership):
            services.close_and_count(db.session.get_one(Poll, key), by=db.session.get_one(Person, by_id))
            db.session.commit()

    at_once(answer, close)
    db.session.expire_all()
    assert poll.result.outcome == (Outcome.NEEDS_TALK if taken == [True] else Outcome.AGREED)
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0
