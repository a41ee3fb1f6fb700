"""Journey 21: decide on one page, with the quorum before the button, and say why; never edited, only corrected."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from coprod.core.db import db
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.programmes.models import Holiday, HolidayKind
from coprod.steering import services
from coprod.steering.models import Meeting
from coprod.workstreams.models import Role
from tests.factories import a_membership, a_professional, keep
from tests.journeys.visitors import DESK, Visitor, at_a_browser
from tests.steering.rooms import Room

HELP = "You should not go home to silence. One call costs little."
WIDTHS = (320, 768, 1280)


@pytest.fixture
def keys(app, live: str, clock: Callable[..., None]) -> dict[str, UUID]:
    """Thursday 15 December 2022: a meeting of five with two parents there alone, and three things that wait."""
    clock(2022, 12, 15, 10)
    room = Room()
    a_membership(room.steering, a_professional("Ann"))
    off = (date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2))
    keep(*(Holiday(kind=HolidayKind.BANK, first=day, last=day, what="Off", sources=[]) for day in off))
    asked = {name: room.asked(name) for name in ("A call the day after", "Fixed days", "Shorter letters")}
    db.session.flush()
    meeting = services.plan_meeting(room.steering, date(2022, 12, 15), time(10), by=room.alex)
    services.plan_meeting(room.steering, date(2023, 2, 9), time(10), by=room.alex)
    services.open_meeting(meeting, by=room.alex)
    _are_here(meeting, "Dee", "Eve")
    db.session.commit()
    found = {"alex": room.alex.id, "dee": room.dee.id, "meeting": meeting.id}
    found |= {name: one.id for name, one in asked.items()}
    db.session.rollback()
    return found


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **kind)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _fits(visitor: Visitor) -> None:
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 720})
        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{visitor.page.url} is {wide} wide at {width}"


@pytest.mark.browser
def test_decide_and_say_why(keys: dict[str, UUID], live: str, browser: Browser) -> None:
    alex = _comes_in(browser, live, keys["alex"], **DESK | {"java_script_enabled": False})
    _is_blocked_with_too_few(alex, keys)
    _accepts_on_the_second_screen(alex, keys)
    _declines_and_puts_off(alex, keys)
    _corrects_and_cannot_edit(alex, keys)
    dee = _comes_in(browser, live, keys["dee"], **DESK)
    _finds_it_in_the_register(dee)


def _is_blocked_with_too_few(alex: Visitor, keys: dict[str, UUID]) -> None:
    """Domain rule 21: with under half of the members, and with half of them but one parent."""
    meeting = db.session.get_one(Meeting, keys["meeting"])
    for here, words in (
        ((), "2 of 5 are here. 3 are needed to decide."),
        (("Alex", "Max", "Dee"), "1 with lived experience here. 2 are needed to decide."),
    ):
        if here:
            _are_here(meeting, *here)
        alex.go(f"/meetings/{keys['meeting']}/recommendations/{keys['A call the day after']}")
        alex.sees("This meeting cannot decide yet", words)
        assert alex.page.get_by_role("button", name="Record the decision").count() == 0
    _are_here(meeting, "Alex", "Ann", "Dee", "Eve", "Max")


def _are_here(meeting: Meeting, *aliases: str) -> None:
    seats = meeting.workstream.memberships
    chair = next(held.person for held in seats if held.role == Role.CHAIR)
    services.tick(meeting, [held for held in seats if held.person.alias in aliases], by=chair)
    db.session.commit()


def _accepts_on_the_second_screen(alex: Visitor, keys: dict[str, UUID]) -> None:
    """From the agenda: the item with its quorum, and everything else on one page: two screens."""
    alex.go(f"/meetings/{keys['meeting']}")
    before = len(alex.read)
    alex.follow_like("A call the day after")
    alex.follow("Read it and decide")
    alex.sees("This meeting can decide", "In one page", "What the group said", "The group hears by Tuesday 3 January")
    quorum = alex.page.get_by_text("This meeting can decide").bounding_box()
    button = alex.page.get_by_role("button", name="Record the decision").bounding_box()
    assert quorum
    assert button
    assert quorum["y"] < button["y"]
    alex.choose("What do we decide?", "Yes, with changes")
    alex.fill(changes="Start with one ward.", reason=HELP, dissent="Max would wait a year.")
    alex.press("See how it reads")
    alex.sees("Easy to read")
    alex.fill(action_what="Ring the wards", action_due="16 January 2023")
    alex.pick("Who?", "Somebody else")
    alex.open("Somebody who is not in the list")
    alex.fill(action_name="Kim", action_email="kim@example.org")
    alex.choose("Try it as a pilot?", "Yes")
    alex.open("Ask a board for money")
    alex.fill(funding_board="Better Start board", funding_ask="Half a post for a year")
    _fits(alex)
    alex.press("Record the decision")
    alex.sees("Decision 1: Yes, with changes", HELP, "Max would wait a year.", "Better Start board", "Kim")
    alex.sees("The group hears by 3 January 2023.")
    assert len(alex.read) - before == 4  # the two screens, the light looked at once, and what was recorded
    _fits(alex)


def _declines_and_puts_off(alex: Visitor, keys: dict[str, UUID]) -> None:
    alex.go(f"/meetings/{keys['meeting']}/recommendations/{keys['Fixed days']}")
    alex.choose("What do we decide?", "No Needs")
    alex.fill(reason="Noted.")
    _is_asked_again(alex)
    alex.sees("Say what would change your answer.", "are no answer")
    alex.fill(reason="The court sets the days.", would_change="A new order of the judge.")
    alex.press("Record the decision")
    alex.sees("Decision 2: No", "A new order of the judge.")
    alex.go(f"/meetings/{keys['meeting']}/recommendations/{keys['Shorter letters']}")
    alex.choose("What do we decide?", "Not now")
    alex.fill(reason="The new letters come in January.")
    _is_asked_again(alex)
    alex.sees("Say when you look again.")
    alex.fill(until="20 February 2023")
    alex.press("Record the decision")
    alex.sees("Decision 3: Not now", "20 February 2023")
    alex.go(f"/meetings/{keys['meeting']}")
    alex.press("Close the meeting")
    alex.go("/meetings/")
    alex.follow("Go to the meeting")
    alex.sees("Meeting of 9 February 2023", "Shorter letters", "Put off until now")


def _is_asked_again(alex: Visitor) -> None:
    with alex.page.expect_navigation() as coming:
        alex.page.get_by_role("button", name="Record the decision").click()
    answer = coming.value
    assert answer
    assert answer.status == 422


def _corrects_and_cannot_edit(alex: Visitor, keys: dict[str, UUID]) -> None:
    alex.go("/decisions/")
    alex.follow("A call the day after")
    alex.does_not_see("Edit", "Correct it")
    _the_next_meeting_opens(keys)
    alex.go(alex.page.url)
    alex.follow("Correct it")
    alex.fill(reason="You should not go home to silence. Each ward can ring.")
    alex.press("Record the decision")
    alex.sees("Decision 4: Yes, with changes", "This is a correction.")
    alex.follow("decision 1")
    alex.sees("This was corrected.", HELP)


def _the_next_meeting_opens(keys: dict[str, UUID]) -> None:
    meeting = db.session.scalars(select(Meeting).where(Meeting.on == date(2023, 2, 9))).one()
    services.open_meeting(meeting, by=db.session.get_one(Person, keys["alex"]))
    _are_here(meeting, "Alex", "Ann", "Dee", "Eve", "Max")


def _finds_it_in_the_register(dee: Visitor) -> None:
    dee.go("/decisions/")
    dee.sees("4 decisions", "Corrected later.")
    dee.fill(q="judge")
    dee.press("Find")
    dee.sees("1 decision", "Fixed days")
    assert dee.page.get_by_role("link", name="Shorter letters").count() == 0
    dee.follow("Fixed days")
    dee.follow("On one page, to print")
    dee.sees("Extract: decision 2", "Alex, Ann, Dee, Eve, Max")
    _fits(dee)
