"""A mother tells what changed, for whom she says; it goes wider once checked, and from everywhere when she asks."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.db import db
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.pilots.models import TestCycleState
from coprod.recommendations.models import State, Version
from tests import factories as make
from tests.factories import keep
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.outcomes.builders import a_recommendation, an_indicator
from tests.pilots.builders import a_pilot, a_test_cycle

TOLD = "She rang on Tuesday 4 March. I knew her voice."
TOLD_AGAIN = "She rang. I knew her voice."
FOR_STEERING = "This group, and the people who decide on the steering group"


@pytest.fixture
def keys(app, live: str, database: None) -> dict[str, UUID]:
    """Sam's group of five mothers, whose idea Kim tries out; Alex chairs, and Olga sits in another group."""
    programme = make.a_programme()
    people = {alias: make.a_professional(alias) for alias in ("Sam", "Alex", "Kim")}
    people |= {alias: make.a_person(alias) for alias in ("Robin", "Jo", "Olga")}
    mothers = [people["Robin"], people["Jo"], *(make.a_person(f"Mother {number}") for number in range(3))]
    steering = make.a_steering_group(programme, chair=people["Alex"], members=[people["Kim"]])
    stream = make.a_stream(programme, facilitator=people["Sam"], members=mothers)
    make.a_stream(programme, "Another group", members=[people["Olga"]])
    asked = a_recommendation(stream, steering, state=State.IN_PILOT)
    keep(Version(recommendation=asked, number=1, on=date(2025, 9, 1), words={"title": asked.title}))
    an_indicator(asked, "Knew her name", 48, 52, 50)
    pilot = a_pilot(asked, people["Kim"])
    a_test_cycle(pilot, TestCycleState.ADAPT)
    db.session.commit()
    found = {alias.lower(): person.id for alias, person in people.items()} | {"asked": asked.id, "pilot": pilot.id}
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
def test_a_story_of_what_changed(keys: dict[str, UUID], live: str, browser: Browser) -> None:
    robin, jo = (_comes_in(browser, live, keys[alias], **PHONE) for alias in ("robin", "jo"))
    sam, alex = (_comes_in(browser, live, keys[alias], **DESK) for alias in ("sam", "alex"))
    olga = _comes_in(browser, live, keys["olga"], **PHONE)
    pages = [f"/pilots/{keys['pilot']}", f"/threads/{keys['asked']}", f"/recommendations/{keys['asked']}/stories"]
    story = _she_tells_it_one_question_at_a_time(robin)
    _nobody_outside_reads_it_yet(alex, story, pages)
    _facilitator_asks_for_a_change(sam)
    _she_changes_her_words(robin, story)
    _facilitator_lets_it_go(sam)
    _it_stands_beside_the_numbers([jo, alex], pages)
    assert olga.status_of(story) == 404
    _she_limits_it_to_her_group(robin, story)
    _nobody_outside_reads_it_yet(alex, story, pages)
    _it_stands_beside_the_numbers([jo], pages)
    _she_takes_it_back(robin, story)
    _it_is_gone_from_everywhere([robin, jo, sam, alex], story, pages)


def _she_tells_it_one_question_at_a_time(robin: Visitor) -> str:
    robin.go("/")
    robin.follow("What came of it")
    robin.follow("What changed for people: One named midwife")
    robin.follow("A card with her name and face")
    robin.fill(says=TOLD)
    robin.press("Next")
    robin.fill(how_much="I slept the whole night.")
    robin.press("Next")
    robin.choose("How is it now?", "Better")
    robin.press("Next")
    robin.choose("Who may read it?", FOR_STEERING)
    robin.press("Next")
    robin.fill(name="Ash")
    robin.press("Next")
    robin.sees(TOLD, "I slept the whole night.", FOR_STEERING, "You can take this back on any day")
    robin.press("Keep it")
    robin.sees("Thank you. It is kept.", "Only the group reads it, until a facilitator has checked it.")
    assert robin.page.evaluate("document.documentElement.scrollWidth") == 320
    return robin.page.url


def _nobody_outside_reads_it_yet(alex: Visitor, story: str, pages: list[str]) -> None:
    assert alex.status_of(story) == 404
    for page in pages:
        alex.go(page)
        alex.does_not_see("knew her voice", "slept the whole night")


def _facilitator_asks_for_a_change(sam: Visitor) -> None:
    sam.go("/")
    sam.follow("One story of what changed, to be checked")
    sam.follow_like("She rang on Tuesday")
    sam.sees("dates, ages, how many, and who belongs to whom")
    sam.choose("Can it go to those it was told for?", "Not yet")
    sam.fill(to_change="Please take out the day")
    sam.press("Keep the check")
    sam.sees("It stays in the group until that is changed.")
    sam.go("/")
    sam.does_not_see("to be checked")


def _she_changes_her_words(robin: Visitor, story: str) -> None:
    robin.go("/me")
    robin.follow("What changed for you")
    robin.sees("Something should change first.")
    robin.follow_like("She rang on Tuesday")
    robin.sees("To change first: Please take out the day")
    robin.follow("Change the words, or who reads it")
    robin.fill(title="She rang", says=TOLD_AGAIN)
    robin.press("Keep the change")
    robin.go(story)
    robin.sees(TOLD_AGAIN, "until a facilitator has checked it")
    robin.does_not_see("Please take out the day")


def _facilitator_lets_it_go(sam: Visitor) -> None:
    sam.go("/")
    sam.follow("One story of what changed, to be checked")
    sam.follow("She rang")
    sam.choose("Can it go to those it was told for?", "Yes")
    sam.press("Keep the check")
    sam.sees("It is checked.")


def _it_stands_beside_the_numbers(readers: list[Visitor], pages: list[str]) -> None:
    for reader in readers:
        for page in pages:
            reader.go(page)
            reader.sees(TOLD_AGAIN, "It is better now.", "I slept the whole night.", "Ash")
            reader.does_not_see("Robin", "Tuesday 4 March")


def _she_limits_it_to_her_group(robin: Visitor, story: str) -> None:
    robin.go(story)
    robin.sees("It is checked.")
    robin.follow("Change the words, or who reads it")
    robin.choose("Who may read it?", "Only this group")
    robin.press("Keep the change")
    robin.go(story)
    robin.sees("Only the group reads it.")


def _she_takes_it_back(robin: Visitor, story: str) -> None:
    robin.go(story)
    robin.sees("They go at once, for everybody. Nobody asks why.")
    robin.press("Withdraw it")


def _it_is_gone_from_everywhere(readers: list[Visitor], story: str, pages: list[str]) -> None:
    for reader in readers:
        assert reader.status_of(story) == 404
        for page in [*pages, "/my-stories", "/my-words", "/my-data", "/"]:
            reader.go(page)
            reader.does_not_see("knew her voice", "slept the whole night", "Ash")
    readers[0].go("/my-stories")
    readers[0].sees("You have told us of no change. That is fine.")
