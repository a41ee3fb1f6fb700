"""Journey 18: someone tells us about danger. One screen; told within a minute; and no trace anywhere else (P7)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from coprod.agreements import services as agreements
from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages.services import send_due
from coprod.people.models import Person, Side
from coprod.people.services import begin_session, cookie_for
from coprod.safeguarding.services import alert_deputies
from tests.factories import a_person, a_professional, a_programme, a_steering_group, a_stream, an_admin
from tests.house.crawl import visit
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser

CANARY = "Wrenfield"
MOST = 30
CHANGING = re.compile(r'(name="(?:once|csrf_token)"[^>]*value=")[^"]*')


@pytest.fixture
def people(app: Flask, live: str) -> dict[str, UUID]:
    """A programme with its leads, a group that agreed how it works, and a steering group."""
    lena, dale = a_professional("Lena", email="lena@example.org"), a_professional("Dale", email="dale@example.org")
    sam, mia, alex = map(a_professional, ("Sam", "Mia", "Alex"))
    robin = a_person("Robin")
    programme = a_programme(safeguarding_lead=lena, deputy_lead=dale)
    stream = a_stream(programme, facilitator=sam, members=[mia, robin])
    a_steering_group(programme, chair=alex)
    agreement = agreements.start(stream, by=sam)
    agreements.talk_through(agreement, by=sam)
    agreements.agree(agreement, by=sam)
    folk = [lena, dale, sam, mia, alex, robin, an_admin(), a_person("Jo", Side.SUPPORTER)]
    db.session.commit()
    return {person.alias: person.id for person in folk}


def _somebody(people: dict[str, UUID], alias: str) -> Person:
    return db.session.get_one(Person, people[alias])


def _comes_in(browser: Browser, live: str, person: Person, kind: dict[str, object]) -> Visitor:
    visitor = at_a_browser(browser, person.alias, live, Path("."), **kind)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _letters(app: Flask) -> list[str]:
    db.session.rollback()
    send_due()
    return [letter.read_text() for letter in Path(app.config["MAIL_FILE_PATH"]).glob("*")]


@pytest.mark.browser
def test_concern_reaches_the_lead_and_leaves_no_trace(
    app: Flask,
    browser: Browser,
    live: str,
    people: dict[str, UUID],
    as_: Callable[..., FlaskClient],
    clock: Callable[..., None],
) -> None:
    others = {alias: as_(_somebody(people, alias)) for alias in people if alias not in ("Lena", "Dale")}
    sam = _comes_in(browser, live, _somebody(people, "Sam"), PHONE)
    lena = _comes_in(browser, live, _somebody(people, "Lena"), DESK)
    dale = _comes_in(browser, live, _somebody(people, "Dale"), DESK)
    before = _everything(others)
    posted = len(_letters(app))

    _sam_raises_it(sam)

    # No trace in any page of anybody else, the one who raised it and programme admins among them.
    assert _differences(before, _everything(others)) == []
    assert _is_told(app, "lena@example.org", posted + 1)
    clock(now() + timedelta(minutes=30))
    alert_deputies()
    db.session.commit()
    assert _is_told(app, "dale@example.org", posted + 2)
    key = _lena_has_it_in_hand(lena)
    dale.go(key)
    dale.sees("In hand", "Lena")
    for alias, client in others.items():
        assert (alias, client.get(key).status_code, client.get("/concerns/").status_code) == (alias, 404, 404)
    assert [letter for letter in _letters(app) if CANARY in letter] == []


def _sam_raises_it(sam: Visitor) -> None:
    sam.go("/concerns/new")
    assert sam.heading == "Raise a concern"
    first = sam.page.locator("main").inner_text()
    assert first.index("Ring now") < first.index("Who are you worried about?")
    sam.sees("Lena is the person for this.", "We tell the person whose job it is to keep people safe.")
    assert sam.page.evaluate("document.documentElement.scrollWidth") <= 320
    sam.fill(about=CANARY, number="01632 960001", words=f"{CANARY} said more")
    sam.choose("How soon must somebody act?", "Now")
    sam.choose("Have you told the person?", "Not yet")
    sam.press("Send it to Lena")
    assert sam.heading == "It has gone to the lead"
    sam.does_not_see(CANARY)


def _is_told(app: Flask, address: str, letters: int) -> bool:
    """Somebody is told by one more letter that says nothing."""
    found = _letters(app)
    [letter] = [letter for letter in found if f"To: {address}" in letter]
    said = letter.lower()
    return len(found) == letters and "you have a message" in said and "concern" not in said


def _lena_has_it_in_hand(lena: Visitor) -> str:
    lena.go("/concerns/")
    lena.follow(CANARY)
    lena.sees("Ring Sam", "01632 960001", "Not yet", f"{CANARY} said more")
    lena.press("I have it")
    lena.sees("You have it.")
    return lena.page.url


def _everything(visitors: dict[str, FlaskClient]) -> dict[tuple[str, str], str]:
    """Every page each of them can reach, without what is new on every page; the door to a new concern is known."""
    return {
        (alias, address): CHANGING.sub(r"\1", fetched.body.decode())
        for alias, client in visitors.items()
        for address, fetched in visit(client, "/", "/concerns/", most=MOST).pages.items()
    }


def _differences(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    assert len(before) > 40
    changed = [where for where in before.keys() | after.keys() if before.get(where) != after.get(where)]
    return sorted(changed + [where for where, body in after.items() if CANARY in body])
