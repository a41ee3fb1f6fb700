"""The pages of the action log: they show, they change, they refuse, they ask again."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.steering.services import FirstAction
from tests.steering.rooms import Room

TODAY = date(2025, 11, 17)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def inside(page: str) -> str:
    """The page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def filled(room: Room) -> Room:
    meeting = room.meeting()
    for owner, days in ((room.max, -30), (room.dee, -3), (room.dee, 7), (room.dee, 8), (room.alex, -1)):
        first = FirstAction(f"Task of {owner.alias}, {days} days", owner, TODAY + timedelta(days))
        room.decided(meeting=meeting, first_action=first)
    return room


def test_log_is_in_the_order_the_reader_needs(filled: Room, as_) -> None:
    """Journey 20."""
    page = inside(as_(filled.dee).get("/action-log").text)
    order = [
        "Yours, late",
        "Task of Dee, -3 days",
        "Yours, due in 7 days",
        "Task of Dee, 7 days",
        "Everyone’s, late",
        "Task of Max, -30 days",
        "1 more, on track or done",
        "Task of Dee, 8 days",
    ]
    found = [page.index(words) for words in order]
    assert found == sorted(found)
    assert "Late Task of Max, -30 days From: Decision 17 November 2025 Max Due 18 October 2025" in page


def test_done_is_one_tap_and_the_filter_stays(filled: Room, as_) -> None:
    visitor = as_(filled.dee)
    page = visitor.get("/action-log?show=mine").text
    assert "Task of Max" not in page
    (address, *_) = re.findall(r'action="(/action-log/[^"]+/done[^"]*)"', page)
    answer = visitor.post(address.replace("&amp;", "&"))
    assert (answer.status_code, answer.location) == (303, "/action-log?show=mine")
    after = visitor.get("/action-log?show=mine").text
    assert "Waiting for a second person" in after
    said = [action for action in db.session.scalars(select(Action)) if action.state == ActionState.SAID_DONE]
    assert [action.owner for action in said] == [filled.dee]


def test_done_button_stands_only_where_the_reader_may_press_it(filled: Room, as_) -> None:
    page = as_(filled.dee).get("/action-log").text
    assert page.count("/done") == 3
    assert "New action" not in page
    chairs = as_(filled.alex).get("/action-log").text
    assert chairs.count("/done") == 1
    assert f"/workstreams/{filled.steering.id}/actions/new" in chairs
    other = next(action for action in db.session.scalars(select(Action)) if action.owner == filled.max)
    assert as_(filled.dee).post(f"/action-log/{other.id}/done").status_code == 403
    assert as_(filled.robin).post(f"/action-log/{other.id}/done").status_code == 404


def test_log_is_filtered_by_owner_in_the_address(filled: Room, as_) -> None:
    visitor = as_(filled.dee)
    page = visitor.get(f"/action-log?owner={filled.max.id}").text
    assert "Task of Max" in page
    assert "Task of Dee" not in page
    assert "Task of Dee" in visitor.get("/action-log?owner=nonsense&show=nonsense").text


def test_log_shows_the_first_date_of_what_was_moved(filled: Room, as_) -> None:
    action = next(action for action in db.session.scalars(select(Action)) if action.owner == filled.max)
    as_(filled.max).post(f"/actions/{action.id}/new-date", data={"due": "5 December 2025", "reason": "Ill"})
    page = inside(as_(filled.dee).get("/action-log").text)
    assert "From: Decision 17 November 2025. First date: 18 October 2025" in page


def test_empty_log_says_what_it_is(room: Room, as_) -> None:
    assert "Nothing here" in as_(room.stranger).get("/action-log").text
