"""A theory of change: two workshops, a list on a phone, and who agreed to which version."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.db import db
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from tests import factories as make
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser


@pytest.fixture
def keys(app, live: str, database: None) -> dict[str, UUID]:
    """Sam's table where Robin and Jo sit; Alex chairs."""
    programme = make.a_programme()
    people = {alias: make.a_professional(alias) for alias in ("Sam", "Alex")}
    people |= {alias: make.a_person(alias) for alias in ("Robin", "Jo")}
    make.a_steering_group(programme, chair=people["Alex"], members=[])
    make.a_stream(programme, "Mothers", facilitator=people["Sam"], members=[people["Robin"], people["Jo"]])
    db.session.commit()
    found = {alias.lower(): person.id for alias, person in people.items()} | {"programme": programme.id}
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
def test_write_a_theory_of_change_together(keys: dict[str, UUID], live: str, browser: Browser) -> None:
    sam = _comes_in(browser, live, keys["sam"], **DESK)
    versions = f"/programmes/{keys['programme']}/theories"
    _first_workshop_finds_the_parts(sam, versions)
    _second_workshop_draws_the_arrows(sam)
    _picture_and_poster_are_drawn(sam)
    robin = _comes_in(browser, live, keys["robin"], **PHONE)
    _a_member_reads_the_list_on_her_phone_and_agrees(robin, versions)
    _the_agreed_version_stays_with_who_agreed_to_it(sam)


def _first_workshop_finds_the_parts(sam: Visitor, versions: str) -> None:
    sam.go(versions)
    sam.press("Start the first workshop")
    assert sam.heading == "First workshop: the parts"
    sam.fill(activity="A card with her name and face", impact="Fewer parents start again")
    sam.fill(outcome="Parents know who is with them\nParents stay in touch")
    sam.press("Put it on the page")
    sam.sees("4 more on the page")
    sam.press("On to the arrows")


def _second_workshop_draws_the_arrows(sam: Visitor) -> None:
    sam.follow("Write in the room")
    card, know = "What we do: A card with her name and face", "What changes: Parents know who is with them"
    touch, fewer = "What changes: Parents stay in touch", "What it is for: Fewer parents start again"
    arrows = ((card, know, "She keeps it"), (know, touch, "The name stays the same"), (touch, fewer, "Help is there"))
    for start, end, assumption in arrows:
        _draws(sam, start, end, assumption)
    sam.sees("Arrow 3 is drawn")
    sam.pick("From", touch)
    sam.pick("To", know)
    sam.fill(assumption="It goes back")
    with sam.page.expect_navigation() as coming:
        sam.page.get_by_role("button", name="Draw it", exact=True).click()
    assert coming.value.status == 422
    sam.sees("round in a circle: “Parents stay in touch” → “Parents know who is with them” → “Parents stay in touch”")


def _draws(sam: Visitor, start: str, end: str, assumption: str) -> None:
    sam.pick("From", start)
    sam.pick("To", end)
    sam.fill(assumption=assumption)
    sam.press("Draw it")


def _picture_and_poster_are_drawn(sam: Visitor) -> None:
    sam.follow("How we think change happens")
    frame = sam.page.locator(".theory-frame")
    assert frame.is_visible()
    frame.focus()
    assert sam.page.locator(".theory-picture rect").count() >= 4
    sam.follow("A poster to print, on A3")
    printed = sam.page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 2
    assert b"[0 0 1191.12 841.91998]" in printed
    assert b"[0 0 594.95996 841.91998]" not in printed
    sam.follow("How we think change happens")
    sam.press("Ask everybody to agree")


def _a_member_reads_the_list_on_her_phone_and_agrees(robin: Visitor, versions: str) -> None:
    robin.go(versions)
    robin.follow("Version 1")
    assert not robin.page.locator(".theory-frame").is_visible()
    assert robin.page.evaluate("document.documentElement.scrollWidth") <= 320
    robin.sees("The same as a list", "She keeps it", "Not tested yet: 3.")
    robin.does_not_see("Add a part")
    robin.press("I agree: my groups can see my name")
    robin.sees("You agree to this version")


def _the_agreed_version_stays_with_who_agreed_to_it(sam: Visitor) -> None:
    first = sam.page.url
    sam.page.reload()
    sam.sees("1 person has agreed", "Of the people you sit with: Robin")
    sam.press("It is agreed")
    sam.follow("All versions")
    sam.press("Start the next version")
    sam.follow("How we think change happens")
    sam.sees("Version 2", "Nobody has agreed to this version yet", "Say what changed first")
    sam.go(first)
    sam.sees("Version 1", "1 person has agreed", "Agreed on")
    assert sam.page.get_by_role("link", name="Add a part").count() == 0
