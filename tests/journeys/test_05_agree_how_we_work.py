"""Journey 5: agree how we work, or say what must change; two screens, at 320 px, with scripts off."""

from collections.abc import Iterator
from datetime import time, timedelta
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser

from coprod.agreements import queries, rules, services
from coprod.agreements.models import ChangeAsked
from coprod.core.clock import today
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_programme, a_stream
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.journeys.visitors import PHONE, Visitor, at_a_browser

WISH = "Let me keep my phone on"
NEW_WORDS = "Phones may stay on, with no sound."
LINES_OF_TEXT = """heading => {
    const words = document.createRange();
    words.selectNodeContents(heading);
    return [...new Set([...words.getClientRects()].map(box => Math.round(box.top)))];
}"""


class Scene:
    """A group whose ten weeks are planned and whose agreement is not written yet; Robin and Sam at their phones."""

    def __init__(self, app: Flask, live: str, browser: Browser) -> None:
        self.live, self.browser, self.app = live, browser, app
        sam, robin = a_professional("Sam"), a_person("Robin")
        group = a_stream(a_programme(), facilitator=sam, members=[robin, a_person("Kit")], neutral_name="Tuesday group")
        cycle = cycles.plan(group, today() + timedelta(8), time(18), by=sam, place="Sea Room")
        self.first: UUID = cycle.sessions[0].id
        self.keys = {"sam": sam.id, "robin": robin.id}
        self.group_key: UUID = group.id
        db.session.commit()
        self.sam, self.robin = self.comes_in("sam"), self.comes_in("robin")

    def person(self, who: str) -> Person:
        """Find somebody as they are kept now."""
        return db.session.get_one(Person, self.keys[who])

    @property
    def group(self) -> Workstream:
        """Find the group as it is kept now."""
        return db.session.get_one(Workstream, self.group_key)

    def comes_in(self, who: str) -> Visitor:
        """Sit somebody down who is signed in already."""
        visitor = at_a_browser(self.browser, who.title(), self.live, self.app.config["DATA"], **PHONE)
        token = begin_session(self.person(who))
        db.session.commit()
        visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": self.live}])
        return visitor

    def written(self, changed: str = "", **words: str) -> None:
        """Sam writes the version in hand, and the group talks it through in the room."""
        sam = self.person("sam")
        working = rules.in_hand(queries.versions_of(self.group)) or services.start(self.group, by=sam)
        services.write(working, working.words | words, changed, read=rules.mark_of(working), by=sam)
        services.talk_through(working, by=sam)
        services.agree(working, by=sam)
        db.session.commit()


@pytest.fixture
def scene(app: Flask, live: str, browser: Browser) -> Iterator[Scene]:
    made = Scene(app, live, browser)
    yield made
    for visitor in (made.sam, made.robin):
        visitor.page.context.close()


@pytest.mark.browser
def test_members_agree_or_say_what_must_change(scene: Scene) -> None:
    _no_session_is_published_before_a_version_is_agreed(scene)
    scene.written()
    _the_first_screen_says_the_limits(scene)
    _robin_asks_for_a_change_and_nobody_sees_who(scene)
    _sam_takes_it_into_the_next_version(scene)
    _version_two_says_what_changed(scene)
    _robin_is_ok_with_it(scene)
    _now_it_can_be_published(scene)


def _publish(scene: Scene) -> tuple[int, str]:
    answer = scene.sam.page.context.request.post(f"{scene.live}/sessions/{scene.first}/publish")
    return answer.status, " ".join(answer.text().split())


def _no_session_is_published_before_a_version_is_agreed(scene: Scene) -> None:
    status, words = _publish(scene)
    assert status == 403
    assert "agree" in words


def _the_first_screen_says_the_limits(scene: Scene) -> None:
    robin = scene.robin
    robin.go(f"/workstreams/{scene.group_key}/agreement")
    _is_usable(robin)
    limits = robin.page.get_by_text(rules.LIMITS).first.bounding_box()
    rail = robin.page.locator("nav.rail").bounding_box()
    assert limits["y"] + limits["height"] <= rail["y"]
    headings = robin.page.locator("main summary")
    assert headings.count() == 12
    lines = [len(headings.nth(n).evaluate(LINES_OF_TEXT)) for n in range(12)]
    assert lines == [1] * 12
    plain = robin.page.get_by_text("We take turns. We listen.")
    assert not plain.is_visible()
    headings.first.click()
    assert plain.is_visible()


def _robin_asks_for_a_change_and_nobody_sees_who(scene: Scene) -> None:
    robin, sam = scene.robin, scene.sam
    robin.follow("Give your answer")
    assert robin.heading == "Are you OK with this?"
    _is_usable(robin)
    robin.choose("What do you say?", "I want to change something")
    robin.fill(words=WISH)
    robin.press("Send")
    robin.sees("Nobody sees who asked.")
    for page in ("agreement", "breaches", "wishes"):
        sam.go(f"/workstreams/{scene.group_key}/{page}")
        sam.does_not_see("Robin")
        assert (WISH in sam.page.locator("main").inner_text()) is (page == "wishes")
    assert {"person_id", "by_id", "on", "at"} & set(ChangeAsked.__table__.columns.keys()) == set()


def _sam_takes_it_into_the_next_version(scene: Scene) -> None:
    sam = scene.sam
    sam.press("Write a version")
    sam.go(f"/workstreams/{scene.group_key}/wishes")
    sam.pick("Under which heading", "Phones, notes and photos")
    sam.press("Take it into version 2: wish 1")
    sam.sees("Nobody has asked")
    scene.written("Phones may stay on.", phones=NEW_WORDS, pay="All of it, the same day.")


def _version_two_says_what_changed(scene: Scene) -> None:
    robin = scene.robin
    robin.go(f"/workstreams/{scene.group_key}/agreement")
    robin.sees("What changed since version 1", f"Now: {NEW_WORDS}", "Before: We keep phones quiet.")
    robin.sees("Now: All of it, the same day.")
    assert robin.page.get_by_text("Changed because someone asked").count() == 1
    for visitor in (robin, scene.sam):
        visitor.go(f"/workstreams/{scene.group_key}/agreement")
        visitor.does_not_see(WISH, "Robin")
    _is_usable(robin)


def _robin_is_ok_with_it(scene: Scene) -> None:
    robin = scene.robin
    robin.follow("Give your answer")
    robin.choose("What do you say?", "I’m OK with this")
    robin.press("Send")
    robin.sees("You said you are OK with this.")
    scene.sam.go(f"/workstreams/{scene.group_key}/agreement")
    scene.sam.sees("Not everybody has answered yet.")


def _now_it_can_be_published(scene: Scene) -> None:
    status, words = _publish(scene)
    assert "agree how" not in words
    assert status in (200, 302, 303)


def _is_usable(visitor: Visitor) -> None:
    """The member floor."""
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator("main button, main .button, main summary, .rail__item").all():
        assert button.bounding_box()["height"] >= 44
    texts = sentences(Page(page.content()))
    assert grade(texts) <= 6
    assert [text for text in texts if len(words_of(text)) > 25] == []
    assert page.title().strip() == "Your page"
