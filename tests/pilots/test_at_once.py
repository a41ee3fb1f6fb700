"""Two at one pilot at the same moment: one goes after the other, and who is second works with what the first left."""

import threading
from collections.abc import Callable
from datetime import date, time
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person
from coprod.pilots import services
from coprod.pilots.models import BoardAnswer, Compared, FundingAsk, Pilot, PilotState, TestCycle, TestCycleState
from coprod.recommendations.models import State
from coprod.steering import services as steering
from coprod.steering.models import ItemState, Meeting, MeetingItem, MeetingState
from coprod.steering.queries import open_items_about
from coprod.steering.services import agenda
from tests.factories import keep
from tests.pilots.builders import a_pilot, a_test_cycle
from tests.together import at_once

A_MOMENT = 0.3
STUDY = {"result": "52 in 100", "compared": Compared.WORSE, "surprised": "Cards get lost"}

Act = Callable[[Person], object]


class Two:
    """Two people in transactions of their own; the first has read, and waits a moment for the second to write."""

    def __init__(self, app: Flask, *people: Person) -> None:
        self.app, self.people = app, [person.id for person in people]
        self.read, self.written = threading.Event(), threading.Event()
        self.refused: list[str] = []
        self.broken: list[str] = []
        db.session.commit()

    def go(self, first: Act, second: Act) -> None:
        at_once(lambda: self._do(0, first), lambda: self._do(1, second))
        db.session.rollback()
        db.session.expire_all()

    def wait(self) -> None:
        self.read.set()
        self.written.wait(A_MOMENT)

    def _do(self, place: int, act: Act) -> None:
        if place:
            self.read.wait()
        with self.app.app_context():
            try:
                act(db.session.get_one(Person, self.people[place]))
                db.session.commit()
            except Refused as refusal:
                self.refused.append(str(refusal))
                db.session.rollback()
            except Exception as fault:
                self.broken.append(repr(fault))
                db.session.rollback()
        self.read.set()
        self.written.set()


def verbs_of(thing: Any) -> list[str]:
    found = db.select(Entry.verb).where(Entry.subject_id == thing.id).order_by(Entry.at, Entry.id)
    return list(db.session.scalars(found))


def test_pilot_is_decided_as_the_meeting_closes_and_its_item_tells_one_story(
    app: Flask, table: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chair decides in one window and closes the meeting in the other: the item is never overwritten."""
    table.recommendation.state = State.IN_PILOT
    pilot = a_pilot(table.recommendation, table.kim, PilotState.REVIEWED)
    meeting = Meeting(workstream=table.steering, on=date(2025, 11, 17), starts_at=time(10), state=MeetingState.OPEN)
    keep(meeting)
    steering.build_agenda(meeting, by=table.alex)
    (item,) = [one for one in meeting.items if one.thing_id == pilot.id]
    keys = pilot.id, meeting.id
    two = Two(app, table.alex, table.alex)

    def slowly(*about: Any) -> Any:
        found = open_items_about(*about)
        two.wait()
        return found

    monkeypatch.setattr(agenda.queries, "open_items_about", slowly)
    two.go(
        lambda by: services.move(db.session.get_one(Pilot, keys[0]), "adapted", by=by, reason="Not yet."),
        lambda by: steering.close_meeting(db.session.get_one(Meeting, keys[1]), "Too few were there.", by=by),
    )
    assert (two.broken, two.refused) == ([], [])
    found = db.session.get_one(MeetingItem, item.id)
    assert (verbs_of(found), found.state, found.meeting.state) == (
        ["talked about"],
        ItemState.TALKED_ABOUT,
        MeetingState.CLOSED,
    )


def test_test_cycle_is_adapted_twice_at_once_and_opens_one_next(app: Flask, table: Any, pilot: Pilot) -> None:
    key = a_test_cycle(pilot, TestCycleState.STUDYING, **STUDY).id
    two = Two(app, table.kim, table.kim)

    def first(by: Person) -> None:
        found = db.session.get_one(TestCycle, key)
        assert found.pilot.test_cycles
        two.wait()
        services.act(found, "adapted", by=by)

    two.go(first, lambda by: services.act(db.session.get_one(TestCycle, key), "adapted", by=by))
    assert (two.broken, len(two.refused)) == ([], 1)
    assert [one.state for one in db.session.get_one(Pilot, pilot.id).test_cycles] == ["adapt", "planned"]


def test_testing_is_not_done_with_a_test_that_begins_at_that_moment(app: Flask, table: Any, pilot: Pilot) -> None:
    key, of = a_test_cycle(pilot).id, pilot.id
    two = Two(app, table.kim, table.kim)

    def review(by: Person) -> None:
        found = db.session.get_one(Pilot, of)
        known = list(found.test_cycles)
        two.wait()
        services.move(found, "reviewed", by=by)
        assert found.test_cycles == known

    two.go(review, lambda by: services.begin(db.session.get_one(TestCycle, key), by=by))
    assert (two.broken, len(two.refused)) == ([], 1)
    now = db.session.get_one(Pilot, of).state, db.session.get_one(TestCycle, key).state
    assert now in (("reviewed", "planned"), ("cycling", "doing"))


def test_two_boards_answer_at_once_and_both_are_told(app: Flask, table: Any, pilot: Pilot) -> None:
    keys = [services.ask(pilot, board, "Money", 10, by=table.alex).id for board in ("Better Start", "Health")]
    two = Two(app, table.alex, table.alex)

    def answer(place: int, by: Person) -> None:
        services.note_answer(db.session.get_one(FundingAsk, keys[place]), BoardAnswer.ALL, 10, by=by)
        if not place:
            two.wait()

    two.go(lambda by: answer(0, by), lambda by: answer(1, by))
    assert (two.broken, two.refused) == ([], [])
    assert [one.number for one in db.session.get_one(Pilot, pilot.id).milestones] == [1, 2]
