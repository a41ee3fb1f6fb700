from collections.abc import Callable

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coprod.core.db import db
from coprod.interests import rules, services
from coprod.interests.models import Interest, Whose
from coprod.people.models import Person
from coprod.people.rules import Limit
from coprod.workstreams.models import Membership, Workstream
from tests import factories

As = Callable[..., FlaskClient]
WHOLE = {"name": "Bird", "contact": "07700 900123", "safe": "no", "whose": "a parent or carer"}


@pytest.fixture
def sam(database: None) -> Person:
    return factories.a_professional("Sam")


@pytest.fixture
def stream(sam: Person) -> Workstream:
    return factories.a_stream(facilitator=sam)


@pytest.fixture
def wish(database: None) -> Interest:
    return services.tell("Bird", "07700 900123", Whose.PARENT, is_safe=False)


def kept() -> int:
    return db.session.scalar(select(func.count()).select_from(Interest)) or 0


def test_stranger_answers_one_question_a_page_and_nothing_is_kept_before_the_end(client: FlaskClient) -> None:
    said, pages = {}, [client.get("/join-us/questions").text]
    for name in ("name", "contact", "safe"):
        said[name] = WHOLE[name]
        pages.append(client.post("/join-us/questions", data=said | {"at": name}).text)
    assert kept() == 0
    answer = client.post("/join-us/send", data=WHOLE)

    asked = ("What shall we call you?", "How can we reach you?", "Is it safe to leave", "Which is closest to you?")
    assert [[words for words in asked if f"<h1>{words}" in page] for page in pages] == [[words] for words in asked]
    assert 'name="contact" value="07700 900123"' in pages[-1]
    assert answer.location == "/join-us/done"
    found = db.session.scalars(select(Interest)).one()
    assert (found.name, found.contact, found.is_safe, found.whose) == ("Bird", "07700 900123", False, Whose.PARENT)
    assert "We have it." in client.get("/join-us/done").text


def test_known_and_unknown_get_the_same_answer_a5(client: FlaskClient) -> None:
    factories.a_person("Known", email="known@example.org", phone="+447700900123")
    answers = []
    for contact in ("known@example.org", "other@example.org", "07700 900123", "07700 900124"):
        answer = client.post("/join-us/send", data=WHOLE | {"contact": contact})
        answers.append((answer.status_code, answer.location, len(answer.data)))
    assert len(set(answers)) == 1


def test_question_is_asked_again_with_what_was_typed(client: FlaskClient) -> None:
    wrong = {
        "name": ("", "Type a name."),
        "contact": ("somewhere", "Write a phone number like"),
        "safe": ("", "Choose yes or no."),
    }
    for name, (typed, words) in wrong.items():
        answer = client.post("/join-us/questions", data=WHOLE | {name: typed, "at": name})
        assert (answer.status_code, words in answer.text) == (422, True)
    answer = client.post("/join-us/send", data=WHOLE | {"whose": "nobody"})
    assert (answer.status_code, "Choose one of these." in answer.text, kept()) == (422, True, 0)
    assert client.post("/join-us/questions", data={"at": "whose"}).location == "/join-us"


def test_number_of_a_family_is_refused_and_not_kept(client: FlaskClient) -> None:
    for name, typed in (("name", "943 476 5919"), ("contact", "9434765919"), ("name", "AB12C34567")):
        answer = client.post("/join-us/send", data=WHOLE | {name: typed})
        assert (answer.status_code, "We must not keep it here." in answer.text) == (422, True)
    assert kept() == 0


def test_flood_is_turned_away_with_a_reason(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FROM_HERE", Limit("join from here", 1, rules.FROM_HERE.within))
    first, second = (client.post("/join-us/send", data=WHOLE | {"name": name}) for name in ("Ash", "Bo"))
    assert (first.status_code, second.status_code, kept()) == (303, 403, 1)
    assert "try again in an hour" in second.text


def test_public_page_says_who_is_looked_for_and_names_no_group(
    client: FlaskClient, stream: Workstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "All seats are taken." in client.get("/join-us").text
    stream.open_seats = {"mother": 2, "specialist midwife": 1}
    monkeypatch.setitem(current_app.config, "SUPPORT_LINE", "01253 000000")
    page = client.get("/join-us").text
    assert "Parents and carers, people from health." in page
    assert ("Practice models" in page, "Born into Care" in page) == (False, False)
    assert "01253 000000" in client.get("/join-us/done").text


def test_list_is_not_there_but_for_who_rings_them(as_: As, sam: Person, stream: Workstream, wish: Interest) -> None:
    dana, robin = factories.a_professional("Dana"), factories.a_person()
    for person in (dana, robin):
        factories.a_membership(stream, person)
        for way in ("/interests/", f"/interests/{wish.id}"):
            assert as_(person).get(way).status_code == 404
        assert as_(person).post(f"/interests/{wish.id}/close").status_code == 404
    stream.open_seats = {"mother": 1}
    listed, shown = as_(sam).get("/interests/").text, as_(sam).get(f"/interests/{wish.id}").text
    assert ("Bird" in listed, "07700" in listed, "Looked for: Practice models" in listed) == (True, False, True)
    assert ("07700 900123" in shown, "Say nothing if somebody else answers." in shown) == (True, True)


def test_empty_list_says_so(as_: As, sam: Person, stream: Workstream) -> None:
    assert "Nobody waits" in as_(sam).get("/interests/").text


def test_facilitator_thinks_of_somebody_for_her_group(as_: As, sam: Person, stream: Workstream, wish: Interest) -> None:
    again = as_(sam).post(f"/interests/{wish.id}", data={"table": ""})
    answer = as_(sam).post(f"/interests/{wish.id}", data={"table": str(stream.id)})
    assert (again.status_code, "Choose a group." in again.text) == (422, True)
    assert (answer.location, wish.workstream, wish.state) == ("/interests/", stream, "waiting")
    assert "Thought of for" in as_(sam).get(f"/interests/{wish.id}").text


def test_admin_makes_the_account_and_the_place(as_: As, stream: Workstream, wish: Interest) -> None:
    visitor = as_(factories.an_admin())
    again = visitor.post(f"/interests/{wish.id}", data={"table": str(stream.id), "seat": "health"})
    answer = visitor.post(f"/interests/{wish.id}", data={"table": str(stream.id), "seat": "mother"})
    assert (again.status_code, "Choose a seat." in again.text) == (422, True)
    assert answer.location == f"/workstreams/{stream.id}"
    assert db.session.scalars(select(Membership.seat).where(Membership.state == "invited")).all() == ["mother"]
    assert "what they told us is gone" in visitor.get(f"/interests/{wish.id}").text


def test_somebody_is_taken_off_the_list(as_: As, sam: Person, stream: Workstream, wish: Interest) -> None:
    answer = as_(sam).post(f"/interests/{wish.id}/close")
    assert (answer.location, wish.state, wish.contact) == ("/interests/", "closed", "")


def test_open_seats_are_kept_by_who_keeps_the_table(as_: As, sam: Person, stream: Workstream) -> None:
    dana, visitor, address = factories.a_professional("Dana"), as_(sam), f"/workstreams/{stream.id}/open-seats"
    factories.a_membership(stream, dana)
    again = visitor.post(address, data={"mother": "50"})
    answer = visitor.post(address, data={"mother": "2", "father": ""})
    assert (again.status_code, answer.location, stream.open_seats) == (422, f"/workstreams/{stream.id}", {"mother": 2})
    assert 'value="2"' in visitor.get(address).text
    assert [as_(dana).get(address).status_code, as_(dana).post(address).status_code] == [403, 403]
    assert as_(factories.a_person()).get(address).status_code == 404
