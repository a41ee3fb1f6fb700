"""Opening, answering, closing and counting, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.voting import queries, sealing, services
from coprod.voting.models import Envelope, Outcome, Poll, PollState, RollEntry, SealedWorry, Shown, WorryState
from coprod.voting.rules import KEY_LOST, Choice
from coprod.workstreams.models import MembershipState
from tests.factories import a_membership, a_person
from tests.voting.ballots import a_table, an_open_vote, counted, everybody_answers

ROUND_1 = [5, 4, 3, 3, 2, 1, 3, 3, 3, 4, 4, 4, 5, 5, 5]
ROUND_2 = [5, 4, 3, 3, 2, 0, 5, 5, 4, 4, 4, 3, 3, 2, 5]


def envelopes(poll: Poll) -> list[bytes]:
    return list(db.session.scalars(select(Envelope.sealed).where(Envelope.poll_id == poll.id)))


def keys() -> list:
    return sealing.kept_keys(services.key_folder())


def test_opening_fixes_the_roll_and_what_will_be_shown_b1_b12(database):
    table = a_table()
    poll = an_open_vote(table)
    assert (poll.lived_on_roll, poll.professionals_on_roll) == (6, 9)
    assert (poll.shown_of_lived, poll.shown_of_professionals) == (Shown.WORD, Shown.WORD)
    a_membership(table.stream, a_person("Latecomer"))
    on_roll = set(db.session.scalars(select(RollEntry.person_id).where(RollEntry.poll_id == poll.id)))
    assert on_roll == {person.id for person in table.voters}


def test_opening_keeps_the_private_key_outside_the_data_folder_b4(app, database):
    poll = an_open_vote(a_table())
    assert keys() == [poll.id]
    kept = services.key_folder() / f"{poll.id}.key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not list(app.config["DATA"].glob("**/*.db*/**/*.key"))


@pytest.mark.parametrize("days", [0, -1, 61])
def test_vote_closes_later_than_now_and_within_sixty_days(database, days):
    table = a_table()
    poll = services.draft(table.stream, "Well?", by=table.facilitator)
    with pytest.raises(Refused, match="within sixty days"):
        services.open_vote(poll, now() + timedelta(days=days), by=table.facilitator)
    assert keys() == []


def test_only_a_facilitator_drafts_and_opens(database):
    table = a_table()
    with pytest.raises(Refused):
        services.draft(table.stream, "Well?", by=table.lived[0])


def test_answering_again_replaces_the_envelope_b2_b3(database):
    table = a_table()
    poll = an_open_vote(table)
    for choice in Choice:
        services.cast(poll, choice, by=table.lived[0])
    assert [len(sealed) for sealed in envelopes(poll)] == [80]


def test_answer_leaves_no_event_b7(database):
    table = a_table()
    poll = an_open_vote(table)
    before = db.session.scalars(select(Entry.id)).all()
    services.cast(poll, Choice.YES, by=table.lived[0])
    services.raise_worry(poll, "What if it is one more check?", by=table.lived[0])
    db.session.commit()
    assert db.session.scalars(select(Entry.id)).all() == before


def test_nobody_off_the_roll_answers(database):
    table = a_table()
    poll = an_open_vote(table)
    for person in (table.facilitator, a_person("Stranger")):
        with pytest.raises(NoResultFound):
            services.cast(poll, Choice.YES, by=person)
        with pytest.raises(NoResultFound):
            services.raise_worry(poll, "No", by=person)


def test_database_itself_takes_no_envelope_without_a_roll_entry_b2(database):
    poll = an_open_vote(a_table())
    db.session.add(Envelope(poll_id=poll.id, person_id=a_person("Stranger").id, sealed=b"x"))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_late_answer_is_told_so_and_changes_nothing(database, clock):
    table = a_table()
    poll = an_open_vote(table)
    clock(2025, 11, 21, 9, 0)
    with pytest.raises(Refused, match="has closed"):
        services.cast(poll, Choice.YES, by=table.lived[0])
    assert envelopes(poll) == []


@pytest.mark.parametrize(
    ("choices", "outcome", "words"),
    [
        (ROUND_1, Outcome.NEEDS_TALK, ("Most for", "Most for")),
        (ROUND_2, Outcome.AGREED, ("", "")),
        ([2, 2, 2, 2, 2, 2, *[5] * 9], Outcome.NOT_AGREED, ("Most against", "Most for")),
    ],
)
def test_count_gives_the_worked_results_and_burns_everything_b5(database, choices, outcome, words):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, choices)
    result = counted(table, poll)
    assert (result.outcome, result.lived, result.professionals) == (outcome, *words)
    assert (poll.state, envelopes(poll), keys()) == (PollState.COUNTED, [], [])


def test_counting_twice_changes_nothing_b5(database):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, ROUND_2)
    first = counted(table, poll)
    assert counted(table, poll) is first


def test_key_goes_only_after_the_count_is_committed_b4(database):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, ROUND_2)
    services.close_and_count(poll, by=table.facilitator)
    assert keys() == [poll.id]
    db.session.rollback()
    assert (poll.state, len(envelopes(poll)), keys()) == (PollState.OPEN, 15, [poll.id])


def test_small_side_is_never_split_and_waits_for_the_room(database):
    table = a_table(lived=2, professionals=8, name="Recurrent care")
    poll = an_open_vote(table)
    everybody_answers(table, poll, [2, 2, *[5] * 8])
    result = counted(table, poll)
    assert (result.outcome, result.lived, result.professionals) == (Outcome.ASK_THE_ROOM, "", "")
    services.record_room_answer(poll, True, by=table.facilitator)
    assert poll.state == PollState.ASKED
    with pytest.raises(Refused):
        services.record_room_answer(poll, True, by=table.facilitator)


def test_only_a_result_that_waits_asks_the_room(database):
    table = a_table()
    poll = an_open_vote(table)
    with pytest.raises(Refused, match="does not wait"):
        services.record_room_answer(poll, True, by=table.facilitator)
    everybody_answers(table, poll, ROUND_2)
    counted(table, poll)
    with pytest.raises(Refused, match="does not wait"):
        services.record_room_answer(poll, True, by=table.facilitator)


def test_stream_without_lived_experience_has_no_result(database):
    table = a_table(lived=0, professionals=6, name="Legal")
    poll = an_open_vote(table)
    everybody_answers(table, poll, [5] * 6)
    result = counted(table, poll)
    assert (result.outcome, result.reason) == (Outcome.NO_RESULT, "Nobody with lived experience was on the roll.")


@pytest.mark.parametrize("harm", ["gone", "spoiled", "another's"])
def test_lost_key_is_no_result_said_plainly_b14(database, harm):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, ROUND_2)
    kept = services.key_folder() / f"{poll.id}.key"
    {"gone": kept.unlink, "spoiled": lambda: kept.write_bytes(b"x"), "another's": lambda: kept.write_bytes(b"y" * 32)}[
        harm
    ]()
    result = counted(table, poll)
    assert (result.outcome, result.reason, envelopes(poll)) == (Outcome.NO_RESULT, KEY_LOST, [])


def test_envelope_of_another_vote_stops_the_count(database):
    table = a_table()
    poll, other = an_open_vote(table), an_open_vote(table, "And this?")
    foreign = sealing.seal(poll.public_key, other.id, 5)
    services.answering._put(poll.id, table.lived[0].id, foreign)
    db.session.commit()
    assert counted(table, poll).reason == KEY_LOST


def test_void_vote_is_burnt_unread(database):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, ROUND_2)
    services.void(poll, by=table.facilitator)
    db.session.commit()
    assert (poll.state, poll.result, envelopes(poll), keys()) == (PollState.VOID, None, [], [])
    with pytest.raises(Refused):
        services.close_and_count(poll, by=table.facilitator)


def test_start_up_finishes_an_interrupted_deletion_b4(database):
    table = a_table()
    poll, running = an_open_vote(table), an_open_vote(table, "And this?")
    everybody_answers(table, poll, ROUND_2)
    kept = (services.key_folder() / f"{poll.id}.key").read_bytes()
    counted(table, poll)
    (services.key_folder() / f"{poll.id}.key").write_bytes(kept)
    assert services.finish_interrupted_deletions() == [poll.id]
    db.session.commit()
    assert keys() == [running.id]
    assert services.finish_interrupted_deletions() == []
    db.session.commit()
    assert keys() == [running.id]


def test_worries_are_sealed_until_the_count_then_shown_without_author_b10_p5(database):
    table = a_table()
    poll = an_open_vote(table)
    said = [f"Worry number {n}" for n in range(5)]
    for person, words in zip(table.lived, said, strict=False):
        services.raise_worry(poll, words, by=person)
    db.session.commit()
    kept = db.session.scalars(select(SealedWorry.sealed)).all()
    assert {len(sealed) for sealed in kept} == {2148}
    assert not any(b"Worry" in sealed for sealed in kept)
    everybody_answers(table, poll, ROUND_2)
    counted(table, poll)
    db.session.expire_all()
    assert sorted(worry.words for worry in poll.worries) == said
    assert db.session.scalars(select(SealedWorry.id)).all() == []
    assert set(type(poll.worries[0]).__table__.columns.keys()) == {"id", "poll_id", "words", "state", "answer"}


def test_worry_is_talked_about_then_answered(database):
    table = a_table()
    poll = an_open_vote(table)
    services.raise_worry(poll, "One more check on us?", by=table.lived[0])
    everybody_answers(table, poll, ROUND_2)
    counted(table, poll)
    worry = poll.worries[0]
    services.move_worry(worry, "talked about", "", by=table.facilitator)
    services.move_worry(worry, "answered", "It is not written down.", by=table.facilitator)
    assert (worry.state, worry.answer) == (WorryState.ANSWERED, "It is not written down.")


def test_leaver_stays_on_the_roll_and_her_answer_counts_b1(database):
    table = a_table(lived=5, professionals=5)
    poll = an_open_vote(table)
    everybody_answers(table, poll, [5] * 10)
    seat = next(m for m in table.stream.memberships if m.person_id == table.lived[0].id)
    seat.state = MembershipState.LEFT
    db.session.commit()
    with pytest.raises(NoResultFound):
        queries.one_answerable_by(table.lived[0], poll.id)
    assert counted(table, poll).outcome == Outcome.AGREED


@pytest.mark.parametrize("harm", [sealing.KeyLost, OSError])
def test_vote_does_not_open_where_its_key_cannot_be_kept_b14(database, monkeypatch, harm):
    table = a_table()
    poll = services.draft(table.stream, "Well?", by=table.facilitator)

    def lose(*_):
        raise harm

    monkeypatch.setattr(sealing, "open_envelope", lose)
    with pytest.raises(Refused, match="its key could not be kept"):
        services.open_vote(poll, now() + timedelta(days=4), by=table.facilitator)


def test_wiping_that_somebody_is_in_the_way_of_is_done_later_b5(database, monkeypatch):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, ROUND_2)
    due = sealing.wiping_is_due(services.key_folder())

    def locked(engine):
        raise engine.dialect.loaded_dbapi.OperationalError

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(services.burning, "_vacuum", locked)
        assert counted(table, poll).outcome == Outcome.AGREED
        assert (due.exists(), keys()) == (True, [])
    db.session.rollback()
    for _ in range(2):
        services.finish_wiping(services.here_engine(), services.key_folder())
        assert not due.exists()
