"""Journey 23: Jo helps Robin with a vote. Robin's link, Robin's finger; Jo's own page knows nothing of it.

On phones of 320 pixels with scripts off.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from coprod.core.db import db
from coprod.core.web import cookie_name
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people import services as people
from coprod.people.models import Person, Side
from coprod.people.views.gate import SESSION
from coprod.recommendations import services as recommendations
from coprod.voting import services as voting
from coprod.voting.rules import Choice
from tests.journeys.visitors import PHONE, Visitor, at_a_browser
from tests.recommendations.written import Round

HELP = re.compile(r"\b(Jo|helped|helper|supporter)\b")


class Scene:
    """A group with a vote open, and Robin of that group at her phone."""

    def __init__(self, app: Flask, live: str, browser: Browser) -> None:
        self.app, self.live, self.browser = app, live, browser
        self.round = Round(lived=5, professionals=5)
        self.idea = self.round.voting()
        self.robin = self.round.table.lived[0]
        self.robin.alias = "Robin"
        needs.say(self.robin, Wanted((Help.TAXI,)), by=self.robin)
        poll = recommendations.current_poll(self.idea)
        self.poll, self.stream, self.idea_key = poll.id, poll.workstream_id, self.idea.id
        self.robin_at_her_phone = self.comes_in(self.robin)

    def comes_in(self, person: Person) -> Visitor:
        """Sit somebody down who is signed in already."""
        visitor = at_a_browser(self.browser, person.alias, self.live, Path(self.app.config["MAIL_FILE_PATH"]), **PHONE)
        cookie = people.cookie_for(people.begin_session(person, "test"))
        db.session.commit()
        visitor.page.context.add_cookies([{"name": cookie_name(SESSION), "value": cookie, "url": self.live}])
        return visitor

    def person(self, **which: object) -> Person:
        """Find somebody as they are kept now."""
        return db.session.query(Person).filter_by(**which).one()


@pytest.fixture
def scene(app: Flask, live: str, browser: Browser) -> Iterator[Scene]:
    made = Scene(app, live, browser)
    yield made
    made.robin_at_her_phone.page.context.close()


@pytest.mark.browser
def test_supporter_helps_with_a_vote(scene: Scene) -> None:
    robin = scene.robin_at_her_phone
    _robin_chooses_jo(robin)
    jo = scene.comes_in(scene.person(side=Side.SUPPORTER))
    _jo_reads_dates_and_lifts(jo)
    _robin_shares_one_thing_and_stops_in_one_tap(robin, jo)
    _robin_votes_with_her_own_finger(scene, robin)
    _no_vote_is_there_for_jo(scene, jo)
    _the_result_says_nothing_of_help(scene, robin)
    _robin_ends_it_in_one_tap(robin, jo)
    jo.page.context.close()


def _robin_chooses_jo(robin: Visitor) -> None:
    robin.go("/who-helps-me")
    robin.follow("Choose someone")
    robin.fill(alias="Jo", email="jo@example.org")
    robin.press("Choose them")
    robin.sees("Jo can help you now.")
    assert robin.page.get_by_text("Not shared", exact=True).count() == 4
    assert robin.page.evaluate("document.documentElement.scrollWidth") <= 320


def _jo_reads_dates_and_lifts(jo: Visitor) -> None:
    jo.go("/who-i-help")
    jo.sees("You help Robin", "Robin asked for: a taxi.")
    jo.does_not_see("One named midwife", "Practice models", "What each meeting is about")
    assert jo.page.title() == "Your page"
    assert jo.page.evaluate("document.documentElement.scrollWidth") <= 320


def _robin_shares_one_thing_and_stops_in_one_tap(robin: Visitor, jo: Visitor) -> None:
    robin.press("Share: how the group works together")
    robin.sees("Jo can see how the group works together.")
    jo.go("/who-i-help")
    jo.sees("How the group works together")
    jo.does_not_see("What each meeting is about")
    robin.press("Stop: how the group works together")
    jo.go("/who-i-help")
    jo.does_not_see("How the group works together")


def _robin_votes_with_her_own_finger(scene: Scene, robin: Visitor) -> None:
    robin.go(f"/votes/{scene.poll}")
    robin.choose("Your answer", "I can live with it")
    robin.press("Send my answer")
    robin.sees("Nobody sees what you chose.")


def _no_vote_is_there_for_jo(scene: Scene, jo: Visitor) -> None:
    """Every address of the vote, its idea and its group answers 404."""
    adapter = scene.app.url_map.bind("localhost")
    for endpoint, key in (
        *((f"voting.{page}", scene.poll) for page in ("ballot", "answered", "say_more", "thanks")),
        ("recommendations.show", scene.idea_key),
        ("workstreams.group", scene.stream),
        ("workstreams.show", scene.stream),
        ("agreements.show", scene.stream),
    ):
        assert jo.status_of(adapter.build(endpoint, {"key": key})) == 404, endpoint
    jo.go("/who-i-help")
    assert "vote" not in jo.page.locator("main").inner_text()


def _the_result_says_nothing_of_help(scene: Scene, robin: Visitor) -> None:
    idea = db.session.merge(scene.idea)
    poll, me = recommendations.current_poll(idea), scene.person(alias="Robin")
    for person in scene.round.table.voters:
        if person.id != me.id:
            voting.cast(poll, Choice.YES, by=db.session.merge(person))
    recommendations.count_vote(idea, by=db.session.merge(scene.round.facilitator))
    db.session.commit()
    robin.go(f"/recommendations/{scene.idea_key}")
    main = robin.page.locator("main").inner_text()
    assert "Agreed" in main
    assert HELP.findall(main) == []


def _robin_ends_it_in_one_tap(robin: Visitor, jo: Visitor) -> None:
    robin.go("/who-helps-me")
    robin.press("End this help: Jo")
    robin.sees("Jo no longer helps you. They see nothing of yours now.")
    jo.go("/who-i-help")
    assert jo.page.url.endswith("/sign-in")
