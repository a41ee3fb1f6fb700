"""The one page both read, and that nobody else finds it."""

from collections.abc import Callable
from datetime import date, time

import pytest
from flask.testing import FlaskClient

from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.handovers import services
from coprod.recommendations.models import Recommendation, State
from coprod.workstreams.models import MembershipState, Role, Seat
from coprod.workstreams.queries import steering_group_of
from tests.factories import a_membership, a_person, a_professional, a_steering_group, an_action, keep
from tests.handovers.conftest import Table

Visitor = Callable[..., FlaskClient]


@pytest.fixture
def busy(table: Table) -> Table:
    a_steering_group(table.stream.programme)
    cycles.plan(table.stream, date(2025, 12, 2), time(18), by=table.sam)
    an_action(table.stream, table.mia, "Find a room", due=date(2025, 11, 1), opened_on=date.min)
    keep(_asked(table, 1, "One midwife"))
    a_membership(table.stream, a_person("Fran"), state=MembershipState.INVITED)
    return table


def _asked(table: Table, number: int, title: str) -> Recommendation:
    steering = steering_group_of(table.stream.programme)
    return Recommendation(workstream=table.stream, steering=steering, number=number, title=title, state=State.DRAFTED)


def _new(busy: Table) -> str:
    return f"/workstreams/{busy.stream.id}/handover/new"


OPEN = ("Session 1, 2 December 2025", "Find a room", "Fran", "One midwife", "No version is agreed yet")


def test_new_shows_what_the_next_one_will_read(as_: Visitor, busy: Table) -> None:
    """P1: an admin who offers it for somebody else reads nothing of what the group works on."""
    page = as_(busy.sam).get(_new(busy)).text
    assert all(words in page for words in OPEN)
    page = as_(busy.ada).get(_new(busy)).text
    assert not any(words in page for words in OPEN if words != "Fran")
    assert "I leave the group" in as_(busy.sam).get(_new(busy)).text
    assert "I leave the group" not in as_(busy.ada).get(_new(busy)).text
    assert "/needs" in as_(busy.sam).get(_new(busy)).text


def test_both_read_the_page_and_the_next_one_takes_it(as_: Visitor, busy: Table) -> None:
    sam = as_(busy.sam)
    typed = {"giver": busy.sam.id, "taker": busy.mia.id, "then": "stays", "words": "Bring biscuits."}
    address = sam.post(_new(busy), data=typed).location
    assert sam.get(_new(busy)).location == address
    mia = as_(busy.mia)
    for visitor in (sam, mia):
        page = visitor.get(address).text
        assert all(words in page for words in (*OPEN, "Bring biscuits.", "Mia runs the group"))
    assert not any(words in as_(busy.ada).get(address).text for words in OPEN)
    assert "I take it" not in sam.get(address).text

    assert mia.post(f"{address}/take").location == address
    # Both sign in again; the giver reads the words still, and no more what is open.
    assert mia.get(address).status_code == 303
    assert all(words in as_(busy.mia).get(address).text for words in OPEN)
    given = as_(busy.sam).get(address).text
    assert "Bring biscuits." in given
    assert not any(words in given for words in OPEN)


def test_offer_is_taken_back_by_its_button(as_: Visitor, busy: Table) -> None:
    handover = services.offer(busy.stream, busy.sam, busy.mia, by=busy.sam)
    address = f"/handovers/{handover.id}"
    assert as_(busy.mia).post(f"{address}/take-back").status_code == 403
    assert as_(busy.sam).post(f"{address}/take-back").location == f"/workstreams/{busy.stream.id}"
    assert as_(busy.mia).get(address).status_code == 404
    assert "Taken back" in as_(busy.sam).get(address).text


def test_one_who_left_meanwhile_reads_why_it_cannot_be_taken(as_: Visitor, busy: Table) -> None:
    handover = services.offer(busy.stream, busy.sam, busy.mia, by=busy.sam)
    next(m for m in busy.stream.memberships if m.person is busy.sam).role = Role.MEMBER
    page = as_(busy.mia).get(f"/handovers/{handover.id}").text
    assert "Sam does not run it any more." in page


def test_offer_asks_again_and_keeps_what_was_typed(as_: Visitor, busy: Table) -> None:
    whole = {"giver": busy.sam.id, "taker": busy.mia.id, "then": "stays", "words": "Bring biscuits."}
    ada = as_(busy.ada)
    for typed, said in (
        ({"taker": ""}, "Choose who takes it."),
        ({"taker": "00000000-0000-0000-0000-000000000000"}, "Choose who takes it."),
        ({"giver": "nobody"}, "Choose who hands over."),
        ({"words": "word " * 121}, "Use 120 words at most."),
        ({"words": "943 476 5919"}, "This looks like an NHS number."),
    ):
        answer = ada.post(_new(busy), data=whole | typed)
        kept = ("Bring biscuits." in answer.text) == ("words" not in typed)
        assert (answer.status_code, said in answer.text, kept) == (422, True, True)


def test_offer_without_saying_whether_she_stays_or_to_herself_asks_again(as_: Visitor, busy: Table) -> None:
    silent = as_(busy.sam).post(_new(busy), data={"giver": busy.sam.id, "taker": busy.mia.id})
    assert (silent.status_code, "Say whether you stay." in silent.text) == (422, True)
    answer = as_(busy.sam).post(_new(busy), data={"giver": busy.sam.id, "taker": busy.sam.id, "then": "stays"})
    assert (answer.status_code, "Name somebody else to take it." in answer.text) == (422, True)


def test_page_is_not_there_for_anybody_else(as_: Visitor, busy: Table) -> None:
    handover = services.offer(busy.stream, busy.sam, busy.mia, by=busy.sam)
    another = a_professional("Pat")
    a_membership(busy.stream, another, Role.FACILITATOR, Seat.TEAM)
    for person in (busy.robin, another, a_professional("Stranger")):
        visitor = as_(person)
        assert visitor.get(f"/handovers/{handover.id}").status_code == 404
        for step in ("take", "take-back"):
            assert visitor.post(f"/handovers/{handover.id}/{step}").status_code == 404
    assert as_(busy.robin).get(_new(busy)).status_code == 403
    assert as_(a_professional("Stranger")).get(_new(busy)).status_code == 404


def test_where_nobody_runs_it_an_admin_is_shown_the_group(as_: Visitor, busy: Table) -> None:
    next(m for m in busy.stream.memberships if m.person is busy.sam).role = Role.MEMBER
    page = as_(busy.ada).get(_new(busy)).text
    assert "Nobody runs this group now" in page
    assert "<form class=" not in page


def test_pages_cost_the_same_with_one_and_three_rows(as_: Visitor, busy: Table, query_count: list[str]) -> None:
    handover = services.offer(busy.stream, busy.sam, busy.mia, by=busy.sam)
    visitor = as_(busy.mia)

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert visitor.get(f"/handovers/{handover.id}").status_code == 200
        return len(query_count)

    one = cost()
    for number in (2, 3):
        owner = a_person(f"Kit {number}")
        a_membership(busy.stream, a_person(f"Fran {number}"), state=MembershipState.INVITED)
        an_action(busy.stream, owner, "Ring", due=date(2025, 11, 1), opened_on=date.min)
        keep(_asked(busy, number, "More"))
    assert cost() == one
