"""Two at a table at the same moment: one goes after the other, and who is second works with what the first left."""

import threading
from collections.abc import Callable
from datetime import date
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation, State
from coprod.steering import queries, rules, services
from coprod.steering.models import Contest, Decision, ItemInterest, Meeting, MeetingItem, MeetingState, Verdict
from coprod.workstreams.models import Membership
from tests.steering.rooms import BECAUSE, Room
from tests.together import at_once

A_MOMENT = 0.3


@pytest.fixture
def room(database: None) -> Room:
    return Room()


class Two:
    """Two people in transactions of their own; the first has read all of a meeting, and knows it, as the second begins.

    Where one database lets the second write meanwhile, the first goes on when that is done. The other lets nobody
    write until the first has ended.
    """

    def __init__(self, app: Flask, meeting: Meeting, reader: Person, writer: Person) -> None:
        self.app, self.meeting, self.people = app, meeting.id, (reader.id, writer.id)
        self.read, self.written = threading.Event(), threading.Event()
        self.refused: list[str] = []
        self.broken: list[str] = []
        db.session.commit()

    def go(self, first: Callable[[Meeting, Person], None], second: Callable[[Person], None]) -> None:
        at_once(lambda: self._do(self._first, first), lambda: self._do(self._second, second))
        db.session.rollback()

    def _first(self, act: Callable[[Meeting, Person], None]) -> None:
        by = db.session.get_one(Person, self.people[0])
        meeting = queries.meeting_seen_by(by, self.meeting)
        self.known = list(meeting.items)
        self.read.set()
        self.written.wait(A_MOMENT)
        act(meeting, by)

    def _second(self, act: Callable[[Person], None]) -> None:
        self.read.wait()
        act(db.session.get_one(Person, self.people[1]))

    def _do(self, who: Callable[..., None], act: Callable[..., None]) -> None:
        with self.app.app_context():
            try:
                who(act)
                db.session.commit()
            except Refused as refusal:
                self.refused.append(str(refusal))
                db.session.rollback()
            except Exception as fault:
                self.broken.append(repr(fault))
                db.session.rollback()
        self.written.set()


def test_who_leaves_as_the_chair_decides_is_not_counted(app: Flask, room: Room) -> None:
    """Domain rule 22: Dee leaves first and it can't be decided, or it is decided first and Dee was there."""
    asked, meeting = room.asked(), room.meeting()
    services.build_agenda(meeting, by=room.alex)
    item, about = rules.item_on(meeting, asked).id, asked.id
    seat = next(held.id for held in room.steering.memberships if held.person is room.dee)
    two = Two(app, meeting, room.alex, room.dee)

    def decide(found: Meeting, by: Person) -> None:
        services.decide(found, db.session.get_one(Recommendation, about), Verdict.ACCEPT, by=by, reason=BECAUSE)

    def leave(by: Person) -> None:
        services.declare(db.session.get_one(MeetingItem, item), db.session.get_one(Membership, seat), by=by)

    two.go(decide, leave)
    assert two.broken == []
    assert len(two.refused) == 1
    left = db.session.scalars(select(ItemInterest.membership_id)).all()
    counted = [seat in {held.id for held in one.takers} for one in db.session.scalars(select(Decision))]
    assert (left, counted) in (([seat], []), ([], [True]))


def test_meeting_does_not_close_over_what_is_put_back_at_that_moment(app: Flask, room: Room) -> None:
    """Two windows of one chair: the item waits again, and the meeting goes on; or it is over, and so is the item."""
    meeting = room.meeting()
    item = services.add_item(meeting, "Tea", 5, by=room.alex)
    services.settle_item(item, "talked about", "Yes.", by=room.alex)
    key = item.id
    two = Two(app, meeting, room.alex, room.alex)

    def close(found: Meeting, by: Person) -> None:
        services.close_meeting(found, by=by)

    def put_back(by: Person) -> None:
        services.settle_item(db.session.get_one(MeetingItem, key), "put back", by=by)

    two.go(close, put_back)
    assert two.broken == []
    assert len(two.refused) == 1
    assert (meeting.state, str(item.state)) in ((MeetingState.OPEN, "waiting"), (MeetingState.CLOSED, "talked about"))


def test_contest_is_sent_as_the_meeting_opens_and_neither_waits_for_the_other_for_ever(
    app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R3: “not now” is contested in the month it is looked at again, as the chair opens the meeting."""
    decision = room.decided(Verdict.DEFER, until=date(2025, 11, 20))
    services.send_reply(decision, "Not now. They look again this week.", by=room.alex)
    services.close_meeting(decision.meeting, by=room.alex)
    contest = services.contest(decision, "It can’t wait.", by=room.robin).id
    meeting = services.plan_meeting(
        room.steering, today().replace(day=18), rules.ends_at(decision.meeting), by=room.alex
    )
    genuine, about = recommendations.contest, decision.recommendation

    def slowly(asked: Recommendation, *, by: Person) -> None:
        genuine(asked, by=by)
        db.session.flush()
        two.read.set()
        sleep(A_MOMENT)

    monkeypatch.setattr(recommendations, "contest", slowly)
    two = Two(app, meeting, room.alex, room.mo)

    def open_it(found: Meeting, by: Person) -> None:
        services.open_meeting(found, by=by)

    def send(by: Person) -> None:
        services.second(db.session.get_one(Contest, contest), by=by)

    two.go(open_it, send)
    assert two.broken == []
    assert (about.state, meeting.state) == (State.SUBMITTED, MeetingState.OPEN)
