"""What a group does with a result, and where there is none: the room, ties, another view, hands."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.core.overtaken import Overtaken
from coprod.voting import queries, services
from coprod.voting.models import Kind, Outcome, PollState, Standing, Worry, WorryState
from coprod.voting.rules import ends_as
from coprod.voting.services import afterwards, counting
from tests.voting.ballots import a_table, an_open_vote, counted, everybody_answers
from tests.voting.test_answering import an_open


@pytest.fixture
def told(monkeypatch):
    """Name the votes whose followers were told."""
    found = []
    monkeypatch.setattr(counting, "_WHEN_COUNTED", [lambda poll, by: found.append((poll, by))])
    return found


def a_vote_for_the_room(table):
    poll = an_open_vote(table)
    everybody_answers(table, poll, [4] * 8)
    counted(table, poll)
    return poll


@pytest.mark.parametrize(("said", "ends"), [(True, Outcome.AGREED), (False, Outcome.NEEDS_TALK)])
def test_what_the_room_says_is_kept_with_the_vote(database, told, said, ends):
    table = a_table(2, 6)
    poll = a_vote_for_the_room(table)
    told.clear()
    services.record_room_answer(poll, said, by=table.facilitator)
    db.session.commit()
    assert (poll.state, poll.result.room_said_yes, poll.result.asked_on) == (PollState.ASKED, said, today())
    assert (ends_as(poll.result), told) == (ends, [(poll, table.facilitator)])


def test_a_room_with_nobody_there_is_asked_again(database, told):
    table = a_table(2, 6)
    poll = a_vote_for_the_room(table)
    told.clear()
    services.record_room_answer(poll, None, by=table.facilitator)
    assert (poll.state, ends_as(poll.result), told) == (PollState.COUNTED, Outcome.ASK_THE_ROOM, [])
    assert poll.result.asked_on == today()
    services.record_room_answer(poll, True, by=table.facilitator)
    assert ends_as(poll.result) == Outcome.AGREED


def test_only_the_facilitator_writes_down_the_room(database):
    table = a_table(2, 6)
    poll = a_vote_for_the_room(table)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.record_room_answer(poll, None, by=table.lived[0])


def test_a_tie_is_settled_once_by_the_group(database):
    table = a_table()
    poll = an_open(table, Kind.PICK, options=["Time", "Trust", "Transport"])
    for number, person in enumerate(table.voters):
        if person in table.lived or number < 14:
            services.cast_picks(poll, [1 + number % 2], by=person)
    counted(table, poll)
    assert [one.line.standing for one in poll.options] == [Standing.TIED, Standing.TIED, Standing.NOT_CHOSEN]
    services.settle_tie(poll, [2], by=table.facilitator)
    db.session.commit()
    assert [(one.line.standing, one.line.is_settled) for one in poll.options] == [
        (Standing.NOT_CHOSEN, True),
        (Standing.CHOSEN, True),
        (Standing.NOT_CHOSEN, False),
    ]
    with pytest.raises(Refused, match="no tie to settle"):
        services.settle_tie(poll, [1], by=table.facilitator)


def test_minority_view_stands_with_the_result(database):
    table = a_table()
    poll = an_open_vote(table)
    with pytest.raises(Refused, match="no result yet"):
        services.write_minority_view(poll, "Too soon.", by=table.facilitator)
    counted(table, poll)
    services.write_minority_view(poll, " Some of us want it sooner. ", by=table.facilitator)
    assert poll.result.minority_view == "Some of us want it sooner."


def test_without_a_result_there_is_nothing_to_write_on(database):
    with pytest.raises(NoResultFound):
        afterwards._result_of(an_open_vote(a_table()))


def test_a_show_of_hands_keeps_the_groups_answer_and_no_number(database, told):
    table = a_table(1, 2)
    poll = services.draft(table.stream, "Tuesday or Thursday?", by=table.facilitator, kind=Kind.HANDS)
    result = services.record_hands(poll, Outcome.AGREED, by=table.facilitator)
    db.session.commit()
    assert (result.outcome, result.reason) == (Outcome.AGREED, "The group talked it round, and agreed.")
    assert (poll.state, poll.counted_on, poll.public_key) == (PollState.COUNTED, today(), b"")
    assert (poll.lived_on_roll, poll.professionals_on_roll, told) == (0, 0, [(poll, table.facilitator)])
    with pytest.raises(Refused, match="It is counted"):
        services.record_hands(poll, Outcome.NOT_AGREED, by=table.facilitator)


def test_hands_that_no_parent_raised_have_no_result(database):
    table = a_table(0, 3, name="Legal")
    poll = services.draft(table.stream, "Well?", by=table.facilitator, kind=Kind.HANDS)
    db.session.commit()
    with pytest.raises(Refused, match="cannot end like this"):
        services.record_hands(poll, Outcome.AGREED, by=table.facilitator)
    db.session.rollback()
    assert services.record_hands(poll, Outcome.NO_RESULT, by=table.facilitator).reason.startswith("Nobody with lived")


def test_a_secret_vote_is_not_recorded_by_hand(database):
    table = a_table()
    poll = services.draft(table.stream, "Well?", by=table.facilitator)
    with pytest.raises(Refused, match="Only a show of hands"):
        services.record_hands(poll, Outcome.AGREED, by=table.facilitator)


# --- Reading them.


def test_votes_of_a_table_newest_first_at_one_cost(database, query_count, clock):
    table = a_table()
    costs = []
    for day in (17, 18, 19):
        clock(2025, 11, day, 9, 0)
        counted(table, an_open(table, Kind.PICK, options=["Time", "Trust"]))
        db.session.expire_all()
        stream = db.session.get_one(type(table.stream), table.stream.id)
        query_count.clear()
        found = [(one.opened_on.day, one.result.outcome, len(one.options)) for one in queries.votes_of(stream)]
        costs.append(len(query_count))
    assert found == [(day, Outcome.NO_RESULT, 2) for day in (19, 18, 17)]
    assert costs[0] == costs[2]


def test_drafts_and_voided_votes_are_listed_only_when_asked_for(database):
    table = a_table()
    running, given_up = an_open_vote(table), an_open_vote(table, "And this?")
    services.void(given_up, by=table.facilitator)
    drafted = services.draft(table.stream, "Later?", by=table.facilitator)
    assert list(queries.votes_of(table.stream)) == [running]
    assert set(queries.votes_of(table.stream, with_drafts=True)) == {running, given_up, drafted}


def test_a_result_is_found_with_everything_by_those_at_the_table(database):
    table = a_table()
    poll = an_open(table, Kind.PICK, options=["Time", "Trust"])
    with pytest.raises(NoResultFound):
        queries.one_with_result_seen_by(table.facilitator, poll.id)
    counted(table, poll)
    assert queries.one_with_result_seen_by(table.lived[0], poll.id) is poll
    elsewhere = a_table(1, 1, "Recurrent care", table.stream.programme)
    with pytest.raises(NoResultFound):
        queries.one_with_result_seen_by(elsewhere.facilitator, poll.id)


def test_a_vote_on_paper_waits_for_nobody_on_a_screen_b16(database):
    table = a_table()
    poll = an_open(table, Kind.CONSENT, on_paper=True)
    assert list(queries.open_to(table.lived[0], now())) == []
    assert queries.is_asked(table.lived[0], poll.id, now()) is False


def test_what_somebody_else_answered_to_a_worry_meanwhile_stays_r4(database):
    table = a_table()
    poll = an_open_vote(table)
    services.raise_worry(poll, "Who pays?", by=table.lived[0])
    counted(table, poll)
    worry = poll.worries[0]
    services.move_worry(worry, "talked about", "", by=table.facilitator)
    db.session.commit()
    assert worry.state == WorryState.TALKED_ABOUT
    other = update(Worry).where(Worry.id == worry.id).values(state=WorryState.ANSWERED, answer="The council pays.")
    db.session.execute(other, execution_options={"synchronize_session": False})
    with pytest.raises(Overtaken):
        services.move_worry(worry, "carried forward", "We do not know.", by=table.facilitator)
    db.session.refresh(worry, ["state"])
    assert worry.state == WorryState.ANSWERED
