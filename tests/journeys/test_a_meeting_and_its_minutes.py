"""A meeting from its agenda to its minutes, scripts off: who leaves for an item, and what too few can decide."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.clock import today
from coprod.core.db import db
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.steering import services
from coprod.steering.models import MeetingState, Verdict
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.steering.rooms import BECAUSE, Room

WIDTHS = (320, 768, 1280)


@pytest.fixture
def keys(app, live: str) -> dict[str, UUID]:
    """A meeting that is planned, the one before it, and two things a group asks."""
    room = Room()
    before = room.meeting(on=today() - timedelta(7))
    room.decided(Verdict.ACCEPT, before, title="The map")
    services.close_meeting(before, by=room.alex)
    room.asked("A call the day after", presenter="Robin")
    room.asked("Shorter letters")
    meeting = room.meeting(MeetingState.PLANNED, here=[])
    db.session.commit()
    found = {"alex": room.alex.id, "dee": room.dee.id, "meeting": meeting.id}
    db.session.rollback()
    return found


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **(PHONE | kind))
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _fits(visitor: Visitor) -> None:
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{visitor.page.url} is {wide} wide at {width}"


@pytest.mark.browser
def test_meeting_goes_from_its_agenda_to_its_minutes(
    keys: dict[str, UUID], live: str, browser: Browser, clock: Callable[..., None]
) -> None:
    alex = _comes_in(browser, live, keys["alex"], viewport=DESK["viewport"])
    dee = _comes_in(browser, live, keys["dee"])
    _sets_the_agenda(alex, keys)
    _begins(alex, keys)
    _leaves_for_an_item(dee, alex, keys)
    _deals_with_the_rest(alex, keys)
    _reads_the_minutes(dee, keys)


def _sets_the_agenda(alex: Visitor, keys: dict[str, UUID]) -> None:
    alex.go(f"/meetings/{keys['meeting']}")
    alex.sees("Not on the agenda yet.", "Shorter letters")
    alex.press("Put them on the agenda")
    alex.sees("Minutes of 10 November 2025", "Speaks: Robin.")
    alex.fill(title="The spring meeting", minutes="20")
    alex.press("Put it on the agenda")
    alex.press("Up: The spring meeting")
    _fits(alex)


def _begins(alex: Visitor, keys: dict[str, UUID]) -> None:
    alex.go(f"/meetings/{keys['meeting']}")
    alex.press("Open the meeting")
    alex.sees("This meeting cannot decide yet")
    for name in ("Alex", "Dee", "Eve", "Max"):
        alex.tick(name)
    alex.press("Keep who is here")
    alex.sees("This meeting can decide", "still waits")
    _fits(alex)


def _leaves_for_an_item(dee: Visitor, alex: Visitor, keys: dict[str, UUID]) -> None:
    """Domain rule 22: with one parent out of the room, nobody decides."""
    dee.go(f"/meetings/{keys['meeting']}")
    dee.follow("A call the day after")
    dee.open("I have a stake in this")
    dee.press("Keep it: the interest")
    dee.sees("Dee leaves the room", "This meeting cannot decide yet")
    _fits(dee)
    alex.follow("A call the day after")
    alex.follow("Read it and decide")
    alex.sees("Dee leaves the room for this.", "1 with lived experience here. 2 are needed to decide.")


def _deals_with_the_rest(alex: Visitor, keys: dict[str, UUID]) -> None:
    alex.go(f"/meetings/{keys['meeting']}")
    alex.follow("Minutes of 10 November 2025")
    alex.press("Approve them")
    alex.sees("Approved", "The map")
    alex.go(f"/meetings/{keys['meeting']}")
    alex.follow("The spring meeting")
    alex.choose("What became of it?", "We talked about it")
    alex.fill(words="Val finds a day.")
    alex.press("Keep it")
    alex.follow("Shorter letters")
    alex.follow("Read it and decide")
    alex.choose("What do we decide?", "Yes As it stands")
    alex.fill(reason=BECAUSE)
    alex.press("Record the decision")
    alex.go(f"/meetings/{keys['meeting']}")
    alex.follow("Close the meeting")
    alex.sees("Too few are here", "A call the day after")
    alex.fill(why="One of two parents left for this.")
    alex.press("Close the meeting")


def _reads_the_minutes(dee: Visitor, keys: dict[str, UUID]) -> None:
    dee.go(f"/meetings/{keys['meeting']}/minutes")
    dee.sees("Alex, Dee, Eve, Max.", "Val finds a day.", "Dee left the room for this.", "Carried over", BECAUSE)
    dee.sees("Why we ended early", "One of two parents left for this.")
    _fits(dee)
    assert dee.page.title() == "Your page"
    dee.go(f"/meetings/{keys['meeting']}/pack")
    _fits(dee)
