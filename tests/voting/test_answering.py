"""Answering every kind of vote: one envelope of one size, and nothing else (B2, B3, B7)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import Root, db
from coprod.voting import sealing, services
from coprod.voting.models import Envelope, Kind, Outcome, Poll, SealedWorry, Standing
from coprod.voting.rules import KEY_LOST, Choice, View
from tests.voting.ballots import a_table, an_open_vote, counted


def an_open(table, kind: Kind, **chosen) -> Poll:
    poll = services.draft(table.stream, "Which?", by=table.facilitator, kind=kind, **chosen)
    services.open_vote(poll, now() + timedelta(days=4), by=table.facilitator)
    db.session.commit()
    return poll


def contents() -> dict[str, list]:
    return {name: sorted(map(str, db.session.execute(select(t)).all())) for name, t in Root.metadata.tables.items()}


def test_b7_whatever_is_answered_only_the_envelope_changes(database):
    """Every kind, first answer and second; the envelope has one size."""
    table = a_table()
    voter = table.lived[0]
    polls = {
        kind: an_open(table, kind, options=things)
        for kind, things in ((Kind.TEMPERATURE, ()), (Kind.CONSENT, ()), (Kind.PICK, "ABC"), (Kind.STATEMENTS, "ABC"))
    }
    before = contents()
    for _ in range(2):
        services.cast(polls[Kind.TEMPERATURE], Choice.LOVE, by=voter)
        services.cast(polls[Kind.CONSENT], Choice.WORRIED, by=voter)
        services.cast_picks(polls[Kind.PICK], [3], by=voter)
        services.cast_views(polls[Kind.STATEMENTS], {1: View.AGREE, 3: View.DISAGREE}, by=voter)
        db.session.commit()
    after = contents()
    assert {name for name in after if after[name] != before[name]} == {"envelope"}
    sealed = db.session.scalars(select(Envelope.sealed)).all()
    assert [len(one) for one in sealed] == [80] * 4


def test_a_vote_is_answered_in_its_own_way_only(database):
    table = a_table()
    voter, scale, pick = table.lived[0], an_open_vote(table), an_open(table, Kind.PICK, options="ABC", most=2)
    for poll, cast, answer, why in (
        (pick, services.cast, Choice.YES, "not one of the answers"),
        (an_open(table, Kind.CONSENT), services.cast, Choice.LOVE, "not one of the answers"),
        (scale, services.cast_picks, [], "answered in another way"),
        (scale, services.cast_views, {}, "answered in another way"),
        (pick, services.cast_picks, [4], "not one of the answers"),
        (pick, services.cast_picks, [1, 2, 3], "Choose 2 at most"),
        (an_open(table, Kind.STATEMENTS, options="AB"), services.cast_views, {3: View.AGREE}, "not one of the answers"),
    ):
        with pytest.raises(Refused, match=why):
            cast(poll, answer, by=voter)
    assert db.session.scalars(select(Envelope.sealed)).all() == []


def test_b16_nobody_answers_a_vote_on_paper_on_a_screen(database):
    table = a_table()
    for kind, cast, answer in (
        (Kind.TEMPERATURE, services.cast, Choice.YES),
        (Kind.PICK, services.cast_picks, [1]),
    ):
        poll = an_open(table, kind, options="AB" if kind == Kind.PICK else (), on_paper=True)
        with pytest.raises(Refused, match="on paper"):
            cast(poll, answer, by=table.lived[0])


def test_consent_is_counted_and_one_who_cannot_live_with_it_sends_it_back(database):
    table = a_table()
    for last, outcome in ((Choice.LIVE_WITH, Outcome.AGREED), (Choice.WORRIED, Outcome.NEEDS_TALK)):
        poll = an_open(table, Kind.CONSENT)
        for person in table.voters:
            services.cast(poll, last if person is table.lived[0] else Choice.YES, by=person)
        assert counted(table, poll).outcome == outcome


def test_picks_are_counted_and_no_pattern_is_kept_b11(database):
    table = a_table()
    poll = an_open(table, Kind.PICK, options=["Time", "Trust", "Transport"], most=2)
    for number, person in enumerate(table.voters):
        services.cast_picks(poll, [1, 2] if number % 2 else [1, 3], by=person)
    result = counted(table, poll)
    assert (result.outcome, result.lived) == (Outcome.COUNTED, "")
    assert [(one.words, one.line.rank, one.line.standing) for one in poll.options] == [
        ("Time", 1, Standing.CHOSEN),
        ("Trust", 3, Standing.NOT_CHOSEN),
        ("Transport", 2, Standing.CHOSEN),
    ]
    assert db.session.scalars(select(Envelope.sealed)).all() == []


def test_statements_are_counted(database):
    table = a_table()
    poll = an_open(table, Kind.STATEMENTS, options=["I am heard.", "I know whom to ring."])
    for person in table.voters:
        services.cast_views(poll, {1: View.AGREE, 2: View(1 + (person in table.lived))}, by=person)
    counted(table, poll)
    assert [one.line.standing for one in poll.options] == [Standing.SHARED, Standing.PARTED]
    assert [one.line.reason for one in poll.options][1] == ("Most parents and carers disagree, and most workers agree.")


@pytest.mark.parametrize(("kind", "code"), [(Kind.TEMPERATURE, 6), (Kind.PICK, 0b100), (Kind.STATEMENTS, 0b11)])
def test_a_spoiled_envelope_stops_the_count_b5(database, kind, code):
    table = a_table()
    poll = an_open(table, kind, options="AB" if kind != Kind.TEMPERATURE else ())
    services.answering._put(poll.id, table.lived[0].id, sealing.seal(poll.public_key, poll.id, code))
    result = counted(table, poll)
    assert (result.outcome, result.reason) == (Outcome.NO_RESULT, KEY_LOST)
    assert [one.line for one in poll.options] == [None] * len(poll.options)


def test_a_worry_that_cannot_be_opened_is_counted_and_stops_nothing(database):
    table = a_table()
    poll, other = an_open_vote(table), an_open_vote(table, "And this?")
    for person in table.voters:
        services.cast(poll, Choice.YES, by=person)
    services.raise_worry(poll, "One more check?", by=table.lived[0])
    foreign = sealing.seal_words(other.public_key, other.id, "Elsewhere")
    torn = sealing._seal(poll.public_key, poll.id, b"\xff\xfe", sealing.WORDS_SIZE)
    db.session.add_all(SealedWorry(poll_id=poll.id, sealed=sealed) for sealed in (foreign, torn))
    result = counted(table, poll)
    assert (result.outcome, result.lost_worries) == (Outcome.AGREED, 2)
    assert [worry.words for worry in poll.worries] == ["One more check?"]


def test_with_a_lost_key_every_worry_is_lost_too_b14(database):
    table = a_table()
    poll = an_open_vote(table)
    services.raise_worry(poll, "One more check?", by=table.lived[0])
    (services.key_folder() / f"{poll.id}.key").unlink()
    result = counted(table, poll)
    assert (result.reason, result.lost_worries, poll.worries) == (KEY_LOST, 1, [])
