"""Journey 7: "I'm worried about this". One screen more after the vote, the same after every choice."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from coprod.core.db import db
from coprod.people import services as people
from coprod.people.models import Person
from coprod.voting import services
from coprod.voting.models import Outcome, Poll, SealedWorry, Worry
from coprod.voting.rules import Choice
from coprod.wellbeing.models import CallBack
from tests.journeys.test_06_vote_from_a_text import Scene, is_usable
from tests.journeys.test_06_vote_from_a_text import scene as scene
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.messages.conftest import post_box as post_box

WORRY = "What if she is ill that week?"
NUMBER = "Her number is 943 476 5919"


def _read(kind) -> list:
    found = list(db.session.scalars(db.select(kind)))
    db.session.rollback()
    return found


@pytest.mark.browser
def test_i_am_worried(scene: Scene, live: str, browser: Browser) -> None:
    robin = at_a_browser(browser, "Robin", live, Path("."), **PHONE)
    pages = {answer: _answers(robin, scene, answer) for answer in ("Love it", "Skip this one", "I’m worried")}
    assert len(set(pages.values())) == 1
    _a_number_is_gently_sent_back(robin)
    robin.fill(words=WORRY)
    robin.choose("What should we do?", "Share it without my name")
    robin.press("Send")
    shared = _thanked(robin)
    assert (len(_read(SealedWorry)), _read(Worry)) == (1, [])
    robin.go(f"/votes/{scene.poll}/say-more")
    robin.sees("Then we keep none of these words.")
    robin.does_not_see("Robin", "Sam")
    robin.choose("What should we do?", "Talk to the one who runs the group")
    robin.press("Send")
    assert _thanked(robin) == shared
    assert ([call.asked_id for call in _read(CallBack)], len(_read(SealedWorry))) == ([scene.facilitator], 1)
    robin.page.context.close()
    _one_worry_is_never_agreed_and_is_read_as_the_groups(scene, live, browser)


def _answers(robin: Visitor, scene: Scene, answer: str) -> str:
    """By keyboard alone: to the answers, to the button, and on."""
    robin.go(scene.path)
    robin.page.get_by_role("radio", name=answer).focus()
    robin.page.keyboard.press("Space")
    robin.page.keyboard.press("Tab")
    with robin.page.expect_navigation():
        robin.page.keyboard.press("Enter")
    robin.sees("Do you want to say more?", "You don’t have to. We ask everyone.")
    is_usable(robin.page)
    told = robin.page.locator("main").inner_text()
    robin.follow("Say more")
    is_usable(robin.page)
    return told + robin.page.locator("main").inner_text()


def _a_number_is_gently_sent_back(robin: Visitor) -> None:
    robin.fill(words=NUMBER)
    robin.choose("What should we do?", "Share it without my name")
    robin.page.get_by_role("button", name="Send").click()
    robin.sees("This looks like an NHS number. Please take it out.")
    assert robin.page.locator("textarea").input_value() == NUMBER
    assert _read(SealedWorry) == []


def _thanked(robin: Visitor) -> str:
    robin.sees("That is all. We tell you what came of it.")
    return robin.page.locator("main").inner_text()


def _one_worry_is_never_agreed_and_is_read_as_the_groups(scene: Scene, live: str, browser: Browser) -> None:
    poll, sam = db.session.get_one(Poll, scene.poll), db.session.get_one(Person, scene.facilitator)
    for entry in [place for place in poll.workstream.memberships if place.person_id not in (scene.robin, sam.id)]:
        services.cast(poll, Choice.LOVE, by=entry.person)
    assert services.close_and_count(poll, by=sam).outcome == Outcome.NEEDS_TALK
    cookie = people.cookie_for(people.begin_session(sam))
    db.session.commit()
    at_desk = at_a_browser(browser, "Sam", live, Path("."), **DESK)
    at_desk.page.context.add_cookies([{"name": "sid", "value": cookie, "url": live}])
    at_desk.go(f"/votes/{scene.poll}/running")
    at_desk.sees(WORRY, "Nobody knows who wrote it, and nobody asks.", "First talk about every worry")
    at_desk.does_not_see("Robin")
    at_desk.press("We talked about it")
    at_desk.fill(answer="Another midwife she has met comes.")
    at_desk.press("Answered")
    at_desk.sees("Another midwife she has met comes.")
    at_desk.does_not_see("First talk about every worry")
    at_desk.page.context.close()
