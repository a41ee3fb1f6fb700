"""The pages of who comes: by a link, signed in, and for those who run the group."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import Session
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people import services as people
from coprod.people.models import Hit, Person, Side, SignedIn
from coprod.people.sealing import real_now
from coprod.rsvp import queries, services, views
from coprod.rsvp.models import Coming, ComingAnswer
from tests.cycles.conftest import Table
from tests.factories import a_membership, a_person, a_professional
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of

YES, NO, NOT_SURE = ComingAnswer
As = Callable[..., FlaskClient]


def _text(answer: object) -> str:
    page = Page(answer.text)
    return " ".join("".join(page.all("main")[0].itertext()).split())


def _link(session: Session, person: Person, kind: str = "coming") -> str:
    secret = people.draw_link(person, f"{kind} {session.id}", real_now() + timedelta(1))
    db.session.commit()
    return f"/c/{secret}"


@pytest.fixture
def link(table: Table, eve: Session) -> str:
    return _link(eve, table.robin)


# --- By a link.


def test_opening_the_link_shows_the_question_names_nobody_and_writes_nothing_a2(
    client: FlaskClient, table: Table, eve: Session, link: str
) -> None:
    for _ in range(10):
        answer = client.get(link)
    page = Page(answer.text)
    assert (page.title, page.heading) == ("Your page", "Are you coming?")
    for word in ("Robin", "Sam", "Sea Room", "Tuesday group", "Practice models", "checked"):
        assert word not in answer.text
    assert "Tuesday 2 December, 6pm" in _text(answer)
    assert [db.session.scalar(db.select(db.func.count()).select_from(kind)) for kind in (Coming, SignedIn, Hit)] == [
        0,
        0,
        0,
    ]


def test_question_by_link_is_easy_and_never_asks_why(client: FlaskClient, link: str) -> None:
    page = Page(client.get(link).text)
    told = sentences(page)
    assert grade(told) <= 6
    assert not re.search(r"\b(why|reason|because)\b", client.get(link).text, re.IGNORECASE)
    assert page.all("textarea") == []
    assert [field.get("type") for field in page.all("input") if field.get("type") != "hidden"] == [
        "radio",
        "radio",
        "radio",
        "checkbox",
        "checkbox",
    ]


def test_answer_by_link_is_kept_and_opens_that_one_thing_a3(
    client: FlaskClient, table: Table, eve: Session, link: str
) -> None:
    answer = client.post(link, data={"answer": "yes", "needs_lift": "y", "ring_me": "y"}, follow_redirects=True)
    assert answer.request.path == f"/evenings/{eve.id}/coming/answered"
    text = _text(answer)
    for words in (
        "Thank you. See you there.",
        "Sea Room",
        "You asked for a lift",
        "Sam meets you at the door",
        "Sam will ring you",
        "No is fine. You can still vote and we’ll post the pack.",
    ):
        assert words in text
    said = queries.answer_of(eve, table.robin)
    assert (said.answer, said.needs_lift, said.ring_me) == (YES, True, True)
    for other in ("/", f"/evenings/{eve.id}", f"/sessions/{eve.id}", f"/evenings/{uuid4()}/coming"):
        assert client.get(other).status_code == 404
    assert client.get(f"/evenings/{eve.id}/coming").status_code == 200
    assert client.post(f"/evenings/{eve.id}/coming", data={"answer": "no"}).status_code == 303
    assert queries.answer_of(eve, table.robin).answer == NO


@pytest.mark.parametrize("typed", [{}, {"answer": "perhaps"}])
def test_question_without_an_answer_is_asked_again(client: FlaskClient, link: str, typed: dict[str, str]) -> None:
    answer = client.post(link, data=typed)
    assert answer.status_code == 422
    assert "Pick one. All three are fine." in _text(answer) or typed


def test_link_never_shows_what_was_said(client: FlaskClient, table: Table, eve: Session, link: str) -> None:
    services.answer(eve, table.robin, NO, by=table.robin, ring_me=True)
    assert "checked" not in client.get(link).text
    assert "not coming" not in client.get(link).text


@pytest.mark.parametrize("what", ["begun", "cancelled", "left", "never", "other kind"])
def test_dead_links_all_look_alike(
    client: FlaskClient, table: Table, eve: Session, clock: Callable[..., None], what: str
) -> None:
    link = _link(eve, table.robin, "vote" if what == "other kind" else "coming")
    never = client.get("/c/never-was-a-link-at-all")
    if what == "begun":
        clock(eve.begins)
    elif what == "cancelled":
        cycles.cancel(eve, by=table.sam)
    elif what == "left":
        link = _link(eve, table.stranger)
    elif what == "never":
        link = "/c/another-that-never-was"
    for answer in (client.get(link), client.post(link, data={"answer": "yes"})):
        assert (answer.status_code, answer.data) == (404, never.data)


def test_five_minutes_before_no_is_still_taken(
    client: FlaskClient, table: Table, eve: Session, link: str, clock: Callable[..., None]
) -> None:
    clock(2025, 12, 2, 17, 55)
    answer = client.post(link, data={"answer": "no"}, follow_redirects=True)
    assert "No is fine. You can still vote and we’ll post the pack." in _text(answer)
    assert queries.answer_of(eve, table.robin).answer == NO


def test_guessing_links_is_slowed_down(
    client: FlaskClient, table: Table, eve: Session, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views.people, "within_limits", lambda *_: False)
    assert client.post(link, data={"answer": "yes"}).status_code == 404
    assert queries.answer_of(eve, table.robin) is None


# --- Signed in.


def test_member_answers_from_her_card_and_finds_what_she_said(as_: As, table: Table, eve: Session) -> None:
    robin = as_(table.robin)
    assert "Are you coming?" in _text(robin.get(f"/evenings/{eve.id}"))
    answer = robin.post(f"/evenings/{eve.id}/coming", data={"answer": "not sure", "ring_me": "y"})
    assert answer.location == f"/evenings/{eve.id}/coming/answered"
    shown = robin.get(answer.location)
    assert "Not sure is fine." in _text(shown)
    assert "See the plan for the evening" in _text(shown)
    card = _text(robin.get(f"/evenings/{eve.id}"))
    assert "Change my answer: I’m not sure" in card
    assert "Sam will ring you" in card
    assert robin.get(f"/evenings/{eve.id}/coming").text.count("checked") == 2


def test_question_signed_in_says_when_it_is_over(
    as_: As, table: Table, eve: Session, clock: Callable[..., None]
) -> None:
    robin = as_(table.robin)
    assert robin.get(f"/evenings/{eve.id}/coming/answered").status_code == 404
    assert robin.post(f"/evenings/{eve.id}/coming", data={}).status_code == 422
    robin.post(f"/evenings/{eve.id}/coming", data={"answer": "yes"})
    clock(eve.begins)
    page = robin.get(f"/evenings/{eve.id}/coming")
    assert "It has begun. There is nothing to answer now." in _text(page)
    assert Page(page.text).all("form")[1:] == []
    assert robin.post(f"/evenings/{eve.id}/coming", data={"answer": "no"}).status_code == 403
    assert "Change my answer" not in _text(robin.get(f"/evenings/{eve.id}/coming/answered"))
    assert "Change my answer" not in _text(robin.get(f"/evenings/{eve.id}"))


def test_professional_answers_at_a_desk_and_reads_a_number_and_no_name(as_: As, table: Table, eve: Session) -> None:
    services.answer(eve, table.robin, YES, by=table.robin)
    ada = as_(table.ada)
    text = _text(ada.get(f"/evenings/{eve.id}/coming"))
    assert "1 of 3 is coming so far." in text
    assert "Robin" not in text
    answer = ada.post(f"/evenings/{eve.id}/coming", data={"answer": "yes"}, follow_redirects=True)
    assert Page(answer.text).title.startswith("Thank you. See you there.")
    assert "See the plan" not in _text(answer)
    assert "1 of 3" not in _text(as_(table.robin).get(f"/evenings/{eve.id}/coming"))


def test_only_who_sits_there_and_does_not_run_it_is_asked(as_: As, table: Table, eve: Session) -> None:
    jo = a_person("Jo", Side.SUPPORTER)
    for person in (table.sam, table.stranger, jo):
        assert as_(person).get(f"/evenings/{eve.id}/coming").status_code == 404
        assert as_(person).post(f"/evenings/{eve.id}/coming", data={"answer": "yes"}).status_code == 404
    assert "Are you coming?" not in _text(as_(table.sam).get(f"/evenings/{eve.id}"))


def test_card_says_what_is_arranged_for_its_reader_alone(as_: As, table: Table, kit: Person, eve: Session) -> None:
    needs.say(table.robin, Wanted((Help.TAXI,), places=2), by=table.robin)
    for what, words in (("taxi", "Your taxi comes at 5.30pm"), ("creche", "Next building, from 5.45pm")):
        services.arrange(eve, queries.one_task(eve, table.robin.id, what), words, by=table.sam)
    hers, other = (_text(as_(person).get(f"/evenings/{eve.id}")) for person in (table.robin, kit))
    for words in ("Your taxi comes at 5.30pm", "Next building, from 5.45pm"):
        assert words in hers
        assert words not in other


# --- Confirmed, in simple words.


@pytest.mark.parametrize("answer", list(ComingAnswer))
def test_confirmation_is_easy_to_read(as_: As, table: Table, eve: Session, answer: ComingAnswer) -> None:
    """Domain rule 14."""
    services.answer(eve, table.robin, answer, by=table.robin, needs_lift=True, ring_me=True)
    told = sentences(Page(as_(table.robin).get(f"/evenings/{eve.id}/coming/answered").text))
    assert grade(told) <= 6
    assert max(len(words_of(sentence)) for sentence in told) <= 25


# --- For those who run the group.


def test_arrangements_are_for_those_who_run_the_group_alone(as_: As, table: Table, eve: Session) -> None:
    needs.say(table.robin, Wanted((Help.TAXI,)), by=table.robin)
    paths = [f"/sessions/{eve.id}/arrangements{end}" for end in ("", f"/{table.robin.id}", f"/{table.robin.id}/undo")]
    for person in (table.robin, table.ada, table.stranger):
        found = [as_(person).get(paths[0]).status_code]
        found += [as_(person).post(path, data={"what": "taxi"}).status_code for path in paths[1:]]
        found.append(as_(person).post(f"{paths[1]}/rung").status_code)
        assert found == [404] * 4


def test_facilitator_ticks_what_is_arranged_and_who_was_rung(as_: As, table: Table, kit: Person, eve: Session) -> None:
    needs.say(table.robin, Wanted((Help.TAXI, Help.EVENING), places=1, food="halal"), by=table.robin)
    services.answer(eve, kit, NOT_SURE, by=kit, needs_lift=True, ring_me=True)
    sam, page = as_(table.sam), f"/sessions/{eve.id}/arrangements"
    text = _text(sam.get(page))
    for words in ("Who comes", "Ring them To ring Kit", "4 to do.", "Taxis", "Lifts", "Crèche 1 place", "halal"):
        assert words in text
    for words in ("Not sure: 1 Kit", "Not said yet: 2 AdaRobin", "2 parents expected."):
        assert words in text
    answer = sam.post(f"{page}/{table.robin.id}", data={"what": "taxi", "words": "Your taxi comes at 5.30pm"})
    assert answer.location.startswith(f"{page}#taxi-")
    assert "“Your taxi comes at 5.30pm”" in _text(sam.get(page))
    sam.post(f"{page}/{table.robin.id}/undo", data={"what": "taxi"})
    assert "4 to do." in _text(sam.get(page))
    sam.post(f"{page}/{table.robin.id}", data={"what": "taxi", "words": "At five"})
    services.answer(eve, table.robin, NO, by=table.robin)
    assert "2 to do." in _text(sam.get(page))
    assert "Robin To cancel “At five” Cancelled" in _text(sam.get(page))
    sam.post(f"{page}/{table.robin.id}/undo", data={"what": "taxi"})
    assert "Taxis" not in _text(sam.get(page))
    sam.post(f"{page}/{kit.id}/rung", data={"rung": "yes"})
    assert "Ring them Rung Kit" in _text(sam.get(page))
    sam.post(f"{page}/{kit.id}/rung", data={"rung": "no"})
    assert "To ring Kit" in _text(sam.get(page))


def test_what_nobody_needs_is_not_there_to_be_arranged(as_: As, table: Table, eve: Session) -> None:
    sam, page = as_(table.sam), f"/sessions/{eve.id}/arrangements"
    assert "Nothing to arrange" in _text(sam.get(page))
    assert sam.post(f"{page}/{table.robin.id}", data={"what": "taxi"}).status_code == 404
    assert sam.post(f"{page}/{table.robin.id}/rung", data={"rung": "yes"}).status_code == 404
    cycles.cancel(eve, by=table.sam)
    assert sam.post(f"{page}/{table.robin.id}", data={"what": "taxi"}).status_code == 403
    assert sam.get(page).status_code == 200


def test_words_that_may_not_be_kept_are_asked_for_again(as_: As, table: Table, eve: Session) -> None:
    """Domain rule 1."""
    needs.say(table.robin, Wanted((Help.TAXI,)), by=table.robin)
    sam, page = as_(table.sam), f"/sessions/{eve.id}/arrangements/{table.robin.id}"
    answer = sam.post(page, data={"what": "taxi", "words": "943 476 5919"})
    assert answer.status_code == 422
    assert 'value="943 476 5919"' in answer.text
    assert "NHS number" in _text(answer)
    assert sam.post(page, data={"what": "taxi", "words": "x" * 101}).status_code == 422
    assert queries.arranged_for(eve, table.robin) == {}


def test_pages_cost_the_same_for_one_and_for_three(as_: As, table: Table, eve: Session, query_count: list[str]) -> None:
    def cost(person: Person, path: str) -> int:
        visitor = as_(person)
        visitor.get(path)
        query_count.clear()
        assert visitor.get(path).status_code == 200
        return len(query_count)

    looks = [
        (table.sam, f"/sessions/{eve.id}/arrangements"),
        (table.robin, f"/evenings/{eve.id}"),
        (table.robin, f"/evenings/{eve.id}/coming"),
        (table.ada, f"/evenings/{eve.id}/coming"),
    ]
    needs.say(table.robin, Wanted((Help.TAXI,)), by=table.robin)
    services.answer(eve, table.robin, YES, by=table.robin, ring_me=True)
    before = [cost(*look) for look in looks]
    for name in ("Max", "Ola", "Uma"):
        person = a_person(name)
        a_membership(table.stream, person)
        a_membership(table.stream, a_professional(f"{name} at work"))
        needs.say(person, Wanted((Help.TAXI, Help.LARGE_PRINT), places=1), by=person)
        services.answer(eve, person, YES, by=person, needs_lift=True, ring_me=True)
    assert [cost(*look) for look in looks] == before
