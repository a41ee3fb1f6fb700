"""The group that asked hears of each milestone on working days, the way each chose, and not once they have left."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from coprod.core.db import db
from coprod.messages import services as messages
from coprod.messages.models import Reach, Way
from coprod.pilots import services
from coprod.pilots.models import Pilot
from coprod.programmes.models import Holiday, HolidayKind
from coprod.workstreams.models import MembershipState
from tests.factories import keep
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box


@pytest.fixture
def news(table: SimpleNamespace, pilot: Pilot, clock: Callable[..., None]) -> SimpleNamespace:
    """Saturday 15 November: the testing is done, and two people wait to hear of it."""
    clock(2025, 11, 15, 10)
    table.sam.email, table.robin.phone = "sam@example.org", "+447700900123"
    keep(Reach(person_id=table.robin.id, way=Way.TEXT, phone_is_safe=True, hours=[]))
    keep(Holiday(kind=HolidayKind.BANK, first=date(2025, 11, 17), last=date(2025, 11, 17), what="Off", sources=[]))
    services.move(pilot, "reviewed", by=table.kim)
    db.session.commit()
    return table


def test_those_who_asked_hear_of_it_on_the_next_working_day_and_are_told_only_that_there_is_news(
    news: SimpleNamespace, clock: Callable[..., None], post_box: PostBox
) -> None:
    """O1: what has become of it stands behind the link."""
    for day in (15, 16, 17):
        clock(2025, 11, day, 10)
        messages.send_due()
        assert (post_box.letters(), post_box.texts()) == ([], []), day
    clock(2025, 11, 18, 10)
    messages.send_due()
    assert [to for to, _, _ in post_box.letters()] == ["sam@example.org"]
    [(to, words)] = post_box.texts()
    assert to == "+447700900123"
    assert words.startswith("Hi Robin. There is news of what your group asked for. http")
    assert "trying" not in words + post_box.letters()[0][2]


def test_who_has_left_hears_no_more_of_it(news: SimpleNamespace, clock: Callable[..., None], post_box: PostBox) -> None:
    seat = next(held for held in news.stream.memberships if held.person is news.robin)
    seat.state = MembershipState.LEFT
    db.session.commit()
    clock(2025, 11, 18, 10)
    messages.send_due()
    assert (len(post_box.letters()), post_box.texts()) == (1, [])
