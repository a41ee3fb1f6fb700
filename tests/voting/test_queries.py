"""Who finds which vote."""

from coprod.core.clock import now
from coprod.core.db import db
from coprod.voting import queries, services
from coprod.voting.models import PollState
from coprod.voting.rules import Choice
from coprod.workstreams.models import MembershipState
from tests.voting.ballots import a_table, an_open_vote


def test_open_votes_are_found_by_the_roll_soonest_first(database):
    table = a_table()
    later, sooner = an_open_vote(table), an_open_vote(table, "And this?")
    sooner.closes_at = now().replace(hour=20)
    db.session.commit()
    assert list(queries.open_to(table.lived[0], now())) == [sooner, later]
    assert list(queries.open_to(table.facilitator, now())) == []


def test_paused_member_is_asked_nothing(database):
    table = a_table()
    an_open_vote(table)
    seat = next(m for m in table.stream.memberships if m.person_id == table.lived[0].id)
    seat.state = MembershipState.PAUSED
    db.session.commit()
    assert list(queries.open_to(table.lived[0], now())) == []


def test_turnout_is_one_word_and_grows_b6(database):
    table = a_table(lived=5, professionals=5)
    poll = an_open_vote(table)
    assert queries.turnout_word(poll) == "Not yet enough for a result"
    for person in [*table.lived[:3], *table.professionals[:3]]:
        services.cast(poll, Choice.YES, by=person)
    assert queries.turnout_word(poll) == "Enough for a result"


def test_running_a_vote_is_for_those_at_its_table(database):
    table = a_table()
    poll = an_open_vote(table)
    assert queries.one_run_by(table.facilitator, poll.id).state == PollState.OPEN
