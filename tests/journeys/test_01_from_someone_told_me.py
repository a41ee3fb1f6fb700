"""Journey 1: from "someone told me" to "I'm in", at 320 px with scripts off; and a "no thanks" that is a full stop."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.people.services.cards import draw_card
from coprod.workstreams import services
from coprod.workstreams.models import CheckAnswer, Membership, MembershipState, Seat
from tests.factories import a_person, a_professional, a_programme, a_stream, an_admin
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box

NUMBER = "+447700900142"
UNSPOKEN = re.compile(r"\b(care|court|child(ren)?|bab(y|ies)|social|removed)s?\b", re.IGNORECASE)
ASKS_TOO_MUCH = re.compile(r"date of birth|born|how many|terms|conditions|surname|postcode", re.IGNORECASE)


@pytest.fixture
def world(app, live: str, post_box: PostBox) -> dict[str, UUID]:
    """Sam runs a group with a midwife in it; Robin is asked, and Sam has talked to her."""
    ada, sam, mia = an_admin(), a_professional("Sam"), a_professional("Mia")
    robin = a_person("Robin", phone=NUMBER)
    group = a_stream(a_programme(), "Practice models", facilitator=sam, neutral_name="Tuesday group")
    services.invite(group, mia, Seat.MIDWIFE, by=sam)
    place = services.invite(group, robin, Seat.MOTHER, by=sam)
    db.session.commit()
    keys = {"ada": ada.id, "sam": sam.id, "robin": robin.id, "group": group.id, "place": place.id}
    db.session.rollback()
    return keys


def _somebody(world: dict[str, UUID], who: str) -> Person:
    return db.session.get_one(Person, world[who])


def _comes_in(browser: Browser, live: str, person: Person, **kind: Any) -> Visitor:
    visitor = at_a_browser(browser, person.alias, live, Path("."), **kind)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _is_usable(visitor: Visitor) -> None:
    """The member floor: no sideways scroll, room for a thumb, simple words, a neutral title, the same three things."""
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator("main button, main .button, .rail__item").all():
        assert button.bounding_box()["height"] >= 44
    read = Page(page.content())
    texts = sentences(read)
    assert grade(texts) <= 6
    assert [text for text in texts if len(words_of(text)) > 25] == []
    assert page.title() == "Your page"
    assert page.locator(".rail__item").all_inner_texts() == ["Leave this page", "Get support", "Stop texts"]
    main = page.locator("main").inner_text()
    assert [found.search(main) for found in (UNSPOKEN, ASKS_TOO_MUCH)] == [None, None]
    assert not UNSPOKEN.search(page.url)


def _the_link_is_sent(world: dict[str, UUID], browser: Browser, live: str, post_box: PostBox) -> str:
    """Sam presses a button after they have talked; nothing was sent before."""
    assert (messages.send_due(), post_box.texts()) == (0, [])
    sam = _comes_in(browser, live, _somebody(world, "sam"), **DESK)
    sam.go(f"/workstreams/{world['group']}")
    sam.press("Send the link to Robin, after you have talked")
    sam.sees("The link goes to Robin.")
    sam.page.context.close()
    db.session.rollback()
    assert messages.send_due() == 1
    ((number, words),) = post_box.texts()
    assert (number, len(words) <= 160, UNSPOKEN.search(words)) == (NUMBER, True, None)
    return re.search(r"https?://[^/\s]+(/hello/\S+)", words)[1]


@pytest.mark.browser
def test_from_someone_told_me_to_im_in(world, live: str, browser: Browser, clock, post_box: PostBox) -> None:
    path = _the_link_is_sent(world, browser, live, post_box)
    robin = at_a_browser(browser, "Robin", live, Path("."), **PHONE)
    robin.go(path)  # the first tap
    assert robin.heading == "Hello"
    robin.sees("It is not part of your case.", "You decide with us.", "Sam.", "You are paid for your time.")
    robin.does_not_see("Robin", "Practice models", "Born into Care")
    _is_usable(robin)
    robin.follow("Go on")  # the second
    assert robin.heading == "What would you like?"
    _is_usable(robin)
    robin.press("Yes")  # and the third
    assert robin.heading == "What shall we call you?"
    _is_usable(robin)
    robin.fill(alias="Bird")
    robin.press("Go on")
    robin.sees("Thank you. Your yes is in.", "Waiting for a check.", "You hear from us on Wednesday 19 November.")
    robin.sees("Sam rings you before we meet.")
    _is_usable(robin)
    assert robin.status_of("/groups/") == 404
    robin.page.context.close()
    _the_checks_are_made_and_she_is_in(world, browser, live, clock)


def _the_checks_are_made_and_she_is_in(world: dict[str, UUID], browser: Browser, live: str, clock) -> None:
    """She said yes once: when both checks are through she joins, and nobody asks her again."""
    ada, sam = _somebody(world, "ada"), _somebody(world, "sam")
    place = db.session.get_one(Membership, world["place"])
    for person in (sam, next(m.person for m in place.workstream.memberships if m.seat == Seat.MIDWIFE)):
        services.confirm_no_family_case(place.workstream, person, by=ada)
    db.session.commit()
    keeper = _comes_in(browser, live, ada, **DESK)
    keeper.go(f"/workstreams/{world['group']}/checks")
    keeper.follow("Look: Bird")
    keeper.sees("What each member asked in private", "Nobody was named on the page.")
    keeper.tick("Each of them was asked in private")
    keeper.choose("What came of it?", "They can be together")
    keeper.press("Keep the answer")
    keeper.sees("It counts from Wednesday 19 November")
    keeper.page.context.close()
    db.session.rollback()
    assert services.settle_places() == 0
    clock(2025, 11, 19, 0, 1)
    assert services.settle_places() == 1
    db.session.commit()
    robin = _comes_in(browser, live, _somebody(world, "robin"), **PHONE)
    robin.go("/groups/")
    robin.sees("Groups you are in", "Tuesday group")
    robin.page.context.close()


@pytest.mark.browser
def test_no_thanks_is_a_full_stop_for_ninety_days(
    world, app, live: str, browser: Browser, clock, post_box: PostBox
) -> None:
    path = _the_link_is_sent(world, browser, live, post_box)
    for _ in range(10):
        assert app.test_client().get(path).status_code == 200
    assert db.session.get_one(Membership, world["place"]).state == MembershipState.INVITED
    db.session.rollback()
    robin = at_a_browser(browser, "Robin", live, Path("."), **PHONE)
    robin.go(path)
    robin.follow("Go on")
    robin.press("No thanks")
    robin.sees("That is fine", "Nobody will ask you why.", "Text BACK any time")
    _is_usable(robin)
    assert robin.status_of(path) == 404
    robin.page.context.close()
    assert db.session.get_one(Membership, world["place"]).state == MembershipState.LEFT
    db.session.rollback()
    post_box.empty()
    morning = now()
    for day in range(91):
        clock(morning + timedelta(day, hours=3))
        services.settle_places()
        db.session.commit()
        assert messages.send_due() == 0
    assert (post_box.texts(), post_box.letters()) == ([], [])


@pytest.mark.browser
def test_a_card_leads_through_the_same_pages(world, live: str, browser: Browser) -> None:
    """Somebody with neither phone nor mailbox: the words on a card, then the same questions."""
    ada, robin = _somebody(world, "ada"), _somebody(world, "robin")
    place = db.session.get_one(Membership, world["place"])
    for membership in list(place.workstream.memberships):
        if membership.separation is None and membership.state == MembershipState.INVITED:
            services.check_separation(membership, CheckAnswer.TOGETHER, by=ada)
    words = draw_card(robin, by=ada)
    db.session.commit()
    visitor = at_a_browser(browser, "Robin", live, Path("."), **PHONE)
    visitor.go("/card")
    visitor.fill(words=words)
    visitor.press("Open")
    visitor.follow("Tuesday group", within="main")
    assert visitor.heading == "What would you like?"
    visitor.follow("What is this group?")
    assert visitor.heading == "Hello"
    _is_usable(visitor)
    visitor.follow("Go on")
    visitor.press("Maybe, ring me")
    assert visitor.heading == "What shall we call you?"
    visitor.press("Go on")
    visitor.sees("Thank you. We will ring you.", "Sam rings you in the next days.")
    _is_usable(visitor)
    visitor.page.context.close()
    sam = _comes_in(browser, live, _somebody(world, "sam"), **DESK)
    sam.go(f"/workstreams/{world['group']}")
    sam.sees("Would like a call", "Robin")
    sam.press("I rang: Robin")
    sam.does_not_see("Would like a call")
    sam.page.context.close()
