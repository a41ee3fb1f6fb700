"""Journey 3: the day before, coming or not; at 320 px with scripts off, in two taps after the link."""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from coprod.agreements import services as agreements
from coprod.core.clock import HERE
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import Session
from coprod.messages import services as messages
from coprod.messages.models import Message
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person
from coprod.rsvp import queries, services
from coprod.rsvp.models import Coming, ComingAnswer
from tests.cycles.conftest import START
from tests.factories import a_person, a_professional, a_programme, a_stream
from tests.journeys.visitors import PHONE, Visitor, at_a_browser
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box

NUMBER = "+447700900142"
SIX = time(18)
WHY = re.compile(r"\b(why|reason|because|explain)\b", re.IGNORECASE)
UNSPOKEN = re.compile(r"\b(care|court|child(ren)?|bab(y|ies)|social|removed)s?\b", re.IGNORECASE)


@dataclass
class Scene:
    """A session tomorrow at six, and Robin, who wants to be texted."""

    session: UUID
    robin: UUID
    sam: UUID


@pytest.fixture
def scene(app, live: str, post_box: PostBox, clock) -> Scene:
    """A group of three whose first evening is sent out; it is noon on the day before."""
    robin, sam = a_person("Robin", phone=NUMBER), a_professional("Sam")
    group = a_stream(a_programme("Born into Care"), facilitator=sam, members=[robin, a_person("Kit")])
    paper = agreements.start(group, by=sam)
    agreements.talk_through(paper, by=sam)
    agreements.agree(paper, by=sam)
    place = "Sea Room, Lighthouse Centre. Side door, by the bike rack."
    first = cycles.plan(group, START, SIX, by=sam, place=place).sessions[0]
    cycles.publish(first, by=sam)
    needs.say(robin, Wanted((Help.TAXI,)), by=robin)
    clock(2025, 12, 1, 12, 0)
    keys = first.id, robin.id, sam.id
    db.session.commit()
    return Scene(*keys)


def _minutes(clock, post_box: PostBox, hour: int, *minutes: int) -> list[str]:
    """Let the chores run at each of these minutes; answer all the texts there are by then."""
    for minute in minutes:
        clock(2025, 12, 1, hour, minute)
        _run_the_chores()
    return [words for number, words in post_box.texts() if number == NUMBER]


def _run_the_chores() -> None:
    services.queue_reminders()
    db.session.commit()
    messages.withdraw_what_is_wrong()
    messages.send_due()


def _said(scene: Scene) -> tuple[ComingAnswer, bool, bool] | None:
    """What stands there of Robin: her answer, whether she needs a lift, whether she is to be rung."""
    columns = Coming.answer, Coming.needs_lift, Coming.ring_me
    found = db.session.execute(db.select(*columns).where(Coming.person_id == scene.robin)).one_or_none()
    db.session.rollback()
    return tuple(found) if found else None


def _is_usable(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator("main .button, main .choice__face, .rail__item").all():
        assert button.bounding_box()["height"] >= 44


@pytest.mark.browser
def test_coming_or_not(app, scene: Scene, live: str, browser: Browser, clock, post_box: PostBox) -> None:
    text = _exactly_one_text_comes_at_four(clock, post_box)
    path = re.search(r"https?://[^/\s]+(/c/\S+)", text)[1]
    _opening_it_ten_times_says_nothing_and_writes_nothing(app, scene, path)
    robin = at_a_browser(browser, "Robin", live, Path("."), **PHONE)
    robin.go(path)
    _the_question_names_nobody(robin)
    robin.choose("Your answer", "Yes")  # the first tap after the link
    robin.press("Send")  # and the second
    _the_confirmation_says_where_how_and_who(robin)
    assert _said(scene) == (ComingAnswer.YES, False, False)
    _she_asks_for_a_lift_and_a_call(scene, robin)
    _what_is_arranged_stands_there_when_she_looks_again(scene, robin)
    _five_minutes_before_she_says_no(scene, robin, path, clock)
    _once_it_has_begun_nothing_can_be_said(app, scene, path, clock)
    _nothing_asked_why(robin)
    assert len([words for _, words in post_box.texts()]) == 1
    robin.page.context.close()


def _exactly_one_text_comes_at_four(clock, post_box: PostBox) -> str:
    assert _minutes(clock, post_box, 15, 59) == []
    (text,) = _minutes(clock, post_box, 16, 0, 1, 2, 30)
    assert text.startswith("Hi Robin. Group is tomorrow, Tue 6pm. Coming? http")
    assert len(text) <= 160
    assert text.isascii()
    assert not UNSPOKEN.search(text)
    return text


def _opening_it_ten_times_says_nothing_and_writes_nothing(app, scene: Scene, path: str) -> None:
    before = _all_rows()
    answers = [app.test_client().get(path) for _ in range(10)]
    assert {(answer.status_code, answer.headers["Referrer-Policy"]) for answer in answers} == {(200, "no-referrer")}
    assert _said(scene) is None
    assert _all_rows() == before


def _all_rows() -> dict[str, int]:
    tables = db.metadata.tables.values()
    counted = {table.name: db.session.scalar(db.select(db.func.count()).select_from(table)) for table in tables}
    db.session.rollback()
    return counted


def _the_question_names_nobody(robin: Visitor) -> None:
    assert robin.page.title() == "Your page"
    assert robin.heading == "Are you coming?"
    robin.sees("Tuesday 2 December, 6pm")
    robin.does_not_see("Robin", "Sam", "Sea Room", "Practice models")
    assert robin.page.locator("input:checked").count() == 0
    assert robin.page.locator("input[type=password], textarea, main input[type=text]").count() == 0
    assert not UNSPOKEN.search(robin.page.locator("body").inner_text())
    _is_usable(robin.page)


def _the_confirmation_says_where_how_and_who(robin: Visitor) -> None:
    robin.sees("Thank you. See you there.", "Sea Room, Lighthouse Centre", "Side door, by the bike rack.")
    robin.sees("You asked for a taxi", "Sam meets you at the door")
    robin.sees("No is fine. You can still vote and we’ll post the pack.")
    assert robin.page.title() == "Your page"
    _is_usable(robin.page)


def _she_asks_for_a_lift_and_a_call(scene: Scene, robin: Visitor) -> None:
    robin.follow("Change my answer")
    robin.choose("Your answer", "Not sure")
    robin.tick("I need a lift")
    robin.tick("Ring me")
    robin.press("Send")
    robin.sees("Not sure is fine.", "Sam will ring you")
    assert _said(scene) == (ComingAnswer.NOT_SURE, True, True)


def _what_is_arranged_stands_there_when_she_looks_again(scene: Scene, robin: Visitor) -> None:
    session, sam = db.session.get_one(Session, scene.session), db.session.get_one(Person, scene.sam)
    services.arrange(session, queries.one_task(session, scene.robin, "taxi"), "Your taxi comes at 5.30pm", by=sam)
    db.session.commit()
    robin.go(f"/evenings/{scene.session}/coming/answered")
    robin.sees("Your taxi comes at 5.30pm")


def _five_minutes_before_she_says_no(scene: Scene, robin: Visitor, path: str, clock) -> None:
    """The moment of truth: No at 17:55 for 18:00."""
    clock(2025, 12, 2, 17, 55)
    robin.go(path)
    robin.page.get_by_role("radio", name="No", exact=True).check()
    robin.press("Send")
    robin.sees("No is fine. You can still vote and we’ll post the pack.")
    assert _said(scene) == (ComingAnswer.NO, False, False)


def _once_it_has_begun_nothing_can_be_said(app, scene: Scene, path: str, clock) -> None:
    clock(2025, 12, 2, 18, 0)
    client = app.test_client()
    never = client.get("/c/never-was-a-link-at-all")
    for answer in (client.get(path), client.post(path, data={"answer": "yes"})):
        assert (answer.status_code, answer.data) == (404, never.data)
    assert _said(scene) == (ComingAnswer.NO, False, False)


def _nothing_asked_why(robin: Visitor) -> None:
    assert [page for page in robin.read if WHY.search(re.sub(r"<[^>]*>", " ", page))] == []


def test_ten_weeks_bring_one_text_a_session_at_four_the_day_before(scene: Scene, clock, post_box: PostBox) -> None:
    """Exactly 1 reminder a session, with the chores run each hour from 30 hours before it until 2 after it began."""
    weeks = db.session.get_one(Session, scene.session).cycle.sessions
    for later in weeks[1:]:
        cycles.publish(later, by=db.session.get_one(Person, scene.sam))
    begins, came = [session.begins for session in weeks], []
    due = [(session.on - timedelta(days=1), 16) for session in weeks]
    db.session.commit()
    for moment in [start + timedelta(hours=n) for start in begins for n in range(-30, 3)]:
        before = len(post_box.texts())
        clock(moment)
        _run_the_chores()
        wall = moment.astimezone(HERE)
        came += [(wall.date(), wall.hour)] * (len(post_box.texts()) - before)
    assert (len(due), came) == (10, due)
    about = db.select(db.func.count(Message.id)).where(Message.purpose == "coming", Message.person_id == scene.robin)
    assert db.session.scalar(about) == 10
    db.session.rollback()
