"""What is fixed when a vote opens: its things, its roll, its rule, and who is told."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages.models import Message
from coprod.principles.models import Priority
from coprod.voting import services
from coprod.voting.models import Kind, Poll, PollState, Quorum, RollEntry, Rule, Shown
from coprod.workstreams import services as memberships
from coprod.workstreams.models import Words
from tests.voting.ballots import a_table, an_open_vote

ON_PAPER = {"kind": Kind.CONSENT, "on_paper": True}


def drafted(table, **chosen) -> Poll:
    return services.draft(table.stream, "Well?", by=table.facilitator, **chosen)


def opened(table, poll: Poll, **chosen) -> Poll:
    services.open_vote(poll, now() + timedelta(days=4), by=table.facilitator, **chosen)
    db.session.commit()
    return poll


def test_things_are_kept_in_their_own_words_and_priorities_by_theirs(database):
    table = a_table()
    first = Priority(programme=table.stream.programme, number=1, wording="One named midwife")
    poll = drafted(table, kind=Kind.PICK, options=(first, " A bus fare "), most=1)
    db.session.commit()
    assert [(one.number, one.words, one.priority) for one in poll.options] == [
        (1, "One named midwife", first),
        (2, "A bus fare", None),
    ]


def test_what_a_vote_cannot_ask_is_refused(database):
    table = a_table()
    with pytest.raises(Refused, match="Give 2 to 40"):
        drafted(table, kind=Kind.PICK, options=["Time"])
    assert db.session.scalar(select(func.count()).select_from(Poll)) == 0


def test_a_vote_goes_by_the_usual_rule_unless_another_is_chosen(database):
    table = a_table()
    small = a_table(2, 6, "Recurrent care", table.stream.programme)
    usual = opened(table, drafted(table))
    other = opened(table, drafted(table), rule=Rule.TWO_THIRDS, quorum=Quorum.THREE_QUARTERS)
    room = opened(small, drafted(small))
    several = opened(table, drafted(table, kind=Kind.PICK, options="AB"), rule=Rule.SIMPLE)
    assert [(one.rule, one.quorum) for one in (usual, other, room, several)] == [
        (Rule.BOTH_SIDES, Quorum.HALF),
        (Rule.TWO_THIRDS, Quorum.THREE_QUARTERS),
        (Rule.PARENTS_AND_ALL, Quorum.HALF),
        (Rule.BOTH_SIDES, Quorum.HALF),
    ]
    with pytest.raises(Refused, match="5 people on each side"):
        opened(small, drafted(small), rule=Rule.BOTH_SIDES)


def test_who_is_left_out_is_not_on_the_roll_and_is_counted_b1(database):
    table = a_table(5, 6)
    poll = opened(table, drafted(table), left_out={table.lived[0].id, table.facilitator.id})
    on_it = set(db.session.scalars(select(RollEntry.person_id).where(RollEntry.poll_id == poll.id)))
    assert on_it == {person.id for person in table.voters[1:]}
    assert (poll.left_out, poll.lived_on_roll, poll.shown_of_lived) == (1, 4, Shown.NOTHING)
    told = set(db.session.scalars(select(Message.person_id).where(Message.thing_id == poll.id)))
    assert told == on_it


def test_a_roll_never_has_fewer_than_five_b11(database):
    table = a_table(2, 4)
    with pytest.raises(Refused, match="A private vote needs 5"):
        opened(table, drafted(table), left_out={table.lived[0].id, table.lived[1].id})


def test_a_vote_opens_once(database):
    table = a_table()
    poll = an_open_vote(table)
    with pytest.raises(Refused, match="It is open"):
        services.open_vote(poll, now() + timedelta(days=4), by=table.facilitator)


def test_hands_do_not_open(database):
    table = a_table()
    with pytest.raises(Refused, match="does not open"):
        opened(table, drafted(table, kind=Kind.HANDS))


def test_nobody_is_sent_a_link_to_a_vote_on_paper_b16(database):
    table = a_table()
    poll = opened(table, drafted(table, **ON_PAPER))
    assert (poll.state, db.session.scalar(select(func.count()).select_from(Message))) == (PollState.OPEN, 0)


def test_opening_costs_the_same_whatever_the_roll(database, query_count):
    costs, programme = [], None
    for size in (5, 15):
        table = a_table(size, size, f"Group of {size}", programme)
        programme = table.stream.programme
        poll = drafted(table)
        db.session.commit()
        query_count.clear()
        opened(table, poll)
        costs.append(len(query_count))
    assert costs[0] == costs[1]


# --- The same, asked again.


def test_nobody_is_left_out_alone_of_what_was_asked_before_b13(database):
    """Two results side by side would tell her answer: one worry less, and it was hers."""
    table = a_table(10, 10)
    everybody, drop = opened(table, drafted(table)), {person.id for person in table.lived[:4]}
    for left_out in (drop, {table.professionals[0].id}):
        with pytest.raises(Refused, match="The same was asked before"):
            opened(table, drafted(table), left_out=left_out)
        db.session.rollback()
    five = opened(table, drafted(table), left_out=drop | {table.lived[4].id})
    with pytest.raises(Refused, match="The same was asked before"):  # One more or less than those five is one person.
        opened(table, drafted(table), left_out=drop)
    db.session.rollback()
    assert (everybody.left_out, five.left_out) == (0, 5)


def test_whoever_was_left_out_stays_out_when_it_is_asked_again_b13(database):
    table = a_table(10, 10)
    out = {table.lived[0].id}
    first = opened(table, drafted(table), left_out=out)
    with pytest.raises(Refused, match="whoever was left out stays out"):
        opened(table, drafted(table))
    db.session.rollback()
    again = opened(table, drafted(table), left_out=out)
    other = opened(table, services.draft(table.stream, "Another thing?", by=table.facilitator))
    assert (first.left_out, again.left_out, other.left_out) == (1, 1, 0)


def test_there_are_no_counts_where_one_came_or_went_since_it_was_asked_b13(database):
    table = a_table(11, 11)
    first = opened(table, drafted(table))
    seats = (place for place in table.stream.memberships if place.person_id == table.lived[0].id)
    memberships.leave(next(seats), Words.KEEP, by=table.lived[0])
    db.session.commit()
    again = opened(table, drafted(table))
    other = opened(table, services.draft(table.stream, "Another thing?", by=table.facilitator))
    shown = [(one.shown_of_lived, one.shown_of_professionals) for one in (first, again, other)]
    assert shown == [(Shown.COUNTS,) * 2, (Shown.WORD,) * 2, (Shown.COUNTS,) * 2]
