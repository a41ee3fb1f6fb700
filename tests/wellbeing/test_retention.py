"""How long what is said in private is kept, and what becomes of it when somebody has everything erased."""

from datetime import timedelta

from coprod.agreements import services as agreements
from coprod.agreements.models import BreachNote
from coprod.core.clock import today
from coprod.core.db import db
from coprod.my_data import services as my_data
from coprod.retention import services as retention
from coprod.wellbeing import services
from coprod.wellbeing.models import CallBack, CheckIn, CheckInCall, Feeling
from coprod.wellbeing.rules import Wish
from tests.wellbeing.conftest import Circle

KINDS = (CallBack, CheckIn, CheckInCall, BreachNote)


def _left() -> list[int]:
    return [len(db.session.scalars(db.select(kind)).all()) for kind in KINDS]


def _told(circle: Circle) -> None:
    services.rang(services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin), by=circle.sam)
    services.ask_to_ring(circle.robin, circle.jo, Wish.NEXT, by=circle.robin)
    services.check_in(circle.session, circle.sam, Feeling.GOOD, "Fine", by=circle.robin)
    services.tick(services.offer_call(circle.session, circle.robin, by=circle.sam), "rung", by=circle.sam)
    note = agreements.tell(circle.stream, "A photo", named=True, by=circle.robin)
    agreements.see_to(note, by=circle.sam)


def test_it_goes_after_thirty_days_and_what_is_not_done_stays(circle: Circle, clock) -> None:  # type: ignore[no-untyped-def]
    """L4."""
    _told(circle)
    begun = today()
    retention.run()
    assert _left() == [2, 1, 1, 1]
    clock(*(begun + timedelta(31)).timetuple()[:3], 3)
    retention.run()
    assert _left() == [1, 0, 0, 1]
    clock(*(begun + timedelta(366)).timetuple()[:3], 3)
    retention.run()
    assert _left() == [1, 0, 0, 0]


def test_it_goes_when_everything_is_erased(circle: Circle) -> None:
    """L6."""
    _told(circle)
    my_data.erase(circle.robin, by=circle.robin)
    assert _left() == [0, 0, 0, 0]
