"""Journey 8: the mother who asked reads on her phone what came of it, and her group says something to that."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from coprod.core import reading
from coprod.core.db import db
from coprod.messages.models import Message
from coprod.outputs.models import Launch, Output, OutputKind, OutputState, Use
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.recommendations.services import submit
from coprod.steering import services
from coprod.steering.models import Decision, Verdict
from coprod.steering.services import FirstAction
from coprod.workstreams.models import MembershipState
from tests.factories import keep
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.recommendations.written import Round
from tests.steering.rooms import Room

WIDTHS = (320, 768, 1280)
BECAUSE = "A judge sets the days. We can’t."
AGAIN = "We asked for a day of rest, too. That is yours to give."
KB = 1024


@pytest.fixture
def keys(app, live: str, clock: Callable[..., None]) -> dict[str, UUID]:
    """Three answers: one to tell, one that is late, one put off; and a map that is in use."""
    room = Room()
    meeting = room.meeting()
    first = FirstAction("Ring each ward", room.max, date(2026, 1, 16))
    services.decide(
        meeting,
        room.asked("A call the day after"),
        Verdict.ACCEPT,
        by=room.alex,
        reason="You should not go home to silence.",
        first_action=first,
    )
    room.decided(Verdict.DECLINE, meeting, "Fixed days", reason=BECAUSE)
    room.decided(Verdict.DEFER, meeting, "Shorter letters")
    made = Output(workstream=room.stream, name="The map", kind=OutputKind.MAP, state=OutputState.LAUNCHED)
    made.launches = [Launch(number=1, on=date(2025, 4, 10))]
    made.uses = [Use(place="at the booking visit", since=date(2025, 4, 10))]
    keep(made)
    services.close_meeting(meeting, by=room.alex)
    services.plan_meeting(room.steering, date(2026, 1, 15), meeting.starts_at, by=room.alex)
    clock(2025, 12, 3, 10)
    db.session.commit()
    found = {"robin": room.robin.id, "mo": room.mo.id, "alex": room.alex.id, "sam": room.sam.id}
    db.session.rollback()
    return found


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **(PHONE | kind))
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _fits(visitor: Visitor) -> None:
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 720})
        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{visitor.page.url} is {wide} wide at {width}"
    visitor.page.set_viewport_size({"width": 320, "height": 568})
    assert visitor.page.title() == "Your page"
    sentences = reading.sentences_of(visitor.page.locator("main").inner_text())
    assert reading.grade(sentences) <= reading.EASY_GRADE
    assert len(visitor.page.content()) < 50 * KB


@pytest.mark.browser
def test_what_happened_to_what_we_said(keys: dict[str, UUID], live: str, browser: Browser) -> None:
    robin = _comes_in(browser, live, keys["robin"])
    _reads_that_an_answer_is_late(robin)
    _chair_sees_it_late_and_tells_the_group(_comes_in(browser, live, keys["alex"], **DESK))
    _one_message_a_person(keys)
    _reads_what_came_of_it(robin)
    _asks_for_another_look(robin)
    _second_person_sends_it(_comes_in(browser, live, keys["mo"]), robin)


@pytest.mark.browser
def test_result_stands_by_side_as_it_was_fixed_at_opening(
    app, live: str, clock: Callable[..., None], browser: Browser
) -> None:
    """B12, B13: ten parents were on the roll; six have left since, and what is said of each side is still the same."""
    chain = Round(lived=10, professionals=10)
    asked = chain.counted([5, 5, 5, 5, 4, 4, 4, 3, 3, 2] * 2)
    submit(asked, by=chain.facilitator)
    for held in chain.table.stream.memberships:
        if held.person in chain.table.lived[4:]:
            held.state = MembershipState.LEFT
    db.session.commit()
    robin = _comes_in(browser, live, chain.table.lived[0].id)
    robin.go("/answers")
    robin.sees(asked.title, "The steering group decides.")
    robin.follow_like("Every step")
    robin.sees("Lived experience", "Professionals", "Shown in the form that was fixed before the vote opened.")
    assert robin.page.locator(".result dd").all_inner_texts() == ["9 for, 1 against", "9 for, 1 against"]


def _reads_that_an_answer_is_late(robin: Visitor) -> None:
    robin.go("/answers")
    robin.sees("They still owe us their answer in writing. It was due by 1 December 2025. It is late.")
    _fits(robin)


def _chair_sees_it_late_and_tells_the_group(alex: Visitor) -> None:
    for number in (1, 2, 3):
        alex.go("/decisions/")
        alex.fill(q=str(number))
        alex.press("Find")
        alex.page.locator("main .lines a, main ol a, main ul a").first.click()
        alex.page.get_by_role("link", name="Write to the group").click()
        alex.sees("Late", "They should have heard by 1 December 2025.")
        if number == 1:
            _cannot_brush_off(alex)
        alex.press("Send the answer")
        alex.sees("The group has its answer.")


def _cannot_brush_off(alex: Visitor) -> None:
    draft = alex.page.locator("textarea[name=words]").input_value()
    for words in ("Noted.", "Your words were taken on board."):
        alex.fill(words=words)
        with alex.page.expect_navigation() as coming:
            alex.page.get_by_role("button", name="Send the answer").click()
        assert coming.value
        assert coming.value.status == 422
        alex.sees("are no answer")
    alex.fill(words=draft)


def _one_message_a_person(keys: dict[str, UUID]) -> None:
    """One text for each reply that lands, to everybody in the group that asked."""
    told = db.session.scalars(select(Message).where(Message.purpose == "reply")).all()
    group = {keys[name] for name in ("robin", "mo", "sam")}
    assert {(one.person_id, one.thing_id) for one in told} == {
        (person, decision) for person in group for decision in db.session.scalars(select(Decision.id))
    }
    assert len(told) == 9
    db.session.rollback()


def _reads_what_came_of_it(robin: Visitor) -> None:
    """One screen: we said, they decided, because, what happens next, who, when; what changed in the world."""
    robin.go("/answers")
    robin.sees("They decided", "Yes.", "No.", "Not now. They look again on 12 May 2026.", BECAUSE)
    robin.sees("Ring each ward.", "Max does this by 16 January 2026.")
    robin.sees("The map: used at the booking visit, since 10 April 2025.")
    robin.does_not_see("It is late")
    _fits(robin)


def _asks_for_another_look(robin: Visitor) -> None:
    link = robin.page.get_by_role("link", name="What do we say to this? Fixed days")
    link.click()
    robin.sees("They decided: No.", BECAUSE, "We are content", "You don’t have to do any of this.")
    _fits(robin)
    robin.follow("Ask them to look again")
    _fits(robin)
    robin.fill(words=AGAIN, speaker="One of us")
    robin.press("Keep it for us")
    robin.sees("You wrote", AGAIN, "One more person from your group has to send it, too.")
    _fits(robin)


def _second_person_sends_it(mo: Visitor, robin: Visitor) -> None:
    mo.go("/answers")
    mo.sees("One of us asks them to look again.")
    mo.go(robin.page.url)
    mo.sees("Somebody in your group wrote", AGAIN)
    mo.does_not_see("Robin")
    mo.press("Send it with me")
    mo.sees("They look at it again.", "On Thursday 15 January.", "One of us speaks for us.")
