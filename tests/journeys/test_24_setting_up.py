"""Journey 24: Lee sets up, and checks who can see what; at a desk, from an empty installation."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser

from coprod.core.db import db
from coprod.demo import programme as demonstration
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.programmes.models import Programme, ProgrammeState
from coprod.workstreams.models import Seat, Workstream
from tests.factories import a_membership, a_person, a_professional, an_admin
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser

RECORD = Path(demonstration.__file__).with_name("born-into-care.toml")


@pytest.fixture
def folk(app: Flask, live: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, UUID]:
    """Lee, who has the first account, and the people who were given one; there is no programme yet."""
    monkeypatch.setitem(app.config, "DEMONSTRATION", True)
    people = [an_admin("Lee"), a_professional("Kim"), a_professional("Dale"), a_professional("Sam"), a_person("Robin")]
    db.session.commit()
    return {person.alias: person.id for person in people}


def _comes_in(browser: Browser, live: str, folk: dict[str, UUID], alias: str, **kind: Any) -> Visitor:
    visitor = at_a_browser(browser, alias, live, Path("."), **kind)
    token = begin_session(db.session.get_one(Person, folk[alias]))
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    visitor.go("/")
    return visitor


@pytest.mark.browser
def test_lee_sets_up_and_checks_who_can_see_what(
    app: Flask, browser: Browser, live: str, folk: dict[str, UUID]
) -> None:
    lee = _comes_in(browser, live, folk, "Lee", **DESK)
    robin = _comes_in(browser, live, folk, "Robin", **PHONE)
    _makes_the_programme(lee)
    _sets_what_is_paid(lee)
    _reads_the_texts(lee)
    _sees_as_each_role(lee)
    _seats(folk["Robin"])
    _goes_through_everybody(lee)
    _has_lost_access(robin)
    _removes_the_demonstration(lee)


def _makes_the_programme(lee: Visitor) -> None:
    """It goes live with a lead, a deputy, data protection signed off and an accessibility statement, and not before."""
    lee.way("Office")
    lee.follow("The public record")
    lee.page.locator("input[type=file]").set_input_files(RECORD)
    lee.press("Read it")
    lee.way("Office")
    lee.sees("Born into Care")
    lee.follow("Before it starts")
    lee.sees("Still needed")
    assert lee.page.get_by_role("button", name="Start the programme").count() == 0
    lee.pick("Safeguarding lead", "Kim")
    lee.pick("Deputy", "Dale")
    lee.fill(data_protection="1 September 2025", accessibility="1 September 2025")
    lee.press("Keep")
    lee.sees("All four stand.")
    lee.press("Start the programme")
    lee.way("Office")
    lee.follow("Holidays")
    lee.fill(what="Christmas holidays 2025", first="22 December 2025", last="2 January 2026")
    lee.press("Add it")
    lee.sees("Christmas holidays 2025 is in the calendar.")


def _sets_what_is_paid(lee: Visitor) -> None:
    lee.way("Office")
    lee.follow("Rates")
    lee.fill(what="One session", pounds="£12.50", valid_from="17 November 2025")
    lee.press("Keep this rate")
    lee.sees("One session: £12.50 is kept.", "since 17 November 2025")
    lee.fill(what="One session", pounds="13", valid_from="1 April 2026")
    lee.press("Keep this rate")
    lee.sees("£12.50", "£13.00", "from 1 April 2026")


def _reads_the_texts(lee: Visitor) -> None:
    lee.way("Office")
    lee.follow("Words of messages")
    texts = lee.page.locator(".text-preview").all_inner_texts()
    assert texts
    assert [text for text in texts if len(text) > 160] == []


def _sees_as_each_role(lee: Visitor) -> None:
    """Each role's menu and page, with invented people; real ones are named nowhere."""
    lee.way("Office")
    lee.follow("See as")
    addresses = lee.links()
    assert len(addresses) == 7
    for address in addresses:
        lee.go(address)
        lee.sees("Example", "The menu", "Never sees")
        lee.does_not_see("Dale")


def _seats(robin: UUID) -> None:
    """Robin sits at a table by now: how she came there is journey 1."""
    db.session.rollback()
    programme = db.session.scalars(db.select(Programme)).one()
    assert programme.state == ProgrammeState.ACTIVE
    table = db.session.scalars(db.select(Workstream).order_by(Workstream.name).limit(1)).one()
    a_membership(table, db.session.get_one(Person, robin), seat=Seat.MOTHER)
    db.session.commit()


def _goes_through_everybody(lee: Visitor) -> None:
    lee.go("/")
    lee.follow("Look through who has access")
    lee.press("Begin a review")
    lee.sees("5 left", "safeguarding lead", "deputy", "mother,")
    for alias in ("Dale", "Kim", "Lee", "Sam"):
        lee.press(f"Keep {alias}")
        lee.sees(f"{alias} keeps their account.")
    lee.follow("Remove Robin")
    lee.sees("They can no longer sign in")
    lee.press("Remove Robin")
    lee.sees("Robin can no longer sign in", "The review is finished.", "The next one is due on 17 December 2025.")


def _has_lost_access(robin: Visitor) -> None:
    """At the very next request."""
    robin.go("/")
    assert robin.page.url.endswith("/sign-in")


def _removes_the_demonstration(lee: Visitor) -> None:
    lee.way("Office")
    lee.follow("Remove it")
    lee.fill(word="remove the example")
    lee.press("Remove the demonstration")
    lee.sees("The demonstration is removed")
    words = re.findall(r"^([a-z]{5}(?: [a-z]{5}){3})$", lee.page.locator("main").inner_text(), re.MULTILINE)
    lee.follow("Make the first account")
    lee.fill(words=words[0], alias="Ann", email="ann@example.org")
    lee.press("Make the account")
    lee.sees("Your account is made.")
    db.session.rollback()
    assert list(db.session.scalars(db.select(Person.alias))) == ["Ann"]
