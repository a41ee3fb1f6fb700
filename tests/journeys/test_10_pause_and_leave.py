"""Journey 10: pause, leave, take my words back; at 320 px with scripts off, in three taps at most and without a why."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.messages.models import Way
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.voting import queries as votes
from coprod.voting import services as voting
from coprod.voting.models import Envelope, Poll, RollEntry
from coprod.voting.rules import Choice
from coprod.workstreams import queries as places
from coprod.workstreams import services
from coprod.workstreams.models import Membership, MembershipState, Words
from tests.factories import a_membership, a_person, a_professional, a_programme, a_stream, an_admin
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.journeys.visitors import PHONE, Visitor, at_a_browser
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box


@pytest.fixture
def world(app, live: str, post_box: PostBox) -> dict[str, UUID]:
    """A group of eight with a vote open in it; Robin has answered, and said how to reach her."""
    sam, robin = a_professional("Sam"), a_person("Robin", phone="+447700900142")
    others = [a_person(f"Parent {n}") for n in range(3)] + [a_professional(f"Worker {n}") for n in range(4)]
    group = a_stream(a_programme(), facilitator=sam, members=others, neutral_name="Tuesday group")
    place, ada = a_membership(group, robin), an_admin()
    for professional in (sam, *others[3:]):
        services.confirm_no_family_case(group, professional, by=ada)
    poll = voting.draft(group, "One named midwife?", by=sam)
    voting.open_vote(poll, now() + timedelta(days=4, hours=8), by=sam)
    voting.cast(poll, Choice.LOVE, by=robin)
    services.ask_apart(robin, "Somebody", by=robin)
    messages.set_reach(robin, by=robin, way=Way.TEXT)
    db.session.commit()
    keys = {
        "sam": sam.id,
        "robin": robin.id,
        "group": group.id,
        "place": place.id,
        "poll": poll.id,
        "kit": others[0].id,
    }
    db.session.rollback()
    return keys


def _comes_in(browser: Browser, live: str, person: Person) -> Visitor:
    visitor = at_a_browser(browser, person.alias, live, Path("."), **PHONE)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _somebody(world: dict[str, UUID], who: str) -> Person:
    return db.session.get_one(Person, world[who])


def _place(world: dict[str, UUID]) -> Membership:
    db.session.rollback()
    return db.session.get_one(Membership, world["place"])


def _is_usable(visitor: Visitor) -> None:
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator("main button, main .button, .rail__item").all():
        assert button.bounding_box()["height"] >= 44
    texts = sentences(Page(page.content()))
    assert grade(texts) <= 6
    assert [text for text in texts if len(words_of(text)) > 25] == []
    assert page.locator("main textarea, main input[type=text]").count() == 0


@pytest.mark.browser
def test_a_break_keeps_the_place_and_sends_nothing(
    world, live: str, browser: Browser, clock, post_box: PostBox
) -> None:
    robin = _comes_in(browser, live, _somebody(world, "robin"))
    robin.go("/groups/")
    robin.follow("Take a break, or leave the group")
    assert robin.heading == "Do you want a break, or to leave?"
    _is_usable(robin)
    robin.press("Take a break")
    robin.sees("You are taking a break. Come back when you like.")
    _nothing_is_sent(post_box, clock, days=30)
    robin.go("/groups/")
    robin.follow("Tuesday group", within="main")
    assert robin.heading == "Do you want to come back?"
    _is_usable(robin)
    robin.press("Yes, I am back")
    robin.sees("You are in the group.")
    assert (_place(world).state, _place(world).seat) == (MembershipState.JOINED, "mother")
    robin.page.context.close()


@pytest.mark.browser
def test_leaving_takes_three_taps_and_no_reason(world, live: str, browser: Browser, clock, post_box: PostBox) -> None:
    robin, elsewhere = (_comes_in(browser, live, _somebody(world, "robin")) for _ in range(2))
    robin.go("/support")  # any page she can be on
    robin.follow("Take a break, or leave the group")  # the first tap
    robin.follow("Leave the group")  # the second
    assert robin.heading == "What about things you said?"
    _is_usable(robin)
    robin.press("Take out what you can")  # and the third
    robin.sees("That is fine", "Nobody will ask you why.", "Text BACK any time")
    _is_usable(robin)
    robin.page.go_back(wait_until="domcontentloaded")
    for visitor in (robin, elsewhere):
        visitor.go("/groups/")
        assert visitor.page.url.endswith("/sign-in")
        visitor.page.context.close()
    place = _place(world)
    assert (place.state, place.words) == (MembershipState.LEFT, Words.TAKE_OUT)
    _nothing_is_sent(post_box, clock, days=3)
    _the_others_see_that_she_is_not_in_the_group_now(world, browser, live)
    _her_answer_stands_and_nothing_shows_that_she_left(world)
    _coming_back_restores_nothing_unasked(world)


def _nothing_is_sent(post_box: PostBox, clock, *, days: int) -> None:
    db.session.rollback()
    post_box.empty()
    morning = now()
    for day in range(days):
        clock(morning + timedelta(day, hours=3))
        messages.send_due()
    assert [words for number, words in post_box.texts() if number == "+447700900142"] == []
    clock(morning)


def _the_others_see_that_she_is_not_in_the_group_now(world: dict[str, UUID], browser: Browser, live: str) -> None:
    kit, sam = _comes_in(browser, live, _somebody(world, "kit")), _comes_in(browser, live, _somebody(world, "sam"))
    kit.go(f"/groups/{world['group']}")
    kit.does_not_see("Robin")
    sam.go(f"/workstreams/{world['group']}")
    sam.sees("Robin", "Not in the group now")
    sam.does_not_see("take out", "reason")
    for visitor in (kit, sam):
        visitor.page.context.close()


def _her_answer_stands_and_nothing_shows_that_she_left(world: dict[str, UUID]) -> None:
    """B1: she stays on the roll, her envelope counts, and her way to the vote is closed."""
    db.session.rollback()
    on_roll = db.session.scalars(db.select(RollEntry.person_id).where(RollEntry.poll_id == world["poll"])).all()
    assert (world["robin"] in on_roll, len(on_roll)) == (True, 8)
    assert len(db.session.scalars(db.select(Envelope)).all()) == 1
    poll, robin = db.session.get_one(Poll, world["poll"]), _somebody(world, "robin")
    assert list(votes.open_to(robin, now())) == []
    assert (poll.lived_on_roll, poll.professionals_on_roll) == (4, 4)


def _coming_back_restores_nothing_unasked(world: dict[str, UUID]) -> None:
    place, sam = _place(world), _somebody(world, "sam")
    services.move(place, "invited again", by=sam)
    robin = _somebody(world, "robin")
    assert (messages.reach_of(robin).way, places.own_requests(robin)) == (None, [])
    services.move(place, "joined", by=robin)
    assert (place.state, place.said_yes, place.words) == (MembershipState.INVITED, True, None)
    db.session.rollback()
