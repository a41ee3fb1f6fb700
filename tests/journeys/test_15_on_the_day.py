"""Journey 15: on the day. One hand at 320 px; the signal goes, the browser is closed, and everything arrives once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from sqlalchemy import select

from coprod.actions.models import Action
from coprod.core.db import db
from coprod.cycles.models import Attendance, How, Session
from coprod.cycles.queries import register_of
from coprod.notes.models import ItemNote, Notes, NotesState, NoteVersion
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.recommendations.models import Recommendation, State
from coprod.room.models import Room
from tests.cycles.conftest import Table
from tests.cycles.conftest import agreed as agreed
from tests.cycles.conftest import cycle as cycle
from tests.cycles.conftest import published as published
from tests.cycles.conftest import table as table
from tests.room.conftest import later as later
from tests.room.conftest import tonight as tonight

PHONE = {"viewport": {"width": 320, "height": 568}, "has_touch": True}
PATIENCE = 20_000
THUMB = 44
LINES = [f"Line {number}: told too late." for number in range(1, 6)]
NUMBER = "She said 943 476 5919."

# Lets what stands on the shelf wait anew, since eight days.
OLDER = """() => Object.keys(localStorage).forEach((shelf) => {
  const older = ({ refused, ...entry }) => ({ ...entry, at: Date.now() - 8 * 24 * 60 * 60 * 1000 });
  localStorage.setItem(shelf, JSON.stringify(JSON.parse(localStorage.getItem(shelf)).map(older)));
})"""

Opens = Callable[..., BrowserContext]


@dataclass
class Evening:
    """The keys of a session and of its people; whoever looks at the database lets go of it again at once."""

    session: UUID
    people: dict[str, UUID]

    @property
    def sheet(self) -> str:
        return f"/sessions/{self.session}/run-sheet"


@pytest.fixture
def evening(table: Table, tonight: Session) -> Evening:
    found = Evening(tonight.id, {person.alias: person.id for person in (table.sam, table.robin, table.ada)})
    db.session.commit()
    return found


@pytest.fixture
def opens(
    app: Flask, live: str, browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Opens]:
    """Open the browser of one phone, which keeps on disk what it keeps, signed in or not."""
    opened: list[BrowserContext] = []

    def phone(person: UUID | None = None, name: str = "phone", **kind: Any) -> BrowserContext:
        context = browser_type.launch_persistent_context(
            tmp_path / name, base_url=live, **(PHONE | kind), **browser_type_launch_args
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        if person:
            _sign_in(context, person, live)
        return context

    yield phone
    for context in opened:
        context.close()


def _sign_in(context: BrowserContext, person: UUID, live: str) -> None:
    token = begin_session(db.session.get_one(Person, person))
    db.session.commit()
    context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])


def _turn_to(page: Page, tab: str) -> None:
    page.get_by_role("navigation", name="Run sheet").get_by_role("link", name=tab).click()


def _note(page: Page, words: str) -> None:
    page.get_by_label("Note", exact=True).fill(words)
    page.get_by_role("button", name="Keep note").click()


def _kept_lines() -> list[str]:
    db.session.rollback()
    parts = db.session.scalars(select(ItemNote).where(ItemNote.words != "")).all()
    lines = [line for part in parts for line in part.words.split("\n")]
    db.session.rollback()
    return lines


def _register(evening: Evening) -> dict[UUID, How]:
    found = register_of(db.session.get_one(Session, evening.session))
    db.session.rollback()
    return found


def _waits(page: Page) -> Any:
    return page.locator("[data-waiting-words]")


def _is_usable_with_one_hand(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.locator("main").evaluate(
        """(main, least) => [...main.querySelectorAll("a, button, select, summary, input:not([type=hidden]), textarea")]
            .filter((it) => it.checkVisibility())
            .map((it) => [it.textContent.trim() || it.name, it.getBoundingClientRect().height])
            .filter(([, height]) => height < least)""",
        THUMB,
    )
    assert small == []


@pytest.mark.browser
def test_evening_is_run_with_one_thumb(evening: Evening, later: Callable[[int], None], opens: Opens) -> None:
    page = opens(evening.people["Sam"]).new_page()
    page.goto(evening.sheet)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("main")).to_contain_text("Arrive and food")
    expect(page.locator("main")).to_contain_text("15 minutes left")
    # The buttons that move it on stand where the thumb is, in the first screenful.
    assert page.get_by_role("button", name="Next").bounding_box()["y"] + THUMB < 568
    for tab in ("People", "Notes", "Now"):
        _turn_to(page, tab)
        _is_usable_with_one_hand(page)
    later(14)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("main")).to_contain_text("Check-in")
    _turn_to(page, "People")
    page.get_by_role("group", name="Robin").get_by_role("button", name="With a supporter").click()
    expect(page.locator("[data-fresh=tally]")).to_have_text("1 here. 2 to tick.")
    _turn_to(page, "Now")
    page.locator("summary", has_text="We’re behind").click()
    page.get_by_role("button", name=re.compile(r"^Drop\s*: What came of what we said$")).click()
    expect(page.locator("main")).to_contain_text("Then: What happens here now")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("main")).to_contain_text("Arrive and food")
    assert _register(evening) == {evening.people["Robin"]: How.WITH_SUPPORTER}
    assert {column.name for column in Attendance.__table__.columns} == {"session_id", "person_id", "how"}
    expect(page.get_by_role("link", name="Raise a concern")).to_have_attribute("href", "/concerns/new")


@pytest.mark.browser
def test_signal_goes_for_ten_minutes_and_everything_typed_arrives_once(
    evening: Evening, later: Callable[[int], None], opens: Opens, live: str
) -> None:
    """A9: the browser keeps what was typed and nothing else, and only until it is sent."""
    phone = opens(evening.people["Sam"])
    page = phone.new_page()
    page.goto(evening.sheet)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("main")).to_contain_text("15 minutes left")

    phone.set_offline(True)
    _turn_to(page, "Notes")
    for words in LINES:
        _note(page, words)
    page.locator("summary", has_text="A quick action").click()
    page.get_by_label("What is to be done?").fill("Ask for the ward’s map")
    page.get_by_label("Who does it?").select_option(label="Ada")
    page.get_by_label("By when?").fill("9 December 2025")
    page.get_by_role("button", name="Put it in the log").click()
    page.locator("summary", has_text="A quick idea").click()
    page.get_by_label("The idea, in a few words").fill("One person to ring")
    page.get_by_role("button", name="Keep the idea").click()
    _turn_to(page, "People")
    robin = page.get_by_role("group", name="Robin")
    robin.get_by_role("button", name="Arrived").click()
    robin.get_by_role("button", name="Dialled in").click()
    expect(_waits(page)).to_contain_text("5 notes, 2 ticks, 1 action and 1 idea wait for the signal")
    expect(robin.get_by_role("button", name="Dialled in")).to_have_attribute("aria-pressed", "true")
    # What needs the signal says so, and the page stays.
    _turn_to(page, "Now")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-live-said]")).to_contain_text("No signal just now.")
    # Half a line is kept as well.
    _turn_to(page, "Notes")
    page.get_by_label("Note", exact=True).fill("Half a li")
    assert _kept_lines() == []
    phone.close()

    later(10)
    phone = opens()
    page = phone.new_page()
    # The browser's session has gone with it: whoever signs in again comes back to the sheet.
    page.goto(evening.sheet)
    assert page.url == f"{live}/sign-in"
    _sign_in(phone, evening.people["Sam"], live)
    page.goto(f"{evening.sheet}?tab=notes")
    expect(_waits(page)).to_have_text("")
    expect(page.locator("[data-fresh=noted]")).to_contain_text(LINES[-1])
    expect(page.get_by_label("Note", exact=True)).to_have_value("Half a li")
    _everything_arrived_once(evening)
    left = page.evaluate("Object.keys(localStorage)")
    assert left == [f"coprod-room:{evening.people['Sam']}:{evening.session}:half"]
    _note(page, "Half a line, and the rest.")
    expect(page.locator("[data-fresh=noted]")).to_contain_text("and the rest.")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    assert _kept_lines() == [*LINES, "Half a line, and the rest."]


def _everything_arrived_once(evening: Evening) -> None:
    assert _kept_lines() == LINES
    assert _register(evening) == {evening.people["Robin"]: How.DIALLED_IN}
    assert db.session.scalars(select(Action.what)).all() == ["Ask for the ward’s map"]
    ideas = [(one.title, one.state) for one in db.session.scalars(select(Recommendation))]
    assert ideas == [("One person to ring", State.IDEA)]
    assert len(db.session.scalars(select(NoteVersion)).all()) == len(LINES)
    # Notes are a draft until members have had their seven days.
    assert db.session.scalars(select(Notes.state)).all() == [NotesState.DRAFT]
    db.session.rollback()


@pytest.mark.browser
def test_answer_that_was_lost_on_its_way_doubles_nothing(evening: Evening, opens: Opens) -> None:
    """R3: stored, and never acknowledged; sent again with the same key, it counts once."""
    page = opens(evening.people["Sam"]).new_page()
    page.goto(f"{evening.sheet}?tab=notes")
    lost: list[str] = []

    def lose(route: Any) -> None:
        if not lost:
            lost.append(route.request.post_data)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/run-sheet/note", lose)
    _note(page, LINES[0])
    expect(_waits(page)).to_contain_text("1 note waits for the signal")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(_waits(page)).to_have_text("All is sent.", timeout=PATIENCE)
    assert len(lost) == 1
    assert _kept_lines() == [LINES[0]]


@pytest.mark.browser
def test_refused_line_can_be_mended_and_an_ended_session_keeps_what_waits(
    evening: Evening, opens: Opens, live: str
) -> None:
    phone = opens(evening.people["Sam"])
    page = phone.new_page()
    page.goto(f"{evening.sheet}?tab=notes")
    _note(page, NUMBER)
    refused = page.locator("[data-waiting-refused]")
    expect(refused).to_contain_text("This looks like an NHS number.")
    expect(refused).to_contain_text(NUMBER)
    # One that is refused holds none of the others back.
    _note(page, LINES[0])
    expect(page.locator("[data-fresh=noted]")).to_contain_text(LINES[0])
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("Note", exact=True)).to_have_value(NUMBER)
    _note(page, "She said a number.")
    expect(page.locator("[data-fresh=noted]")).to_contain_text("She said a number.")
    _note(page, NUMBER)
    page.get_by_role("button", name="Throw it away").click()
    expect(refused).to_be_empty()

    phone.clear_cookies()
    _note(page, LINES[1])
    expect(_waits(page)).to_contain_text("1 note waits, safe in this browser. Sign in again and they are sent.")
    expect(page.locator("[data-waiting-care]")).to_contain_text("Signing out, or Leave, wipes what waits.")
    # Somebody else who signs in here sends nothing in her own name, and does not see it.
    _sign_in(phone, evening.people["Ada"], live)
    page.goto("/now")
    _sign_in(phone, evening.people["Sam"], live)
    page.goto(f"{evening.sheet}?tab=notes")
    expect(page.locator("[data-fresh=noted]")).to_contain_text(LINES[1])
    assert page.evaluate("localStorage.length") == 0
    assert _kept_lines() == [LINES[0], "She said a number.", LINES[1]]


@pytest.mark.browser
def test_words_are_kept_whatever_is_pressed_until_they_are_sent(evening: Evening, opens: Opens) -> None:
    """What is refused stays on the shelf while it is mended, and comes over nothing that is being written."""
    page = opens(evening.people["Sam"]).new_page()
    page.goto(f"{evening.sheet}?tab=notes")
    box, idea = page.get_by_label("Note", exact=True), page.get_by_label("The idea, in a few words")
    refused, care = page.locator("[data-waiting-refused]"), page.locator("[data-waiting-care]")
    expect(care).to_be_hidden()
    _note(page, NUMBER)
    expect(refused).to_contain_text(NUMBER)
    expect(care).to_be_visible()
    expect(page.locator("[data-half-care]")).to_be_hidden()
    box.fill("Half a li")
    expect(page.locator("[data-half-care]")).to_contain_text("wipes the note you have begun")
    page.get_by_role("button", name="Change it").click()
    expect(box).to_have_value("Half a li")
    expect(refused).to_contain_text("Send what you are writing first.")
    _note(page, LINES[0])
    page.get_by_role("button", name="Change it").click()
    expect(box).to_have_value(NUMBER)
    page.reload()
    expect(refused).to_contain_text(NUMBER)
    page.get_by_role("button", name="Change it").click()
    _note(page, LINES[1])
    expect(refused).to_be_empty()
    # An idea is put back in the same way, and whoever empties the form writes a new one.
    page.locator("summary", has_text="A quick idea").click()
    idea.fill(NUMBER)
    page.get_by_role("button", name="Keep the idea").click()
    expect(refused).to_contain_text(NUMBER)
    page.get_by_role("button", name="Change it").click()
    expect(idea).to_have_value(NUMBER)
    idea.fill("")
    idea.fill("One person to ring")
    page.get_by_role("button", name="Keep the idea").click()
    expect(refused).to_contain_text(NUMBER)
    # What waited for longer than its key is kept is not sent by itself: it may have come in.
    page.evaluate(OLDER)
    page.reload()
    expect(refused).to_contain_text("This waited for more than a week.")
    assert _kept_lines() == LINES[:2]
    ideas = db.session.scalars(select(Recommendation.title)).all()
    db.session.rollback()
    assert ideas == ["One person to ring"]


@pytest.mark.browser
def test_wall_and_phones_follow_without_loading_again(evening: Evening, opens: Opens) -> None:
    sam, robin = opens(evening.people["Sam"], "sam"), opens(evening.people["Robin"], "robin")
    wall, phone, sheet = sam.new_page(), robin.new_page(), sam.new_page()
    wall.set_viewport_size({"width": 1280, "height": 720})
    wall.goto(f"/sessions/{evening.session}/wall")
    phone.goto("/now")
    for page in (wall, phone):
        expect(page.locator("main")).to_contain_text("We start at 6pm")
        page.evaluate("window.stays = true")
    sheet.goto(evening.sheet)
    sheet.get_by_role("button", name="Begin").click()
    for page in (wall, phone):
        expect(page.locator("main")).to_contain_text("Food and hello", timeout=PATIENCE)
        assert page.evaluate("window.stays")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert wall.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [1280, 720]


@pytest.mark.browser
def test_minutes_pass_in_the_servers_words(evening: Evening, later: Callable[[int], None], opens: Opens) -> None:
    """The script counts as the server does: in whole minutes, never in seconds."""
    phone = opens(evening.people["Sam"])
    counting, asking = phone.new_page(), phone.new_page()
    counting.clock.install()
    counting.route("**/run-sheet/now*", lambda route: route.fulfill(status=204))
    asking.goto(evening.sheet)
    asking.get_by_role("button", name="Begin").click()
    expect(asking.locator("main")).to_contain_text("15 minutes left")
    counting.goto(evening.sheet)
    told = []
    for passed, minute in ((5, 5), (9, 14), (1, 15), (1, 16), (9, 25)):
        counting.clock.fast_forward(passed * 60_000)
        later(minute)
        asking.goto(evening.sheet)
        told.append([_minutes(page) for page in (counting, asking)])
    assert [counted for counted, _ in told] == [asked for _, asked in told]
    assert told[-1][0] == ("10 minutes over", "Running 10 minutes late")


def _minutes(page: Page) -> tuple[str, str]:
    return page.locator("[data-left]").inner_text(), page.locator("[data-behind]").inner_text()


@pytest.mark.browser
def test_evening_is_run_without_a_script(evening: Evening, opens: Opens) -> None:
    page = opens(evening.people["Sam"], java_script_enabled=False).new_page()
    page.goto(evening.sheet)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("main")).to_contain_text("15 minutes left")
    _turn_to(page, "People")
    page.get_by_role("group", name="Ada").get_by_role("button", name="Arrived").click()
    expect(page.locator("main")).to_contain_text("1 here. 2 to tick.")
    _turn_to(page, "Notes")
    _note(page, LINES[0])
    expect(page.locator("main")).to_contain_text(LINES[0])
    _turn_to(page, "Now")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("main")).to_contain_text("Check-in")
    assert db.session.scalars(select(Room.turn)).all() == [2]
    assert _kept_lines() == [LINES[0]]
