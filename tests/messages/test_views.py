"""The words an installation sends, and stopping texts from a link."""

from datetime import timedelta
from uuid import uuid4

import pytest

from coprod.core.db import db
from coprod.messages.models import Message, MessageState, Wording
from coprod.people import services as people
from coprod.people.sealing import real_now
from tests.factories import a_person, a_professional, an_admin
from tests.messages.conftest import HELLO, LINKED


def test_every_text_is_shown_as_robin_would_get_it(as_, right):
    page = as_(an_admin()).get("/wording").text
    assert "Hi Robin. It is tomorrow. To stop texts, tell us." in page
    assert "Hi Robin. One thing: http://localhost/stop/a-link-of-hers-alone-0 You can stop texts there." in page
    assert ("Your own words" in page, "could not be sent" in page) == (False, False)


def test_what_could_not_be_sent_is_counted_and_nobody_named_p1(as_, right):
    person = a_person("Quillon")
    for purpose in ("hello", "hello", "urgent"):
        lost = Message(purpose=purpose, person=person, thing_id=uuid4(), due=real_now(), state=MessageState.GIVEN_UP)
        db.session.add(lost)
    page = as_(an_admin()).get("/wording").text
    assert ("2 could not be sent" in page, "Quillon" in page) == (True, False)
    assert page.count("could not be sent") == 1  # P7: what was urgent is for nobody else to know


def test_own_words_are_kept_and_set_back(as_, right):
    visitor = as_(an_admin())
    assert HELLO.text in visitor.get("/wording/words?of=hello").text
    answer = visitor.post("/wording/words?of=hello", data={"words": "Dear {alias}, tomorrow."})
    assert (answer.status_code, answer.location) == (303, "/wording")
    page = visitor.get("/wording").text
    assert ("Dear Robin, tomorrow." in page, "Your own words" in page) == (True, True)
    page = visitor.get("/wording/words?of=hello").text
    assert ("Dear {alias}, tomorrow." in page, "Set back to the first words" in page) == (True, True)
    assert visitor.post("/wording/words/reset?of=hello").location == "/wording"
    assert "Dear Robin" not in visitor.get("/wording").text
    assert db.session.scalars(db.select(Wording)).all() == []


@pytest.mark.parametrize(
    ("of", "words", "told"),
    [
        ("hello", "", "Write the words, or set them back to ours."),
        ("hello", "About your babies", "Leave out the word babies"),
        ("hello", "It’s tomorrow", "A plain text cannot hold ’"),
        ("hello", "x" * 170, "10 signs too long"),
        ("linked", "Hi {alias}", "Keep {link} in it, once."),
        ("hello", "943 476 5919", "looks like an NHS number"),
    ],
)
def test_words_that_will_not_do_are_asked_again_and_kept_on_the_page(as_, right, of, words, told):
    answer = as_(an_admin()).post(f"/wording/words?of={of}", data={"words": words})
    assert (answer.status_code, told in answer.text, words in answer.text) == (422, True, True)
    assert db.session.scalars(db.select(Wording)).all() == []


def test_nobody_else_finds_the_wording(as_, right):
    for person in (a_person("Robin"), a_professional("Sam")):
        visitor = as_(person)
        for path in ("/wording", "/wording/words?of=hello"):
            assert visitor.get(path).status_code == 404
        for path in ("/wording/words?of=hello", "/wording/words/reset?of=hello"):
            assert visitor.post(path, data={"words": "Hi"}).status_code == 404
    assert as_(an_admin()).get("/wording/words?of=nothing").status_code == 404


def test_texts_are_stopped_from_any_link_by_its_button_alone(client, right):
    person = a_person("Robin")
    secret = people.draw_link(person, f"{LINKED.link} {uuid4()}", real_now() + timedelta(1))
    for _ in range(3):
        page = client.get(f"/stop/{secret}")
    assert ("Press the button" in page.text, "Robin" in page.text) == (True, False)
    db.session.refresh(person)
    assert person.no_text_links is False
    assert "We will not text you." in client.post(f"/stop/{secret}").text
    db.session.refresh(person)
    assert person.no_text_links is True


def test_a_link_that_is_none_stops_nothing(client, right):
    for method in ("GET", "POST"):
        assert client.open("/stop/never-was-a-link-at-all", method=method).status_code == 404
