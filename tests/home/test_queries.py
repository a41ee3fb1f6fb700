"""What is gathered for somebody's first page, and what gathering it costs."""

from datetime import date, timedelta

import pytest

from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.home import queries
from coprod.people.models import Person
from coprod.recommendations import services
from coprod.recommendations.models import State
from coprod.steering.models import MeetingState, Verdict
from coprod.workstreams.models import MembershipState, Role
from tests.factories import a_membership, a_person, a_stream, an_admin
from tests.home.scenes import Answered
from tests.recommendations.written import AGREED, Round
from tests.voting.ballots import a_table, an_open_vote


@pytest.fixture
def room(database: None) -> Answered:
    return Answered()


# --- What waits for one's own word.


def test_open_votes_and_offered_places_wait_for_whom_they_are_meant(room: Answered) -> None:
    table = a_table(name="Legal", programme=room.programme)
    poll = an_open_vote(table)
    place = a_membership(room.stream, table.lived[0], state=MembershipState.INVITED)
    waiting = queries.waiting_for(table.lived[0], now())
    assert (waiting.invitations, waiting.questions) == ([place], [poll])
    nothing = queries.Waiting([], [], offers=[], agreements=[], calls=[], theories=[], readings=[])
    assert queries.waiting_for(room.robin, now()) == nothing
    assert queries.waiting_for(table.lived[0], now() + timedelta(30)).questions == []


# --- A member.


def test_members_page_tells_the_latest_answer_and_only_their_own_actions(room: Answered) -> None:
    room.answered(Verdict.DECLINE, "Fixed days").recommendation.submitted_on = today() - timedelta(9)
    answered = room.answered(title="Shorter letters")
    room.on_record(title="Not answered yet")
    mine, _ = room.action(room.robin), room.action(room.mo)
    db.session.flush()
    view = queries.for_member(room.robin, today(), now())
    assert view.story is not None
    assert view.story.decision is answered
    assert [line.action for line in view.log.lines] == [mine]
    assert (view.next_session, view.table) == (None, None)


def test_member_who_steers_too_sees_that_table(room: Answered) -> None:
    a_membership(room.stream, room.dee)
    waiting = room.sent()
    view = queries.for_member(room.dee, today(), now())
    assert view.table == queries.Table(room.place, [waiting])
    room.place.state = MeetingState.CLOSED
    db.session.flush()
    assert queries.for_member(room.dee, today(), now()).table == queries.Table(None, [waiting])


# --- A facilitator.


def test_facilitators_page_gathers_what_their_own_groups_asked(database: None) -> None:
    scene = Round()
    counted, voting = scene.agreed(), scene.voting()
    scene.noted()
    other = a_stream(scene.programme, "Legal", facilitator=a_person("Other"))
    services.draft(other, "Not theirs", by=other.memberships[0].person)
    view = queries.for_facilitator(scene.facilitator, today(), now())
    assert view.unfinished == [counted]
    assert [(vote.title, vote.turnout) for vote in view.votes] == [(voting.title, "Not yet enough for a result")]
    assert (view.next_session, view.cycle, list(view.stuck), view.owed) == (None, None, [], [])


def test_open_vote_is_one_word_that_changes_at_half_of_each_side(database: None) -> None:
    """B6."""
    scene = Round()
    scene.answered(AGREED)
    (vote,) = queries.for_facilitator(scene.facilitator, today(), now()).votes
    assert vote.turnout == "Enough for a result"


def test_facilitator_sees_the_answers_owed_to_their_groups(room: Answered) -> None:
    owed = room.on_record()
    room.answered(title="Shorter letters")
    assert [reply.decision for reply in queries.for_facilitator(room.sam, today(), now()).owed] == [owed]


def test_member_of_a_group_runs_none_of_its_votes(room: Answered) -> None:
    room.written(state=State.NEEDS_TALK)
    assert queries.for_facilitator(room.robin, today(), now()).unfinished == []


def test_two_open_votes_cost_as_one(app, database: None, query_count) -> None:
    scene, costs = Round(), []
    for _ in range(2):
        scene.voting()
        costs.append(cost(app, query_count, scene.facilitator, facilitators_page))
    assert costs[0] == costs[1]


def test_home_costs_the_same_with_one_and_with_three(app, room: Answered, query_count) -> None:
    a_membership(room.stream, room.dee)
    costs = []
    for more in (1, 2):
        for number in range(more):
            room.tried(f"Idea {more}.{number}")
            room.action(room.robin)
            room.sent(f"Wait {more}.{number}")
        costs.append(
            [
                cost(app, query_count, room.robin, members_page),
                cost(app, query_count, room.dee, members_page),
            ]
        )
        costs[-1].append(cost(app, query_count, room.sam, facilitators_page))
    assert costs[0] == costs[1]


def members_page(person: Person, day: date) -> queries.MemberView:
    return queries.for_member(person, day, now())


def facilitators_page(person: Person, day: date) -> queries.FacilitatorView:
    return queries.for_facilitator(person, day, now())


def cost(app, query_count, person: Person, ask) -> int:
    """Count the statements of one question, asked by somebody who has just come in."""
    key = person.id
    db.session.commit()
    with app.app_context():
        asking = db.session.get_one(Person, key)
        query_count.clear()
        assert ask(asking, today())
        return len(query_count)


# --- Whom to try the demonstration as.


def test_what_everybody_does_is_said_of_joined_seats_alone(room: Answered) -> None:
    a_membership(room.stream, room.stranger, Role.MEMBER, state=MembershipState.INVITED)
    done = queries.what_they_do()
    assert done[room.sam.id] == "Runs Practice models"
    assert done[room.alex.id] == "Chairs Steering group"
    assert done[room.robin.id] == "Mother, Practice models"
    assert room.stranger.id not in done
    assert an_admin().id not in done
