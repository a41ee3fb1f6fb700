import pytest

from coprod.core.journal import record
from tests.steering.rooms import Room


@pytest.fixture
def room(database):
    made = Room()
    record(made.sam, "paused", made.stream)
    record(made.sam, "planned", made.meeting())
    return made


def address(room, **query):
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/programmes/{room.programme.id}/history?{words}"


def test_history_is_shown_by_day_to_both_sides(room, as_):
    for person in (room.robin, room.sam):
        page = as_(person).get(address(room)).text
        assert "Monday 17 November" in page
        assert "paused the group." in page
        assert "09" not in page.split("<h2>")[1].split("</main>")[0]


def test_quiet_week_says_so_and_leads_back(room, as_):
    page = as_(room.robin).get(address(room, to="2026-01-01")).text
    assert "Nothing was done in these weeks" in page
    assert "to=2025-11-17" in page


def test_week_that_no_calendar_has_is_the_latest(room, as_):
    for odd in ("2025-13-01", "0001-01-01", "x", "9999-12-31"):
        assert "paused the group." in as_(room.robin).get(address(room, to=odd)).text


def test_one_of_several_groups_can_be_chosen(room, as_):
    from tests.factories import a_membership

    a_membership(room.stream, room.alex)
    page = as_(room.alex).get(address(room, group=room.stream.id)).text
    assert "paused the group." in page
    assert "planned the meeting" not in page
    assert "planned the meeting of 17 November 2025." in as_(room.alex).get(address(room, group="x")).text
