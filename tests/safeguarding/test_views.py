"""The pages of concerns: each works for the leads, and is not there for anybody else (P7)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.agreements import services as agreements
from coprod.agreements.rules import mark_of
from coprod.core.db import db
from coprod.safeguarding import queries, services
from coprod.safeguarding.models import Concern, ConcernState
from tests.factories import a_person, a_programme, signed_off
from tests.safeguarding.conftest import CANARY, TYPED, Table

Visitor = Callable[..., FlaskClient]
Raised = Callable[..., Concern]


def test_new_says_whom_to_ring_first_and_what_the_group_agreed(
    as_: Visitor, table: Table, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SUPPORT_LINE", "Out of hours: 01632 960999")
    page = as_(table.sam).get("/concerns/new").text
    assert "Say that you are worried" in page
    table.lead.phone = "01632 960555"
    agreement = agreements.start(table.stream, by=table.sam)
    words = dict(agreement.words) | {"danger": "We ring Lena, and tell you."}
    agreements.write(agreement, words, "", read=mark_of(agreement), by=table.sam)
    agreements.talk_through(agreement, by=table.sam)
    agreements.agree(agreement, by=table.sam)

    page = as_(table.sam).get("/concerns/new").text

    for words in ("tel:999", "01632960555", "Lena is the person for this.", "Out of hours: 01632 960999"):
        assert page.index(words) < page.index("<form class=")
    assert "We ring Lena, and tell you." in page
    assert "Say that you are worried" not in page


def test_concern_is_raised_and_not_shown_to_its_sender_again(as_: Visitor, table: Table) -> None:
    for person in (table.sam, table.mia):
        visitor = as_(person)
        answer = visitor.post("/concerns/new", data=TYPED)
        assert (answer.status_code, answer.location) == (303, "/concerns/raised")
        page = visitor.get("/concerns/raised").text
        assert "It has gone to the lead" in page
        assert CANARY not in page + visitor.get("/concerns/new").text
    raised = db.session.scalars(select(Concern)).all()
    assert {concern.raised_by for concern in raised} == {table.sam, table.mia}


def test_new_asks_again_and_keeps_what_was_typed(as_: Visitor, table: Table) -> None:
    sam = as_(table.sam)
    for typed, said in (
        ({"about": " "}, "Say who you are worried about."),
        ({"about": "943 476 5919"}, "This looks like an NHS number."),
        ({"words": "LA25P50123"}, "This looks like a court number."),
        ({"words": "x" * 301}, "Use 300 letters at most."),
        ({"number": "Ring me, it is about the case"}, "Give a phone number"),
        ({"number": ""}, "Give a phone number"),
        ({"urgency": ""}, "Say how soon."),
        ({"urgency": "never"}, "Say how soon."),
        ({"told": ""}, "Say whether the person knows."),
    ):
        answer = sam.post("/concerns/new", data=TYPED | typed)
        kept = ("01632 960001" in answer.text) == ("number" not in typed)
        assert (answer.status_code, said in answer.text, kept) == (422, True, True)
    assert db.session.scalars(select(Concern)).all() == []


def test_where_nobody_receives_concerns_there_is_no_form(as_: Visitor, table: Table) -> None:
    table.programme.safeguarding_lead = table.programme.deputy_lead = None
    sam = as_(table.sam)
    page = sam.get("/concerns/new").text
    assert "Nobody is named to receive concerns here. Ring instead." in page
    assert "<textarea" not in page
    assert sam.post("/concerns/new", data=TYPED).status_code == 403


def test_members_have_get_support_instead(as_: Visitor, table: Table) -> None:
    robin = as_(table.robin)
    for address in ("/concerns/new", "/concerns/raised"):
        assert robin.get(address).location == "/support"
    assert robin.post("/concerns/new", data=TYPED).status_code == 403
    for person in (table.stranger, table.ada):
        assert as_(person).get("/concerns/new").status_code == 403


def test_lead_finds_it_waiting_and_passes_it_on(as_: Visitor, table: Table, raised: Raised) -> None:
    concern, lead = raised(), as_(table.lead)
    address = f"/concerns/{concern.id}"
    assert [one.id for one in queries.waiting_for(table.lead)] == [concern.id]
    assert all(words in lead.get("/concerns/").text for words in (CANARY, "From Sam", "Waiting"))
    page = lead.get(address).text
    assert all(words in page for words in ("Ring Sam", "tel:01632960001", "Not yet", f"{CANARY} said more"))
    assert f"{address}/pass-on" not in page

    assert lead.post(f"{address}/pass-on", data={"to": "X"}).status_code == 403
    assert lead.post(f"{address}/receive").location == address
    assert queries.waiting_for(table.lead) == []
    assert lead.post(f"{address}/pass-on", data={"to": ""}).status_code == 422
    assert lead.post(f"{address}/pass-on", data={"to": "The front door team"}).location == "/concerns/"
    assert "The front door team" in as_(table.deputy).get(address).text
    assert concern.state == ConcernState.PASSED_ON


def test_deputy_closes_one(as_: Visitor, table: Table, raised: Raised) -> None:
    concern, deputy = raised(), as_(table.deputy)
    deputy.post(f"/concerns/{concern.id}/receive")
    deputy.post(f"/concerns/{concern.id}/close")
    assert concern.state == ConcernState.CLOSED
    assert "Closed" in deputy.get("/concerns/").text


def test_pages_are_not_there_for_anybody_else(as_: Visitor, table: Table, raised: Raised) -> None:
    """P7: byte for byte what a page that does not exist answers; the raiser and admins too."""
    key = raised().id
    for person in table.others:
        visitor = as_(person)
        for address in ("/concerns/", f"/concerns/{key}"):
            assert visitor.get(address).status_code == 404
        assert visitor.get(f"/concerns/{key}").data == visitor.get(f"/concerns/{uuid4()}").data
        for step in ("receive", "pass-on", "close"):
            assert visitor.post(f"/concerns/{key}/{step}", data={"to": "X"}).status_code == 404
    assert as_(table.lead).get(f"/concerns/{uuid4()}").status_code == 404
    assert db.session.get_one(Concern, key).state == ConcernState.RAISED


def test_lead_of_another_programme_and_one_who_leads_no_more_find_nothing(
    as_: Visitor, table: Table, raised: Raised
) -> None:
    key = raised().id
    other = a_programme("Elsewhere", **signed_off())
    assert as_(other.safeguarding_lead).get(f"/concerns/{key}").status_code == 404
    assert CANARY not in as_(other.safeguarding_lead).get("/concerns/").text
    table.lead.is_admin = True
    assert as_(table.lead).get("/concerns/").status_code == 404
    assert queries.waiting_for(table.lead) == []
    assert queries.seen_by(table.deputy) != []
    assert queries.seen_by(a_person("Kit")) == []


def test_lists_cost_the_same_with_one_and_three(
    as_: Visitor, table: Table, raised: Raised, query_count: list[str]
) -> None:
    lead = as_(table.lead)

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert lead.get("/concerns/").status_code == 200
        return len(query_count)

    services.receive(raised(), by=table.lead)
    one = cost()
    raised(by=table.mia)
    services.receive(raised(by=table.mia), by=table.deputy)
    assert cost() == one
