"""Who finds which thread, what is gathered on it, and what gathering costs."""

from datetime import time, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.clock import today
from coprod.core.db import db
from coprod.cycles.models import Cycle
from coprod.people.models import Person
from coprod.recommendations.models import State
from coprod.steering.models import Verdict
from coprod.threads import queries
from coprod.threads.rules import facts
from coprod.workstreams.models import MembershipState
from tests.factories import a_membership, a_stream, an_admin, keep
from tests.home.scenes import Answered


@pytest.fixture
def room(database: None) -> Answered:
    return Answered()


def finds(person: Person, key) -> bool:
    try:
        return queries.story_seen_by(person, key).recommendation.id == key
    except NoResultFound:
        return False


# --- Who sees which.


def test_thread_is_found_by_its_own_stream_from_the_first_idea_on(room: Answered) -> None:
    made = room.written(state=State.IDEA)
    assert all(finds(person, made.id) for person in (room.sam, room.robin, room.mo))
    assert not any(finds(person, made.id) for person in (room.alex, room.dee, room.max))


def test_thread_is_found_by_the_steering_group_once_it_was_sent(room: Answered) -> None:
    made = room.sent()
    assert all(finds(person, made.id) for person in (room.alex, room.dee, room.max, room.robin))


def test_thread_is_not_there_for_admins_strangers_and_other_groups(room: Answered) -> None:
    """P1."""
    made = room.tried()
    other = a_stream(room.programme, "Legal", members=[room.stranger])
    assert other.id != room.stream.id
    assert not any(finds(person, made.id) for person in (an_admin(), room.stranger))


def test_thread_is_gone_with_the_seat(room: Answered) -> None:
    made = room.sent()
    (seat,) = [held for held in room.stream.memberships if held.person is room.robin]
    seat.state = MembershipState.LEFT
    db.session.flush()
    assert not finds(room.robin, made.id)
    assert queries.answers_to(room.robin) == []


def test_answers_are_those_to_ones_own_groups_the_latest_first(room: Answered) -> None:
    old = room.answered(Verdict.DECLINE, "Fixed days").recommendation
    old.submitted_on = today() - timedelta(30)
    room.written("Not sent yet")
    new = room.sent("Shorter letters")
    a_membership(a_stream(room.programme, "Legal"), room.stranger)
    db.session.flush()
    assert [story.recommendation.title for story in queries.answers_to(room.robin)] == [new.title, old.title]
    assert queries.answers_to(room.stranger) == []
    assert queries.answers_to(room.alex) == []


# --- What is gathered.


def test_story_gathers_what_stands_on_its_own_thread_only(room: Answered) -> None:
    made, other = room.tried(), room.tried("Shorter letters")
    story = queries.story_seen_by(room.robin, made.id)
    assert [decision.recommendation_id for decision in story.decisions] == [made.id]
    assert [action.recommendation_id for action in story.actions] == [made.id]
    assert story.pilot is not None
    assert story.pilot.recommendation_id == made.id
    assert [one.recommendation_id for one in story.indicators] == [made.id]
    assert other.id != made.id
    assert facts(story).outcome == (48, 52, 62)


def a_cycle(room: Answered, number: int, starts_on) -> Cycle:
    made = Cycle(workstream=room.stream, number=number, starts_on=starts_on, starts_at=time(18))
    keep(made)
    return made


def test_ten_weeks_are_those_it_was_written_in(room: Answered) -> None:
    made = room.sent()
    assert queries.story_seen_by(room.robin, made.id).cycle is None
    later = a_cycle(room, 2, today() + timedelta(70))
    assert queries.story_seen_by(room.robin, made.id).cycle is later
    earlier = a_cycle(room, 1, today() - timedelta(7))
    assert queries.story_seen_by(room.robin, made.id).cycle is earlier


def test_what_is_out_in_the_world_comes_from_the_record(room: Answered) -> None:
    room.programme.outputs, room.stream.outputs = ["A film"], ["A map"]
    db.session.flush()
    assert queries.made_by_groups_of(room.robin) == ["A film", "A map"]
    assert queries.made_by_groups_of(room.stranger) == ["A film"]


def test_nothing_is_out_in_the_world_without_a_programme(database: None) -> None:
    assert queries.made_by_groups_of(an_admin()) == []


# --- What it costs.


def test_threads_cost_the_same_with_one_and_with_three(room: Answered, app, query_count) -> None:
    costs = []
    for more in (1, 2):
        for number in range(more):
            made = room.tried(f"Idea {more}.{number}")
        key, robin = made.id, room.robin.id
        db.session.commit()
        for ask in (queries.answers_to, lambda person, key=key: queries.story_seen_by(person, key)):
            with app.app_context():
                person = db.session.get_one(Person, robin)
                query_count.clear()
                assert ask(person)
                costs.append(len(query_count))
    assert costs[:2] == costs[2:]
