"""Journey 4: what will happen on Tuesday, in one minute; at 320 × 568 with scripts off."""

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator

from coprod.agreements import services as agreements
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import Session, SessionState
from coprod.library.rules.templates import MOST_IN_A_NOTE
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.payments.models import Payment
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.rsvp import queries, services
from coprod.rsvp.models import ComingAnswer
from coprod.workstreams.models import Seat
from tests.factories import a_membership, a_person, a_professional, a_programme, a_stream, keep
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.journeys.visitors import PHONE, Visitor, at_a_browser, prints_black_on_white

ABOVE_MORE = 150
SCREEN = 568
PROFESSIONALS = (Seat.MIDWIFE, Seat.MIDWIFE, Seat.MANAGER, Seat.MANAGER, Seat.MANAGER)
NOTE = "We will talk about the maternity ward. The Quiet Room is next door, with tea."


@dataclass
class Scene:
    """An evening with one hard item and one decision, and Robin, who comes by taxi."""

    session: UUID
    robin: UUID


@pytest.fixture
def scene(app, live: str, clock) -> Scene:
    """A group as large as one is, one week before it meets."""
    robin, sam = a_person("Robin"), a_professional("Sam")
    members = [robin, *(a_person(f"Parent {n}") for n in range(5))]
    group = a_stream(a_programme("Born into Care"), facilitator=sam, members=members, neutral_name="Tuesday group")
    for number, seat in enumerate(PROFESSIONALS):
        a_membership(group, a_professional(f"Worker {number}"), seat=seat)
    _agreed(group, sam)
    place = "Sea Room, Lighthouse Centre. Side door, by the bike rack."
    first = cycles.plan(group, date(2025, 12, 2), time(18), by=sam, place=place).sessions[0]
    _built(first, sam)
    needs.say(robin, Wanted((Help.TAXI,), places=1), by=robin)
    services.answer(first, robin, ComingAnswer.YES, by=robin)
    days = {"session": first, "task_on": first.on, "pay_on": date(2025, 12, 12)}
    keep(Payment(person=robin, workstream=group, what="Coming to the group", pence=3000, **days))
    for what, words in (("taxi", "Your taxi comes at 5.30pm"), ("creche", "Next building, from 5.45pm")):
        services.arrange(first, queries.one_task(first, robin.id, what), words, by=sam)
    keys = first.id, robin.id
    db.session.commit()
    return Scene(*keys)


def _agreed(group, sam: Person) -> None:
    paper = agreements.start(group, by=sam)
    agreements.talk_through(paper, by=sam)
    agreements.agree(paper, by=sam)


def _built(session: Session, sam: Person) -> None:
    """One item is hard, one decides; a number to ring; and out it goes."""
    hard, decide = session.items[3], session.items[5]
    cycles.change_item(hard, by=sam, title="Going home from the ward", is_hard=True, content_note=NOTE)
    cycles.change_item(decide, by=sam, title="Two ideas to write up", purpose="decide")
    session.dial_in = "01253 000000, then 42#"
    cycles.publish(session, by=sam)


def _sits_down(browser: Browser, live: str, key: UUID) -> Visitor:
    visitor = at_a_browser(browser, "Robin", live, Path("."), **PHONE)
    token = begin_session(db.session.get_one(Person, key))
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


@pytest.mark.browser
def test_what_will_happen(scene: Scene, live: str, browser: Browser) -> None:
    robin = _sits_down(browser, live, scene.robin)
    robin.go(f"/evenings/{scene.session}")
    _the_first_screenful_shows_when_where_and_who(robin)
    _the_card_says_the_rest(robin)
    _above_more_it_is_short_and_easy(robin)
    _more_holds_the_whole_evening(robin)
    _her_own_answer_is_one_tap_away(scene, robin)
    _on_a_new_day_it_stands_there_too(scene, robin)
    _a_professional_reads_no_name_on_it(scene, browser, live)
    robin.page.context.close()


def _the_first_screenful_shows_when_where_and_who(robin: Visitor) -> None:
    """By bounding boxes: nothing of the three lies below the fold, or behind the rail at the thumb."""
    page = robin.page
    assert page.viewport_size == {"width": 320, "height": SCREEN}
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    fold = page.locator(".rail").bounding_box()["y"]
    assert fold < SCREEN
    lowest = {words: _foot(page.get_by_text(words, exact=True).first) for words in SHOWN_AT_ONCE}
    assert {words: foot for words, foot in lowest.items() if foot > fold} == {}


SHOWN_AT_ONCE = (
    "Tuesday 2 December",
    "6pm to 7.55pm",
    "with a break at 6.55pm",
    "Sea Room, Lighthouse Centre",
    "Side door, by the bike rack.",
    "6 parents and carers, 2 midwives, 3 managers from social care",
)


def _foot(what: Locator) -> float:
    box = what.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def _the_card_says_the_rest(robin: Visitor) -> None:
    robin.sees("A hard topic, 6.35 to 6.55", "We will talk about the maternity ward.")
    robin.sees("You can sit that out. Nobody will ask why.")
    robin.sees("Two ideas to write up", "We decide this together.")
    robin.sees("We start with how we work together.")
    robin.sees(
        "£30.00, as we offered", "Your taxi comes at 5.30pm", "Next building, from 5.45pm", "01253 000000, then 42#"
    )
    assert robin.page.locator(".evening").first.locator("li").count() == 3
    assert robin.page.title() == "Your page"
    for way_on in robin.page.locator("main .button, summary, .rail__item").all():
        assert way_on.bounding_box()["height"] >= 44


def _words_above_more(robin: Visitor) -> list[str]:
    """Every word of the page's own part that is seen before "More", those of lists and of facts too."""
    above, more, _ = robin.page.locator("main").inner_text().partition("More: the whole evening")
    assert more
    return above.split()


def _above_more_it_is_short_and_easy(robin: Visitor) -> None:
    above, more, _ = robin.page.content().partition("<details")
    assert more
    told = sentences(Page(f"{above}</main></body></html>"))
    assert len(_words_above_more(robin)) <= ABOVE_MORE
    assert grade(told) <= 6
    assert max(len(words_of(sentence)) for sentence in told) <= 25


def _more_holds_the_whole_evening(robin: Visitor) -> None:
    whole = robin.page.locator("details .evening")
    assert not whole.is_visible()
    robin.open("More: the whole evening")
    assert whole.is_visible()
    assert whole.locator("li").count() == 6


def _her_own_answer_is_one_tap_away(scene: Scene, robin: Visitor) -> None:
    robin.follow("Change my answer: I’m coming")
    assert robin.heading == "Are you coming?"
    assert robin.page.get_by_role("radio", name="Yes", exact=True).is_checked()
    robin.page.get_by_role("radio", name="No", exact=True).check()
    robin.press("Send")
    robin.sees("No is fine.")
    robin.follow("See the plan for the evening")
    robin.does_not_see("Your taxi comes at 5.30pm", "Next building")
    robin.sees("Change my answer: I’m not coming")


def _on_a_new_day_it_stands_there_too(scene: Scene, robin: Visitor) -> None:
    """That it is a new day is one line more; the three still stand above the fold, and nobody has answered yet."""
    session = db.session.get_one(Session, scene.session)
    session.state, session.on = SessionState.MOVED, date(2025, 12, 3)
    db.session.commit()
    robin.go(f"/evenings/{scene.session}")
    robin.sees("This is a new day.", "Are you coming?")
    robin.does_not_see("Your taxi comes at 5.30pm")
    last = robin.page.get_by_text(SHOWN_AT_ONCE[-1], exact=True)
    assert _foot(last) <= robin.page.locator(".rail").bounding_box()["y"]


def _a_professional_reads_no_name_on_it(scene: Scene, browser: Browser, live: str) -> None:
    key = db.session.scalar(db.select(Person.id).where(Person.alias == "Worker 0"))
    worker = _sits_down(browser, live, key)
    worker.go(f"/evenings/{scene.session}")
    worker.does_not_see("Robin", "Parent 1", "taxi", "Next building")
    worker.go(f"/evenings/{scene.session}/coming")
    worker.sees("0 of 11 are coming so far.")
    worker.does_not_see("Robin", "Parent 1")
    worker.page.context.close()


@pytest.mark.browser
def test_card_with_the_longest_note_on_a_new_day_is_short_and_says_all_of_it(
    scene: Scene, live: str, browser: Browser, clock
) -> None:
    """All that makes a card long at once: nothing of the note goes, and what has no room waits under "More"."""
    session, note = db.session.get_one(Session, scene.session), " ".join(["quiet"] * MOST_IN_A_NOTE)
    for item in session.items[2:4]:
        item.is_hard, item.content_note = True, note
    session.state = SessionState.MOVED
    db.session.commit()
    clock(2025, 12, 1, 12, 0)
    robin = _sits_down(browser, live, scene.robin)
    robin.go(f"/evenings/{scene.session}")
    robin.sees("This is a new day.", "Say how you are", note, "Two ideas to write up", "We decide this together.")
    assert len(_words_above_more(robin)) <= ABOVE_MORE
    waits = robin.page.locator("details").get_by_text("£30.00, as we offered")
    assert not waits.is_visible()
    robin.open("More: the whole evening")
    assert waits.is_visible()
    assert robin.page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    _prints_on_one_side(robin)
    robin.page.emulate_media(media="print")
    assert robin.page.locator(".print-only").get_by_text("£30.00, as we offered").is_visible()
    robin.page.context.close()


def _prints_on_one_side(robin: Visitor) -> None:
    paper = robin.page.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1


@pytest.mark.browser
def test_printed_card_fits_one_side_and_needs_no_colour(scene: Scene, live: str, browser: Browser) -> None:
    robin = _sits_down(browser, live, scene.robin)
    robin.go(f"/evenings/{scene.session}")
    _prints_on_one_side(robin)
    prints_black_on_white(robin.page, "main")
    robin.page.context.close()
