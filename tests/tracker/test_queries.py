"""Who follows what, with which words, and what it costs."""

from datetime import timedelta

import pytest
from flask import Flask

from coprod.actions.models import ActionState
from coprod.core.clock import today
from coprod.core.db import db
from coprod.people.models import Person
from coprod.pilots.models import PilotState
from coprod.recommendations.models import State, Version
from coprod.steering import services as steering
from coprod.steering.models import Verdict
from coprod.tracker import queries
from coprod.tracker.rules import Place
from tests.factories import a_stream, an_action, an_admin, keep
from tests.home.scenes import Answered
from tests.steering.rooms import BECAUSE


@pytest.fixture
def room(database: None) -> Answered:
    return Answered()


def numbers(person: Person) -> list[int]:
    return [line.asked.number for line in queries.lines_for(person, today())]


def test_what_was_sent_is_followed_by_both_its_tables_and_nobody_else(room: Answered) -> None:
    """P1."""
    room.written("Still an idea", state=State.IDEA)
    sent = room.sent()
    declined = room.on_record(Verdict.DECLINE)
    both = [sent.number, declined.recommendation.number]
    assert [numbers(person) for person in (room.alex, room.dee, room.max, room.sam, room.robin)] == [both] * 5
    other = a_stream(room.programme, "Legal", members=[room.stranger])
    assert other.id != room.stream.id
    assert (numbers(room.stranger), numbers(an_admin())) == ([], [])


def test_line_says_what_was_sent_not_what_is_written_now(room: Answered) -> None:
    made = room.sent("A call")
    made.sent_version, made.version, made.title = 1, 2, "A letter"
    keep(Version(recommendation=made, number=2, on=today(), words={"title": "A letter"}))
    (line,) = queries.lines_for(room.alex, today())
    assert line.title == "A call"


def test_line_gathers_answer_actions_and_pilot(room: Answered) -> None:
    made = room.tried()
    made.submitted_on = today() - timedelta(4)
    late = an_action(room.steering, room.max, recommendation=made, due=today() - timedelta(1))
    an_action(room.steering, room.max, recommendation=made, state=ActionState.CANCELLED)
    db.session.flush()
    (line,) = queries.lines_for(room.alex, today())
    assert (line.place, line.pilot, line.days_waited) == (Place.TRIED, PilotState.CYCLING, 4)
    assert (len(line.doing), line.done, line.late) == (2, 0, 1)
    assert line.days_to_reply == 0
    assert late.number > 0


def test_correction_stands_and_the_days_are_those_of_the_first_answer(room: Answered, clock) -> None:
    decision = room.on_record(Verdict.ACCEPT)
    clock(2025, 11, 24, 12)
    later = room.meeting(on=today())
    steering.correct(decision, later, Verdict.DECLINE, by=room.alex, reason=BECAUSE, would_change="Money.")
    db.session.flush()
    (line,) = queries.lines_for(room.alex, today())
    assert (line.place, line.days_waited, line.decision.number) == (Place.NO, 0, decision.number + 1)


def test_lines_cost_the_same_with_one_and_with_three(app: Flask, room: Answered, query_count: list[str]) -> None:
    costs = []
    for more in (1, 2):
        for n in range(more):
            room.tried(f"A call {more}{n}")
            room.sent(f"A letter {more}{n}")
        alex = room.alex.id
        db.session.commit()
        with app.app_context():
            who = db.session.get_one(Person, alex)
            query_count.clear()
            lines = queries.lines_for(who, today())
            assert [line.asked.workstream.name for line in lines if line.answer and line.days_waited == 0]
            assert [line.days_to_reply for line in lines]
            costs.append(len(query_count))
    assert costs[0] == costs[1]
