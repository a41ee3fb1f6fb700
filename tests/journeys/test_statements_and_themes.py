"""From single sentences to common ground: two members on phones of 320 pixels without scripts, and a facilitator."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.web import cookie_name
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.views.gate import SESSION
from coprod.voting import services as voting
from coprod.voting.models import Envelope, Poll, RollEntry
from coprod.voting.rules import View
from tests.factories import a_person, a_professional, a_programme, a_stream
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser, prints_black_on_white

MINE, OTHERS = "One midwife who knows my name.", ["A smile helps", "Ten is too early"]


class Scene:
    """A group of seven and Sam, who runs it."""

    def __init__(self, app: Flask, live: str, browser: Browser) -> None:
        self.live, self.browser = live, browser
        self.robin, self.kit, self.sam = a_person("Robin"), a_person("Kit"), a_professional("Sam")
        rest = [a_person("Dee"), *(a_professional(f"Worker {n}") for n in range(4))]
        self.group = a_stream(
            a_programme(), "Practice models", facilitator=self.sam, members=[self.robin, self.kit, *rest]
        )
        db.session.commit()
        self.page = f"/workstreams/{self.group.id}/statements"

    def sits_down(self, person: Person, kind: dict[str, object]) -> Visitor:
        """Somebody at a browser of their own, signed in already."""
        visitor = at_a_browser(self.browser, person.alias, self.live, Path(), **kind)
        cookie = people.cookie_for(people.begin_session(person, "test"))
        db.session.commit()
        visitor.page.context.add_cookies([{"name": cookie_name(SESSION), "value": cookie, "url": self.live}])
        return visitor


@pytest.fixture
def scene(app: Flask, live: str, browser: Browser) -> Iterator[Scene]:
    yield Scene(app, live, browser)
    for context in browser.contexts:
        context.close()


def _fits(visitor: Visitor) -> None:
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in visitor.page.locator("main button, main select, main textarea, main .choice__face").all():
        assert button.bounding_box()["height"] >= 44


@pytest.mark.browser
def test_from_single_sentences_to_common_ground(scene: Scene) -> None:
    robin, kit = scene.sits_down(scene.robin, PHONE), scene.sits_down(scene.kit, PHONE)
    sam = scene.sits_down(scene.sam, DESK)
    _robin_says_something(scene, robin)
    _sam_types_the_slips(scene, sam)
    _two_sort_at_once(scene, robin, kit)
    _sam_asks_the_group(scene, sam)
    _robin_answers_one_by_one(robin)
    _they_read_what_they_share(scene, kit)


def _robin_says_something(scene: Scene, robin: Visitor) -> None:
    robin.go(scene.page)
    _fits(robin)
    robin.page.locator("textarea").focus()
    robin.page.keyboard.type(MINE)
    robin.page.keyboard.press("Tab")
    with robin.page.expect_navigation():
        robin.page.keyboard.press("Enter")
    robin.sees("Your sentence is with the others now.", MINE)
    _fits(robin)
    assert db.session.query(Entry).count() == 0
    db.session.rollback()


def _sam_types_the_slips(scene: Scene, sam: Visitor) -> None:
    sam.go(scene.page)
    sam.follow("Add sentences from paper")
    sam.fill(lines="\n".join(OTHERS))
    sam.press("Add them")
    sam.sees("2 sentences added.", *OTHERS, MINE)


def _two_sort_at_once(scene: Scene, robin: Visitor, kit: Visitor) -> None:
    for visitor in (robin, kit):
        visitor.go(scene.page)
        visitor.follow("Sort what we said")
        _fits(visitor)
    robin.fill(theme="Being known")
    robin.pick(MINE, "The new theme")
    robin.press("Save")
    robin.sees("Kept.")
    kit.fill(theme="Getting there")
    kit.pick("Ten is too early", "The new theme")
    kit.pick(MINE, "The new theme")
    kit.press("Save")
    kit.sees("Kept, but for what somebody else moved", "You wanted this under “Getting there”.")
    _fits(kit)
    places = {words: kit.page.get_by_label(words, exact=True) for words in (MINE, *OTHERS)}
    chosen = {words: place.locator("option:checked").inner_text() for words, place in places.items()}
    assert chosen == {MINE: "Being known", "Ten is too early": "Getting there", "A smile helps": "Not sorted yet"}


def _sam_asks_the_group(scene: Scene, sam: Visitor) -> None:
    sam.go(scene.page)
    sam.follow("Ask the group what it thinks of them")
    for words in (MINE, *OTHERS):
        sam.tick(words)
    sam.press("Open the vote")
    sam.sees("The group is asked. Nobody sees any answer before it closes.")


def _robin_answers_one_by_one(robin: Visitor) -> None:
    poll = db.session.query(Poll).one().id
    db.session.rollback()
    robin.go(f"/votes/{poll}")
    robin.sees("There are 3 sentences, one on each page.", "Nobody using this site can see how you voted")
    robin.press("Begin")
    _fits(robin)
    robin.choose("What do you think?", "Agree")
    robin.press("Next")
    robin.sees("Number 2 of 3")
    robin.press("Back")
    robin.sees("Number 1 of 3", "You answered this one.")
    assert robin.page.locator("input:checked").count() == 0
    robin.press("Next")
    robin.choose("What do you think?", "Pass")
    robin.press("Next")
    robin.choose("What do you think?", "Disagree")
    assert db.session.query(Envelope).count() == 0
    db.session.rollback()
    robin.press("Send my answers")
    robin.sees("Thank you. Your answer is in.", "Do you want to say more?")
    robin.does_not_see("Disagree")
    _fits(robin)
    assert db.session.query(Envelope).count() == 1
    db.session.rollback()


def _they_read_what_they_share(scene: Scene, kit: Visitor) -> None:
    kit.go(scene.page)
    kit.follow("See where we agree")
    kit.sees("We have not asked yet")
    poll = db.session.query(Poll).one()
    for entry in db.session.query(RollEntry):
        person = db.session.get_one(Person, entry.person_id)
        voting.cast_views(poll, {1: View.AGREE, 2: View.AGREE, 3: View.PASS}, by=person)
    assert poll.closes_at > now() + timedelta(days=5)
    voting.close_and_count(poll, by=scene.sam)
    db.session.commit()
    kit.go(scene.page)
    kit.follow("See where we agree")
    _fits(kit)
    kit.sees("Where we agree", "Most of those who answered agree.", "Still open", "Being known")
    kit.does_not_see("Where we part", "%", "7 of")
    prints_black_on_white(kit.page, "main")
