"""Journey 20: the action log in two minutes; a parent sees a director's late action as plainly as her own."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.actions import services
from coprod.core.db import db
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.steering.models import MeetingState
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.steering.rooms import Room

TODAY = date(2025, 11, 17)
MM = 96 / 25.4
A4 = {"width": int((210 - 28) * MM), "height": int((297 - 28) * MM)}
"""What is left of a side of A4 between its margins."""


@pytest.fixture
def keys(app, live: str, database: None) -> dict[str, UUID]:
    """Thirty actions: one of Dee's late, one due in seven days, one in eight, Max's late since yesterday, the rest."""
    room = Room()
    room.meeting(MeetingState.CLOSED, date(2025, 11, 1))
    given = [(room.dee, "Check the map", -3), (room.dee, "Ring the clinic", 7), (room.dee, "Print the cards", 8)]
    given += [(room.max, "Share the ward data", -1)]
    given += [(room.max, f"Task {number}", 20 + number) for number in range(26)]
    for owner, what, days in given:
        action = services.open_action(room.steering, what, owner, TODAY + timedelta(days), by=room.alex)
        if what == "Share the ward data":
            services.move_date(action, TODAY - timedelta(2), "Not signed", by=room.max)
            services.move_date(action, TODAY - timedelta(1), "Still not", by=room.max)
    db.session.commit()
    found = {"dee": room.dee.id, "alex": room.alex.id}
    db.session.rollback()
    return found


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **kind)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


@pytest.mark.browser
def test_action_log_in_two_minutes(keys: dict[str, UUID], live: str, browser: Browser) -> None:
    dee = _comes_in(browser, live, keys["dee"], **PHONE)
    _her_late_ones_are_in_the_first_screenful(dee)
    _every_colour_has_its_word(dee)
    _thirty_fit_on_two_sides(dee)
    _the_filter_stays_in_the_address(dee)
    _done_is_said_in_two_taps(dee)
    alex = _comes_in(browser, live, keys["alex"], **DESK)
    _the_meeting_goes_through_them_by_keys(alex)


def _her_late_ones_are_in_the_first_screenful(dee: Visitor) -> None:
    for width, height in ((320, 568), (1280, 720)):
        dee.page.set_viewport_size({"width": width, "height": height})
        dee.go("/action-log")
        box = dee.page.get_by_role("link", name="Check the map").bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
        assert dee.page.evaluate("document.documentElement.scrollWidth") <= width


def _every_colour_has_its_word(dee: Visitor) -> None:
    expected = {
        "Check the map": "Late",
        "Ring the clinic": "Due soon",
        "Print the cards": "On track",
        "Share the ward data": "Late",
    }
    dee.go("/action-log?show=all")
    lines = {what: dee.page.locator(".line", has_text=what) for what in expected}
    assert {what: line.locator(".tag").first.inner_text() for what, line in lines.items()} == expected
    # A director's late action stands there as plainly as hers, with who and by when and its first date.
    told = lines["Share the ward data"].inner_text()
    assert "Max" in told
    assert "Due 16 November 2025" in told
    assert "First date: 16 November 2025" in told
    dee.follow("Share the ward data")
    page = dee.page.locator("main").inner_text()
    assert "Moved 2 times" in page
    assert "Not signed" in page
    assert "Still not" in page


def _thirty_fit_on_two_sides(dee: Visitor) -> None:
    dee.page.set_viewport_size(A4)
    dee.go("/action-log?show=all")
    assert dee.page.locator(".line").count() == 30
    dee.page.emulate_media(media="print")
    assert dee.page.evaluate("document.documentElement.scrollHeight") <= 2 * A4["height"]
    dee.page.emulate_media(media="screen")
    dee.page.set_viewport_size({"width": 320, "height": 568})


def _the_filter_stays_in_the_address(dee: Visitor) -> None:
    dee.go("/action-log")
    dee.page.get_by_label("Which ones").select_option(label="Mine")
    dee.press("Show these")
    assert "show=mine" in dee.page.url
    assert dee.page.get_by_role("link", name="Share the ward data").count() == 0


def _done_is_said_in_two_taps(dee: Visitor) -> None:
    dee.page.locator(".line", has_text="Check the map").get_by_role("button").click()
    assert "show=mine" in dee.page.url
    assert "A second person will agree" in dee.page.locator(".flash").inner_text()
    dee.page.locator("details", has_text="on track or done").first.wait_for()
    assert dee.page.locator(".line", has_text="Check the map").locator(".tag").first.text_content() == (
        "Waiting for a second person"
    )


def _the_meeting_goes_through_them_by_keys(alex: Visitor) -> None:
    alex.go("/action-log")
    alex.follow("Start the review")
    assert "Late 2 Due" in " ".join(alex.page.locator(".review-head").inner_text().split())
    alex.follow("Start with: Late")
    assert alex.page.locator(".review__what").inner_text() == "Check the map"
    with alex.page.expect_navigation():
        alex.page.keyboard.press("ArrowRight")
    assert alex.page.locator(".review__what").inner_text() == "Share the ward data"
    alex.page.keyboard.press("n")
    alex.page.locator("#due").fill("5 December 2025")
    alex.page.locator("#reason").fill("The board meets on 2 December")
    alex.press("Keep this date")
    assert alex.page.locator(".review__what").inner_text() == "Ring the clinic"
    with alex.page.expect_navigation():
        alex.page.keyboard.press("d")
    assert "Said to be done" in alex.page.locator(".flash").inner_text()
