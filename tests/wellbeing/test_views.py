"""The pages of wellbeing: each works, each refuses, each asks again; and support is there for everybody."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coprod.core.db import db
from coprod.wellbeing import queries, services
from coprod.wellbeing.models import CallBack, CallState, CheckIn, Feeling
from coprod.wellbeing.rules import Wish
from coprod.workstreams.models import Role
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.wellbeing.conftest import Circle

Visitor = Callable[..., FlaskClient]


def _easy(client: FlaskClient, address: str) -> str:
    page = Page(client.get(address).text)
    told = sentences(page)
    assert grade(told) <= 6, round(grade(told), 1)
    assert max(len(words_of(sentence)) for sentence in told) <= 25
    assert [fault for fault in page.faults() if "token" not in fault] == []
    return client.get(address).text


# --- Get support.


def test_support_gives_numbers_to_ring_and_to_text_signed_out(client: FlaskClient) -> None:
    page = _easy(client, "/support")
    assert re.findall(r'href="(?:tel|sms):(\d+)"', page) == ["999", "116123", "85258", "111"]
    assert "The next five minutes" in page
    assert "Ask someone to ring you" not in page


def test_support_gives_a_number_near_by_where_one_is_set(client: FlaskClient, app: Flask) -> None:
    app.config["SUPPORT_LINE"] = "Lighthouse Centre: 01632 960 000"
    page = client.get("/support").text
    app.config["SUPPORT_LINE"] = ""
    assert "Lighthouse Centre" in page
    assert 'href="tel:01632960000"' in page


def test_support_names_nobody_to_who_came_by_a_link(as_: Visitor, circle: Circle) -> None:
    """A3."""
    page = as_(circle.robin, task="vote").get("/support").text
    assert "Max" not in page
    assert "Ask someone to ring you" not in page


def test_member_asks_for_a_call_sees_it_coming_and_takes_it_back(
    as_: Visitor, circle: Circle, clock: Callable[..., None]
) -> None:
    """Journey 11: at ten past eight, one screen."""
    clock(2025, 11, 17, 20, 10)
    robin = as_(circle.robin)
    page = _easy(robin, "/support")
    assert ("Ring me tomorrow" in page, "Ring me today" in page) == (True, False)
    answer = robin.post("/calls", data={"who": circle.sam.id, "when": "today"})
    assert answer.location == "/support"
    page = _easy(robin, "/support")
    assert "Sam rings you tomorrow" in page
    (call,) = queries.own_calls(circle.robin)
    assert robin.post(f"/calls/{call.id}/take-back").location == "/support"
    assert "Sam rings you" not in robin.get("/support").text


def test_call_can_be_asked_for_today_while_there_is_time(as_: Visitor, circle: Circle) -> None:
    robin = as_(circle.robin)
    assert "Ring me today" in robin.get("/support").text
    robin.post("/calls", data={"who": circle.jo.id, "when": "today"})
    assert "Jo rings you today" in robin.get("/support").text
    assert "Joanna" not in robin.get("/support").text


def test_nobody_else_can_be_asked(as_: Visitor, circle: Circle) -> None:
    robin = as_(circle.robin)
    for who in (circle.kit.id, "", "x"):
        assert robin.post("/calls", data={"who": who, "when": "next"}).status_code == 404


def test_call_that_did_not_come_says_sorry(as_: Visitor, circle: Circle, clock: Callable[..., None]) -> None:
    services.ask_to_ring(circle.robin, circle.sam, Wish.TODAY, by=circle.robin)
    services.ask_to_ring(circle.robin, circle.max, Wish.TODAY, by=circle.robin)
    next(place for place in circle.stream.memberships if place.person is circle.max).role = Role.MEMBER
    clock(2025, 11, 18, 9)
    page = _easy(as_(circle.robin), "/support")
    assert "Sam did not ring you in time" in page
    assert "Somebody did not ring you in time" in page
    assert "We are sorry." in page


def test_member_sees_that_the_call_of_the_next_day_comes_or_did_not(
    as_: Visitor, circle: Circle, clock: Callable[..., None]
) -> None:
    services.offer_call(circle.session, circle.robin, by=circle.sam)
    assert "Monday group rings you tomorrow" in _easy(as_(circle.robin), "/support")
    clock(2025, 11, 20, 9)
    assert "Monday group did not ring you in time" in as_(circle.robin).get("/support").text


def test_first_page_says_of_calls_what_support_says(as_: Visitor, circle: Circle, clock: Callable[..., None]) -> None:
    """Journey 11: the name she knows, the call after the session too, and sorry for what did not come."""
    services.ask_to_ring(circle.robin, circle.jo, Wish.TODAY, by=circle.robin)
    services.offer_call(circle.session, circle.robin, by=circle.sam)
    robin = as_(circle.robin)
    for day, told in (
        (17, ("Jo rings you today", "Monday group rings you tomorrow")),
        (18, ("Jo did not ring you in time", "Monday group rings you today")),
        (19, ("Jo did not ring you in time", "Monday group did not ring you in time")),
    ):
        clock(2025, 11, day, 9)
        for page in (_easy(robin, "/"), _easy(robin, "/support")):
            assert [words for words in told if words not in page] == []
            assert "Joanna" not in page


# --- Calls.


def test_whoever_is_asked_sees_it_late_and_ticks_it(as_: Visitor, circle: Circle, clock: Callable[..., None]) -> None:
    call = services.ask_to_ring(circle.robin, circle.sam, Wish.TODAY, by=circle.robin)
    sam, max_ = as_(circle.sam), as_(circle.max)
    assert "By the end of Monday 17 November" in sam.get("/calls").text
    assert "Robin" not in max_.get("/calls").text
    clock(2025, 11, 18, 9)
    page = sam.get("/calls").text
    assert "Late" in page
    assert "It was for Monday 17 November" in page
    assert max_.post(f"/calls/{call.id}/rung").status_code == 404
    assert sam.post(f"/calls/{call.id}/rung").location == "/calls"
    assert call.state == CallState.RUNG
    assert "Nothing now" in sam.get("/calls").text


def test_supporter_has_her_calls_on_a_page_of_her_own(as_: Visitor, circle: Circle) -> None:
    call = services.ask_to_ring(circle.robin, circle.jo, Wish.NEXT, by=circle.robin)
    jo = as_(circle.jo)
    assert "/calls" in jo.get("/who-i-help").text
    page = _easy(jo, "/calls")
    assert "Robin" in page
    assert jo.get(f"/evenings/{circle.session.id}/how-are-you").status_code == 404
    jo.post(f"/calls/{call.id}/rung")
    assert call.state == CallState.RUNG


def test_facilitators_tick_the_calls_of_the_next_day(as_: Visitor, circle: Circle, clock: Callable[..., None]) -> None:
    call = services.offer_call(circle.session, circle.kit, by=circle.sam)
    max_ = as_(circle.max)
    assert "On Tuesday 18 November" in max_.get("/calls").text
    clock(2025, 11, 19, 9)
    assert "It was for Tuesday 18 November" in max_.get("/calls").text
    assert max_.post(f"/check-in-calls/{call.id}", data={"name": "shouted"}).status_code == 403
    assert as_(circle.kit).post(f"/check-in-calls/{call.id}", data={"name": "rung"}).status_code == 404
    max_.post(f"/check-in-calls/{call.id}", data={"name": "rung"})
    assert call.state == CallState.RUNG


# --- How somebody is.


def test_member_says_how_she_is_to_one_person(as_: Visitor, circle: Circle, clock: Callable[..., None]) -> None:
    robin, address = as_(circle.robin), f"/evenings/{circle.session.id}/how-are-you"
    assert address in robin.get(f"/evenings/{circle.session.id}").text
    assert "before we meet" in _easy(robin, address)
    sent = {"feeling": "not great", "words": "A bad night", "to": circle.sam.id}
    assert robin.post(address, data=sent).location == f"/evenings/{circle.session.id}"
    page = _easy(robin, address)
    assert "A bad night" in page
    assert "A bad night" in as_(circle.sam).get("/calls").text
    for other in (circle.max, circle.kit, circle.jo):
        assert "A bad night" not in as_(other).get("/calls").text
    assert "Take back what I said" in page
    assert "You can change it until we meet." in page
    clock(2025, 11, 20, 9)
    page = _easy(robin, address)
    assert all(words in page for words in ("This is over.", "What you said", "A bad night", "Take back what I said"))
    assert "Send" not in page
    assert robin.post(f"{address}/take-back").location == f"/evenings/{circle.session.id}"
    assert db.session.scalars(db.select(CheckIn)).all() == []


def test_who_would_like_to_talk_is_led_to_support(as_: Visitor, circle: Circle, clock: Callable[..., None]) -> None:
    clock(2025, 11, 17, 21)
    robin, address = as_(circle.robin), f"/evenings/{circle.session.id}/how-are-you"
    assert "now that we met" in robin.get(address).text
    sent = {"feeling": Feeling.NEED_TO_TALK.value, "to": circle.jo.id}
    assert robin.post(address, data=sent).location == "/support"
    assert db.session.scalars(db.select(CallBack)).all() == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"feeling": ""}, "Pick one."),
        ({"feeling": "furious"}, "Pick one."),
        ({"to": ""}, "Say who may read it."),
        ({"words": "x" * 301}, "Use 300 letters at most."),
        ({"words": "943 476 5919"}, "This looks like an NHS number."),
    ],
)
def test_how_somebody_is_is_asked_again(as_: Visitor, circle: Circle, changed: dict[str, str], told: str) -> None:
    address = f"/evenings/{circle.session.id}/how-are-you"
    sent = {"feeling": "good", "words": "", "to": str(circle.sam.id)} | changed
    answer = as_(circle.robin).post(address, data=sent)
    assert answer.status_code == 422
    assert told in answer.text


def test_it_is_over_after_the_next_day(as_: Visitor, circle: Circle, clock: Callable[..., None]) -> None:
    clock(2025, 11, 19, 9)
    answer = as_(circle.robin).get(f"/evenings/{circle.session.id}/how-are-you")
    assert answer.status_code == 403
    assert "You can still get support." in answer.text
