"""Members' pages of a meeting are in simple words (domain rule 14)."""

from datetime import timedelta

import pytest

from coprod.core.clock import today
from coprod.core.db import db
from coprod.steering import services
from coprod.steering.models import Decision, MeetingState
from tests.house.pages import Page
from tests.house.reading import grade, sentences
from tests.steering.rooms import Room

GRADE = 6


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def test_pages_of_a_meeting_are_in_simple_words(room: Room, as_) -> None:
    before = room.meeting(on=today() - timedelta(7))
    decision = room.decided(
        meeting=before, title="One named midwife, all the way through", review_on=today() + timedelta(1)
    )
    services.close_meeting(before, by=room.alex)
    old = Decision.__table__.update().where(Decision.id == decision.id).values(on=today() - timedelta(40))
    db.session.execute(old)
    db.session.expire_all()
    room.asked("A quiet room on the ward", presenter="Robin and Bo")
    meeting = room.meeting(MeetingState.PLANNED, on=today() + timedelta(2))
    services.build_agenda(meeting, by=room.alex)
    now = room.meeting()
    services.build_agenda(now, by=room.alex)
    services.approve_minutes(before, now, by=room.alex)
    reader = as_(room.dee)
    addresses = [f"/meetings/{meeting.id}/items/{item.id}" for item in meeting.items]
    addresses += [f"/meetings/{held.id}/items/{item.id}" for held in (before, now) for item in held.items]
    addresses += [f"/meetings/{before.id}/minutes", f"/meetings/{meeting.id}", f"/workstreams/{room.steering.id}/terms"]
    texts = {address: sentences(Page(reader.get(address).text)) for address in addresses}
    hard = [(round(grade(said), 1), said) for said in texts.values() if grade(said) > GRADE]
    assert hard == []
