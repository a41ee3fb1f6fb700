"""Journey 11: I'm not OK. One screen, one tap away from every page a member sees; at 320 px, with scripts off."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from urllib.parse import urljoin
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser

from coprod.core.clock import HERE
from coprod.core.db import db
from coprod.cycles.models import Cycle, CycleState, Session, SessionState
from coprod.people.models import Person, Side
from coprod.people.services import begin_session, cookie_for
from coprod.people.views import leaving
from coprod.supporters.models import Support
from coprod.wellbeing.models import CallBack
from coprod.workstreams.models import Role, Seat
from tests.factories import a_membership, a_person, a_professional, a_stream, an_admin, keep
from tests.house.crawl import visit
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.journeys.visitors import PHONE, Visitor, at_a_browser

TONIGHT = date(2025, 11, 17)
LATE = (2025, 11, 17, 20, 10)
PRIVATE = "no-store"


class Scene:
    """A hard evening of the Monday group is over; Robin is at home, at ten past eight."""

    def __init__(self, app: Flask, live: str, browser: Browser) -> None:
        self.app, self.live, self.browser = app, live, browser
        folk = {
            "sam": a_professional("Sam"),
            "max": a_professional("Max"),
            "robin": a_person("Robin"),
            "kit": a_person("Kit"),
            "jo": a_person("Jo", Side.SUPPORTER),
            "ada": an_admin(),
        }
        stream = a_stream(facilitator=folk["sam"], members=[folk["robin"], folk["kit"]], neutral_name="Monday group")
        a_membership(stream, folk["max"], Role.FACILITATOR, Seat.TEAM)
        keep(Support(member=folk["robin"], supporter=folk["jo"], called="Jo", since=TONIGHT, shares=[]))
        cycle = Cycle(workstream=stream, number=1, state=CycleState.RUNNING, starts_on=TONIGHT, starts_at=time(18))
        session = Session(
            cycle=cycle,
            number=1,
            state=SessionState.HELD,
            on=TONIGHT,
            starts_at=time(18),
            begins=datetime.combine(TONIGHT, time(18), HERE),
            minutes=115,
            phase_id=stream.programme.phases[0].id,
        )
        keep(cycle, session)
        self.keys: dict[str, UUID] = {who: person.id for who, person in folk.items()}
        self.session: UUID = session.id
        db.session.commit()
        self.visitors: dict[str, Visitor] = {}

    def person(self, who: str) -> Person:
        """Find somebody as they are kept now."""
        db.session.rollback()
        return db.session.get_one(Person, self.keys[who])

    def at_home(self, who: str) -> Visitor:
        """Somebody at a phone of their own, signed in already."""
        if who not in self.visitors:
            visitor = at_a_browser(self.browser, who.title(), self.live, self.app.config["DATA"], **PHONE)
            token = begin_session(self.person(who))
            db.session.commit()
            visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": self.live}])
            self.visitors[who] = visitor
        return self.visitors[who]


@pytest.fixture
def scene(app: Flask, live: str, browser: Browser, clock: Callable[..., None]) -> Iterator[Scene]:
    clock(*LATE)
    made = Scene(app, live, browser)
    yield made
    for visitor in made.visitors.values():
        visitor.page.context.close()


@pytest.mark.browser
def test_call_asked_for_at_ten_past_eight(scene: Scene, clock: Callable[..., None]) -> None:
    robin = scene.at_home("robin")
    robin.go("/")
    robin.follow("Get support")  # the one tap
    assert robin.heading == "Get support"
    _is_usable(robin)
    assert _numbers(robin) == ["tel:999", "tel:116123", "sms:85258", "tel:111"]
    robin.sees("The next five minutes", "Jo", "Max", "Sam")
    robin.does_not_see("Ring me today")
    robin.press("Ring me tomorrow: Sam")
    robin.sees("Sam rings you tomorrow")
    assert db.session.scalars(db.select(CallBack.due)).all() == [date(2025, 11, 18)]
    _only_sam_sees_it(scene)
    clock(2025, 11, 19, 9)
    sam = scene.at_home("sam")
    sam.go("/calls")
    sam.sees("Late", "Robin", "It was for Tuesday 18 November")
    sam.press("I rang: Robin")
    sam.does_not_see("Late")


def _numbers(visitor: Visitor) -> list[str]:
    found = visitor.page.locator("main a[href^='tel:'], main a[href^='sms:']")
    return [found.nth(n).get_attribute("href") or "" for n in range(found.count())]


def _only_sam_sees_it(scene: Scene) -> None:
    scene.at_home("sam").go("/calls")
    scene.at_home("sam").sees("Robin", "By the end of Tuesday 18 November")
    call = db.session.scalars(db.select(CallBack.id)).one()
    for who in ("max", "kit", "jo", "ada"):
        visitor = scene.at_home(who)
        visitor.go("/calls")
        visitor.does_not_see("Robin")
        answer = visitor.page.context.request.post(f"{scene.live}/calls/{call}/rung")
        assert answer.status == 404, who


@pytest.mark.browser
def test_call_of_the_next_day_is_ticked_by_a_person(scene: Scene, clock: Callable[..., None]) -> None:
    sam = scene.at_home("sam")
    sam.go(f"/sessions/{scene.session}/run-sheet?tab=people")
    sam.press("Offer a call tomorrow: Kit")
    sam.sees("A call tomorrow")
    clock(2025, 11, 18, 10)
    max_ = scene.at_home("max")
    max_.go("/calls")
    max_.sees("The day after a session", "Kit")
    max_.press("We rang: Kit")
    max_.does_not_see("The day after a session")


@pytest.mark.browser
def test_short_answer_goes_to_the_one_who_was_chosen(scene: Scene) -> None:
    robin = scene.at_home("robin")
    robin.go(f"/evenings/{scene.session}/how-are-you")
    _is_usable(robin)
    robin.choose("Right now", "I would like to talk")
    robin.choose("Who may read it?", "Jo")
    robin.press("Send")
    assert robin.heading == "Get support"
    for who, told in (("jo", True), ("sam", False), ("max", False), ("kit", False)):
        visitor = scene.at_home(who)
        visitor.go("/calls")
        assert ("I would like to talk" in visitor.page.locator("main").inner_text()) is told, who


@pytest.mark.browser
def test_leaving_ends_the_session_and_back_shows_the_sign_in_page(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A9; the weather is played by another site."""
    robin = scene.at_home("robin")
    robin.go("/support")
    robin.sees("Ask someone to ring you")
    weather = urljoin(robin.page.url.replace("localhost", "127.0.0.1"), "/accessibility")
    monkeypatch.setattr(leaving, "LEAVE_TO", weather)
    robin.page.locator(".rail button").click()
    robin.page.wait_for_url(weather)
    for address in ("/", "/groups/", "/calls"):
        robin.go(address)
        assert robin.page.url.endswith("/sign-in"), address
    robin.go("/support")
    robin.does_not_see("Ask someone to ring you", "Sam,")
    robin.page.go_back(wait_until="domcontentloaded")
    assert robin.page.url.endswith("/sign-in")


def _is_usable(visitor: Visitor) -> None:
    """The member floor."""
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator("main button, main .button, .rail__item").all():
        assert button.bounding_box()["height"] >= 44
    texts = sentences(Page(page.content()))
    assert grade(texts) <= 6
    assert [text for text in texts if len(words_of(text)) > 25] == []
    assert page.title().strip() == "Your page"


def test_support_and_leave_are_on_every_page_a_member_sees(app: Flask, as_, client, clock) -> None:
    """Domain rule 7, journey 11: one tap at most, signed in or out; and nothing of it is stored (A9)."""
    clock(*LATE)
    sam, robin = a_professional("Sam"), a_person("Robin")
    a_stream(facilitator=sam, members=[robin], neutral_name="Monday group")
    lacking = []
    for who, visitor in (("robin", as_(robin)), ("stranger", client)):
        pages = visit(visitor).pages
        assert len(pages) > 5
        for address, fetched in pages.items():
            text = fetched.body.decode()
            if not all(way in text for way in ('href="/support"', 'action="/leave"')):
                lacking.append((who, address))
            if visitor.get(address).headers["Cache-Control"] != PRIVATE:
                lacking.append((who, address, PRIVATE))
    assert lacking == []
