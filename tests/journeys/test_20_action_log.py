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
from coprod.steering import services as steering
from coprod.steering.services.deciding import FirstAction
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.steering.rooms import Room

TODAY = date(2025, 11, 17)
USUAL = (
    "Ask the maternity unit for the rota of community midwives until March",
    "Write to the legal team about fixed days for hearings, with the mothers’ words",
    "Find a room for the spring meetings near a tram stop that is not a council room",
)
"""What an action of the real log says: sixty to ninety letters."""


@pytest.fixture
def keys(app, live: str, database: None) -> dict[str, UUID]:
    """Thirty actions: one of Dee's late, one due in seven days, one in eight, Max's late since yesterday, the rest."""
    room = Room()
    before = room.meeting(on=date(2025, 11, 3))
    decision = room.decided(meeting=before, title="One midwife, by name, from the first visit on")
    steering.close_meeting(before, by=room.alex)
    given = [(room.dee, "Check the map", -3), (room.dee, "Ring the clinic", 7), (room.dee, "Print the cards", 8)]
    given += [(room.max, "Share the ward data", -1)]
    given += [(room.max, f"{USUAL[number % 3]} ({number})", 20 + number) for number in range(26)]
    for number, (owner, what, days) in enumerate(given):
        due = TODAY + timedelta(days)
        action = steering.follow_up(decision, FirstAction(what, owner, due), by=room.alex)
        if number % 5 == 4:
            services.move_date(action, due + timedelta(7), "The ward is short of people", by=room.alex)
        if what == "Share the ward data":
            services.move_date(action, TODAY - timedelta(2), "Not signed", by=room.max)
            services.move_date(action, TODAY - timedelta(1), "Still not", by=room.max)
    db.session.commit()
    found = {"dee": room.dee.id, "max": room.max.id, "alex": room.alex.id}
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
    _late_ones_are_in_the_first_screenful(dee, "Check the map")
    _every_colour_has_its_word(dee)
    _thirty_fit_on_two_sides(dee)
    _the_filter_stays_in_the_address(dee)
    _done_is_said_in_two_taps(dee)
    _late_ones_are_in_the_first_screenful(_comes_in(browser, live, keys["max"], **PHONE), "Share the ward data")
    alex = _comes_in(browser, live, keys["alex"], **DESK)
    _the_meeting_goes_through_them_by_keys(alex)


def _late_ones_are_in_the_first_screenful(visitor: Visitor, what: str) -> None:
    for width, height in ((320, 568), (1280, 720)):
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.go("/action-log")
        box = visitor.page.get_by_role("link", name=what).bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width


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
    dee.go("/action-log?show=all")
    assert dee.page.locator(".line").count() == 30
    paper = dee.page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 2


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
