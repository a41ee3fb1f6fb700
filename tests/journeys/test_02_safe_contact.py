"""Journey 2: safe contact and what I need to come; every page at 320 px with scripts off, and every one skippable."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.messages.models import PartOfDay, Way
from coprod.people.models import Person, Side
from coprod.people.services import begin_session, cookie_for
from tests.factories import a_person, a_professional, a_programme, a_stream, an_admin
from tests.journeys.visitors import PHONE, Visitor, at_a_browser
from tests.messages.conftest import HELLO, PostBox
from tests.messages.conftest import post_box as post_box
from tests.messages.conftest import right as right

NUMBER = "+447700900142"
PAGES = ("/how-to-reach-me", "/how-to-reach-me/safe", "/what-helps-me", "/times-that-never-work")
HEADINGS = (
    "How can we reach you?",
    "Is your phone safe?",
    "What would help you to come?",
    "When can you never come?",
)


def _comes_in(browser: Browser, live: str, person: Person) -> Visitor:
    """Sit somebody down who is signed in already."""
    visitor = at_a_browser(browser, person.alias, live, Path("."), **PHONE)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _is_usable(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("main textarea").count() == 0


@pytest.mark.browser
def test_safe_contact(app, live: str, browser: Browser, clock, post_box: PostBox, right) -> None:
    robin, sam = a_person("Robin", phone=NUMBER), a_professional("Sam")
    group = a_stream(a_programme(), "Practice models", facilitator=sam, members=[robin]).id
    visitor = _comes_in(browser, live, robin)
    _every_question_can_be_skipped(visitor)
    _she_says_how_to_reach_her(visitor)
    _she_says_what_she_needs_to_come(visitor)
    _what_she_said_is_kept(robin)
    _only_she_and_her_facilitator_can_load_it(browser, live, sam, group)
    _the_shared_phone_changes_what_is_sent(robin, post_box, clock)
    visitor.page.context.close()


def _every_question_can_be_skipped(visitor: Visitor) -> None:
    visitor.go("/how-to-reach-me")
    for heading in HEADINGS:
        assert visitor.heading == heading
        _is_usable(visitor.page)
        visitor.follow("Skip this")
    visitor.sees("That is all")


def _she_says_how_to_reach_her(visitor: Visitor) -> None:
    visitor.go("/how-to-reach-me")
    visitor.choose("Pick one", "Text me")
    visitor.press("Keep this")
    visitor.choose("Is it safe to text your phone?", "Yes")
    visitor.choose("Does anybody else use your phone?", "Yes")
    visitor.tick("Evenings")
    visitor.press("Keep this")
    assert visitor.page.url.endswith("/what-helps-me")


def _she_says_what_she_needs_to_come(visitor: Visitor) -> None:
    """Nothing asks why, the crèche is a number, and each box of the week can be tapped on the smallest phone."""
    visitor.does_not_see("Why", "reason", "child", "postcode")
    visitor.tick("A taxi")
    visitor.tick("Large print")
    visitor.pick("Places in the crèche", "2")
    visitor.press("Keep this")
    visitor.does_not_see("reason")
    boxes = [visitor.page.locator(".week__part").nth(at).bounding_box() for at in range(7 * 3)]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)
    assert all(box and min(box["width"], box["height"]) >= 44 for box in boxes)
    visitor.tick("Monday morning")
    visitor.tick("Sunday evening")
    visitor.press("Keep this")
    visitor.sees("What you told us is saved. You can change it any time.")


def _what_she_said_is_kept(robin: Person) -> None:
    db.session.expire_all()
    reach = messages.reach_of(robin)
    assert (reach.way, reach.phone_is_safe, reach.phone_is_shared) == (Way.TEXT, True, True)
    assert reach.hours == [PartOfDay.EVENING]
    db.session.rollback()


def _only_she_and_her_facilitator_can_load_it(browser: Browser, live: str, sam: Person, group: UUID) -> None:
    """Sam reads it where he needs it, and cannot open her pages; for everybody else it is not there."""
    facilitator = _comes_in(browser, live, sam)
    for address in PAGES:
        assert facilitator.status_of(address) == 404
    facilitator.go("/to-reach")
    facilitator.sees("Robin", "Text me", "a shared phone", "Evenings, 5 to 8")
    facilitator.does_not_see("7700900142")
    facilitator.go(f"/workstreams/{group}/needs")
    facilitator.sees("Robin", "A taxi · Large print · 2 places in the crèche", "Never Monday mornings, Sunday evenings")
    facilitator.page.context.close()
    for other in (a_professional("Max"), a_person("Kit"), a_person("Jo", Side.SUPPORTER), an_admin()):
        nobody = _comes_in(browser, live, other)
        assert nobody.status_of("/to-reach") == nobody.status_of(f"/workstreams/{group}/needs") == 404
        nobody.page.context.close()


def _the_shared_phone_changes_what_is_sent(robin: Person, post_box: PostBox, clock) -> None:
    """0 sent at 21:30; once her hours begin it goes out, and names nobody."""
    clock(2025, 11, 17, 21, 30)
    messages.queue(HELLO, robin, robin.id, due=now())
    db.session.commit()
    assert (messages.send_due(), post_box.texts()) == (0, [])
    clock(2025, 11, 18, 9, 0)
    assert messages.send_due() == 0
    clock(2025, 11, 18, 17, 0)
    assert messages.send_due() == 1
    ((number, words),) = post_box.texts()
    assert number == NUMBER
    assert not re.search("Robin", words)
