"""What walks have found, each told once more by itself."""

from coprod.core.db import db
from coprod.steering import services
from coprod.steering.models import ItemInterest, ItemState, MeetingState, Verdict
from tests.steering.rooms import BECAUSE, Room


def test_item_that_no_longer_waits_goes_with_the_interests_declared_in_it(database: None) -> None:
    room = Room()
    asked = room.asked()
    meeting = room.meeting(MeetingState.PLANNED)
    services.build_agenda(meeting, by=room.alex)
    dee = next(held for held in room.steering.memberships if held.person is room.dee)
    services.declare(meeting.items[0], dee, by=room.dee)
    db.session.commit()
    services.decide(room.meeting(on=meeting.on.replace(day=18)), asked, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    services.build_agenda(meeting, by=room.alex)
    db.session.commit()
    assert meeting.items == []
    assert db.session.query(ItemInterest).count() == 0


def test_item_taken_off_can_be_put_back_without_a_word(database: None) -> None:
    room = Room()
    meeting = room.meeting(MeetingState.PLANNED)
    item = services.add_item(meeting, "Biscuits", 5, by=room.alex)
    services.settle_item(item, "taken off", "Nobody is hungry.", by=room.alex)
    db.session.commit()
    services.settle_item(item, "put back", by=room.alex)
    assert (item.state, item.outcome) == (ItemState.WAITING, "")
