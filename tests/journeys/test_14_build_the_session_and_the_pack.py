"""Journey 14: build the session and the pack; at 320 px, by keyboard alone, every broken rule named, paper on A4."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from coprod.agreements import services as agreements
from coprod.core.db import db
from coprod.cycles import services
from coprod.cycles.models import Purpose, Session, SessionState
from coprod.library.models import Template, TemplateKind
from coprod.library.rules import house
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from tests.factories import a_membership, a_person, a_professional, a_stream
from tests.journeys.visitors import PHONE, Visitor, at_a_browser, prints_black_on_white

FIRST = date(2025, 12, 2)
ONE_SIDE, PAPERS = ("card", "agenda", "register", "agreement"), {"slips": 2, "name-cards": 5}
NOTE = "We will talk about the maternity ward. The Quiet Room is next door, with tea."


@dataclass(frozen=True)
class Keys:
    """Who builds what."""

    sam: UUID
    session: UUID
    template: UUID


@pytest.fixture
def keys(app, live: str) -> Keys:
    """A group of seven whose ten weeks stand, and a template Sam keeps for its weeks."""
    sam = a_professional("Sam")
    stream = a_stream(facilitator=sam, members=[a_person(name) for name in ("Robin", "Kit", "Jo", "Ash")])
    stream.neutral_name = "Tuesday group"
    for name in ("Ada", "Max"):
        a_membership(stream, a_professional(name))
    cycle = services.plan(stream, FIRST, time(18), by=sam, place="Sea Room. Side door.")
    kept = Template(kind=TemplateKind.SESSION, name="Going home", owner=sam, changed_on=date(2025, 11, 1))
    kept.items = house.items(4)
    db.session.add(kept)
    db.session.commit()
    found = Keys(sam.id, cycle.sessions[0].id, kept.id)
    db.session.rollback()
    return found


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **(PHONE | kind))
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _session(keys: Keys) -> Session:
    db.session.rollback()
    return db.session.get_one(Session, keys.session)


def _read(keys: Keys, ask: Callable[[Session], Any]) -> Any:
    """Read something of the session, and let go of the database again."""
    told = ask(_session(keys))
    db.session.rollback()
    return told


def _minutes(keys: Keys) -> list[tuple[str, int]]:
    return _read(keys, lambda session: [(item.title, item.minutes) for item in session.items])


def _state(keys: Keys) -> SessionState:
    return _read(keys, lambda session: session.state)


# --- By keyboard alone.


def _tabs_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus bears this name."""
    for _ in range(150):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.name || document.activeElement.innerText || ''")
        if " ".join(said.split()).replace(" :", ":") == name:
            return
    raise AssertionError(f"The keyboard does not reach {name!r}.")


def _presses(visitor: Visitor, name: str) -> None:
    _tabs_to(visitor.page, name)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


@pytest.mark.browser
def test_build_the_session_and_the_pack(keys: Keys, live: str, browser: Browser, clock: Callable[..., None]) -> None:
    sam = _comes_in(browser, live, keys.sam)
    sam.go(f"/sessions/{keys.session}")
    _picks_the_template(sam, keys)
    _orders_and_times_it_by_keyboard(sam, keys)
    _writes_an_item_by_keyboard(sam, keys)
    _is_told_what_is_broken(sam, keys)
    _each_broken_rule_is_named_on_publishing(sam, keys)
    _agreement_and_notice_are_asked_for_too(sam, keys, clock)
    _says_how_to_dial_in_and_publishes(sam, keys)
    _prints_the_pack(sam, keys)
    sam.page.context.close()


def _picks_the_template(sam: Visitor, keys: Keys) -> None:
    assert "What works in other places" not in dict(_minutes(keys))
    _tabs_to(sam.page, "outline")
    sam.page.keyboard.type("Going")
    _presses(sam, "Use this template")
    sam.sees("The evening starts from “Going home” now.")
    assert "What works in other places" in dict(_minutes(keys))
    assert sam.page.evaluate("document.documentElement.scrollWidth") <= 320


def _orders_and_times_it_by_keyboard(sam: Visitor, keys: Keys) -> None:
    """A drag-free list: buttons for up, down, more and less, and a clock that sums."""
    sam.sees("115 of 115 minutes")
    before = [title for title, _ in _minutes(keys)]
    _presses(sam, "Down: What works in other places")
    moved = [title for title, _ in _minutes(keys)]
    assert moved == [*before[:3], before[4], before[3], *before[5:]]
    sam.sees("Break starts at minute 35")
    _presses(sam, "Up: What works in other places")
    assert [title for title, _ in _minutes(keys)] == before
    _presses(sam, "More: give 5 minutes to Check-in")
    sam.sees("120 of 115 minutes", "The items take 120 minutes, and the session has 115.")
    _presses(sam, "Less: take 5 minutes off Check-in")
    sam.sees("115 of 115 minutes")
    assert dict(_minutes(keys))["Check-in"] == 10
    for button in sam.page.locator(".agenda button").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 44


def _writes_an_item_by_keyboard(sam: Visitor, keys: Keys) -> None:
    """Purpose, outcome, method, lead, minutes, content note and papers."""
    _presses(sam, "What works in other places")
    typed = {
        "title": "Going home from the ward",
        "outcome_wanted": "We know how it is today",
        "method": "Small groups.",
        "lead": "Ada",
        "papers": "Cards",
        "content_note": NOTE,
    }
    for name, words in typed.items():
        _tabs_to(sam.page, name)
        sam.page.keyboard.press("Control+a")
        sam.page.keyboard.type(words)
        if name == "papers":
            _tabs_to(sam.page, "is_hard")
            sam.page.keyboard.press("Space")
    _presses(sam, "Keep the change")
    sam.sees("Going home from the ward", "hard topic", "may be skipped", "Lead: Ada.", "Papers: Cards.")
    kept = _read(keys, lambda session: {name: getattr(session.items[3], name) for name in (*typed, "is_hard")})
    assert kept == typed | {"is_hard": True}


def _is_told_what_is_broken(sam: Visitor, keys: Keys) -> None:
    """While building, a broken rule is a plain hint under what broke it."""
    _change(keys, 6, minutes=5)
    _change(keys, 5, purpose=Purpose.DECIDE)
    sam.go(f"/sessions/{keys.session}")
    sam.sees("Deciding ends 5 minutes before check-out. It needs 10.", "Take 5 minutes off this item")
    assert sam.page.get_by_role("button", name="Publish").count() == 0
    _change(keys, 6, minutes=10)


# --- Publishing.


def _change(keys: Keys, at: int, **words: Any) -> None:
    session = _session(keys)
    services.change_item(session.items[at], by=db.session.get_one(Person, keys.sam), **words)
    db.session.commit()


def _place(keys: Keys, at: int, position: int) -> None:
    session = _session(keys)
    services.place_item(session.items[at], position, by=db.session.get_one(Person, keys.sam))
    db.session.commit()


def _each_broken_rule_is_named_on_publishing(sam: Visitor, keys: Keys) -> None:
    """Domain rule 18: break one, press Publish all the same, read which; mend it."""
    minutes: list[tuple[str, int, dict[str, Any], dict[str, Any]]] = [
        ("The items take 135 minutes, and the session has 115. Take 20 off.", 5, {"minutes": 45}, {"minutes": 25}),
        ("Check-in has 5 minutes. It needs 10. Add 5.", 1, {"minutes": 5}, {"minutes": 10}),
        ("Check-out has 5 minutes. It needs 10. Add 5.", 7, {"minutes": 5}, {"minutes": 10}),
        ("Deciding ends 5 minutes before check-out. It needs 10.", 6, {"minutes": 5}, {"minutes": 10}),
        ("The hard item has no content note.", 3, {"content_note": ""}, {"content_note": NOTE}),
    ]
    for words, at, broken, mended in minutes:
        _change(keys, at, **broken)
        assert words in _refused(sam, keys)
        _change(keys, at, **mended)
    _place(keys, 4, 6)
    assert "No break of 10 minutes starts by minute 60." in _refused(sam, keys)
    _place(keys, 5, 5)
    _place(keys, 3, 7)
    assert "The hard item ends 10 minutes before the end. It needs 20." in _refused(sam, keys)
    _place(keys, 6, 4)


def _refused(sam: Visitor, keys: Keys) -> str:
    """Publish past the button that is not there, and read why not."""
    answer = sam.page.context.request.post(f"/sessions/{keys.session}/publish")
    assert answer.status == 403
    assert _state(keys) == SessionState.DRAFT
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text()))


def _agreement_and_notice_are_asked_for_too(sam: Visitor, keys: Keys, clock: Callable[..., None]) -> None:
    assert "No working-together agreement is agreed yet." in _refused(sam, keys)
    session = _session(keys)
    who = db.session.get_one(Person, keys.sam)
    agreement = agreements.start(session.cycle.workstream, by=who)
    agreements.talk_through(agreement, by=who)
    agreements.agree(agreement, by=who)
    db.session.commit()
    clock(2025, 11, 28, 9, 0)
    assert "It had to be out by Thursday 27 November, 5 days before." in _refused(sam, keys)
    clock(2025, 11, 27, 9, 0)


def _says_how_to_dial_in_and_publishes(sam: Visitor, keys: Keys) -> None:
    """A hybrid evening: the number stands on the card and on the agenda."""
    sam.go(f"/sessions/{keys.session}")
    _tabs_to(sam.page, "dial_in")
    sam.page.keyboard.type("01632 960 000, then 4455#")
    _presses(sam, "Keep this")
    _presses(sam, "Publish")
    sam.sees("Session 1 is published.")
    assert _state(keys) == SessionState.PUBLISHED


# --- The pack.


def _prints_the_pack(sam: Visitor, keys: Keys) -> None:
    """A4, black and white, no backgrounds: the card and the agenda of this evening take one side each."""
    _presses(sam, "Paper to print")
    assert sam.heading == "Paper for session 1"
    for paper, pages in {**dict.fromkeys(ONE_SIDE, 1), **PAPERS}.items():
        sam.go(f"/sessions/{keys.session}/pack/{paper}")
        assert sam.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert (paper, *_sheets(sam.page)) == (paper, pages, True)
        prints_black_on_white(sam.page, ".sheet")
    sam.go(f"/sessions/{keys.session}/pack/card")
    sam.sees("01632 960 000, then 4455#", "Tuesday group", NOTE)
    assert "Going home" not in sam.page.locator(".sheet").inner_text()
    sam.go(f"/sessions/{keys.session}/pack/agenda")
    sam.sees("01632 960 000, then 4455#", "Going home from the ward", "It may be skipped.")


def _sheets(page: Page) -> tuple[int, bool]:
    """Count the sides of the paper, and answer whether each is A4."""
    printed = page.pdf(prefer_css_page_size=True, print_background=False)
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    a4 = all(abs(float(width) - 595) < 2 and abs(float(height) - 842) < 2 for width, height in sizes)
    return len(re.findall(rb"/Type\s*/Page\b", printed)), bool(sizes) and a4


@pytest.mark.browser
def test_unfinished_work_is_asked_after_in_one_screen(
    keys: Keys, live: str, browser: Browser, clock: Callable[..., None]
) -> None:
    """Feature 20, by keyboard: what was not finished stands in the next session."""
    session = _session(keys)
    who = db.session.get_one(Person, keys.sam)
    agreement = agreements.start(session.cycle.workstream, by=who)
    agreements.talk_through(agreement, by=who)
    agreements.agree(agreement, by=who)
    services.publish(session, by=who)
    begins, coming = session.begins, session.cycle.sessions[1].id
    db.session.commit()
    clock(begins + timedelta(hours=2))
    sam = _comes_in(browser, live, keys.sam)
    sam.go(f"/sessions/{keys.session}")
    _presses(sam, "Mark as held")
    sam.choose("What happens here now", "We did it")
    sam.choose("What the numbers and stories say", "Carry it over")
    assert sam.page.evaluate("document.documentElement.scrollWidth") <= 320
    _presses(sam, "Mark as held")
    sam.sees("Session 1 was held.")
    sam.go(f"/sessions/{coming}")
    sam.sees("from last time", "The items take 140 minutes, and the session has 115.")
    sam.page.context.close()
