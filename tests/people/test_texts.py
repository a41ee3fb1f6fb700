"""Codes by text: asked for with a phone number, and sent to who may be texted."""

from pathlib import Path

import pytest

from coprod.core import texts
from coprod.core.db import db
from coprod.people import rules, services
from coprod.people.models import Ticket
from tests.factories import a_person

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def phones(app, monkeypatch, tmp_path):
    """What was texted, to whom."""
    folder = Path(tmp_path / "texts")
    monkeypatch.setitem(app.config, "TEXT_FOLDER", str(folder))

    def look():
        return sorted(tuple(file.read_text().split("\n")) for file in folder.glob("*"))

    return look


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900-123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("01632 960001", "+441632960001"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("123", None),
        ("", None),
        ("ada", None),
        ("0" * 40, None),
    ],
)
def test_a_number_is_kept_with_its_country(typed, kept):
    assert rules.same_number(typed) == kept


def test_a_code_comes_by_text_however_the_number_is_typed(client, phones):
    a_person(phone="+447700900123")
    client.post("/sign-in", data={"contact": "07700 900 123"})
    services.send_codes()
    ((number, words),) = phones()
    assert number == "+447700900123"
    code = words.removeprefix("Your code is ").removesuffix(". It works for ten minutes.")
    assert client.post("/sign-in/code", data={"code": code}).location == "/"


def test_strangers_and_who_wants_no_texts_get_none_and_the_same_answer(app, phones):
    """A3, A5."""
    a_person(phone="+447700900123", no_text_links=True)
    answers = [app.test_client().post("/sign-in", data={"contact": n}) for n in ("07700900123", "07700900124")]
    services.send_codes()
    assert phones() == []
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/sign-in/code")}


@pytest.mark.parametrize(("again", "asked"), [(True, "+447700900123"), (False, None)])
def test_a_text_that_was_not_sent_is_tried_again_only_where_that_can_help(client, monkeypatch, again, asked):
    def fail(*_):
        raise texts.NotSent(again)

    a_person(phone="+447700900123")
    client.post("/sign-in", data={"contact": "07700900123"})
    monkeypatch.setattr(texts, "send", fail)
    assert services.send_codes() == 0
    assert db.session.scalars(db.select(Ticket.asked)).one() == asked


def test_where_no_text_can_be_sent_only_an_address_is_asked_for(app, client, monkeypatch):
    assert "Your e-mail or phone number" in client.get("/sign-in").text
    monkeypatch.setitem(app.config, "TEXT_BACKEND", "")
    page = client.get("/sign-in").text
    assert ("Your e-mail address" in page, "phone number" in page) == (True, False)
    answer = client.post("/sign-in", data={"contact": "07700900123"})
    assert (answer.status_code, "Write the e-mail address like this" in answer.text) == (422, True)


def test_a_number_that_passes_for_another_kind_is_taken_all_the_same(client):
    """Ten digits of a phone number can pass the NHS number's check."""
    assert client.post("/sign-in", data={"contact": "+44 7700900103"}).status_code == 303
    assert client.post("/sign-in", data={"contact": "+44 9434765919"}).status_code == 303
