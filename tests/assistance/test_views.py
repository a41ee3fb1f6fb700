"""The pages of helping a member: each works, each refuses, each asks again."""

from collections.abc import Callable

from flask.testing import FlaskClient

from coprod.agreements.models import Agreement
from coprod.agreements.queries import has_said_yes
from coprod.assistance import queries
from coprod.cycles.models import Session
from coprod.messages import services as messages
from coprod.messages.models import PartOfDay, Way
from coprod.needs import queries as needed
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted, wanted
from coprod.payments.models import Payment, PaymentState
from coprod.rsvp import queries as rsvp
from coprod.rsvp.models import ComingAnswer
from coprod.workstreams.models import MembershipState
from tests.assistance.conftest import Table
from tests.factories import an_admin
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of

Visitor = Callable[..., FlaskClient]


def _help(table: Table, person: object, page: str = "") -> str:
    return f"/workstreams/{table.stream.id}/people/{person.id}/help{page}"  # type: ignore[attr-defined]


def test_facilitator_does_what_she_asks_and_she_reads_it_and_takes_it_back(as_: Visitor, table: Table) -> None:
    """Feature 94."""
    sam, robin = as_(table.sam), as_(table.robin)
    page = sam.get(_help(table, table.robin)).text
    assert "Help Robin" in page
    assert "Nobody votes for somebody else." in page
    assert "Nothing yet" in robin.get("/done-for-me").text

    said = {"helps": ["a taxi"], "places": "2", "language": "", "food": ""}
    assert sam.get(_help(table, table.robin, "/needs")).status_code == 200
    assert sam.post(_help(table, table.robin, "/needs"), data=said).location == _help(table, table.robin)
    assert wanted(needed.needs_of(table.robin)) == Wanted((Help.TAXI,), 2)
    assert "Done for Robin. They can see it, and take it back." in sam.get(_help(table, table.robin)).text

    page = robin.get("/done-for-me").text
    assert "Sam did this for you on 17 November 2025. A taxi. 2 places in the crèche." in page
    (done,) = queries.done_for(table.robin)
    assert robin.post(f"/done-for-me/{done.id}/take-back").location == "/done-for-me"
    assert wanted(needed.needs_of(table.robin)) == Wanted()
    page = robin.get("/done-for-me").text
    assert "You took it back" in page
    assert "Take it back" not in page


def test_times_reach_and_texts_have_a_page_too(as_: Visitor, table: Table) -> None:
    sam, back = as_(table.sam), _help(table, table.robin)
    assert sam.get(f"{back}/times").status_code == 200
    assert sam.post(f"{back}/times", data={"slots": "0-morning"}).location == back
    assert needed.never_of(table.robin) == {(0, PartOfDay.MORNING)}
    assert 'value="0-morning"' in sam.get(f"{back}/times").text

    assert sam.get(f"{back}/reach").status_code == 200
    said = {"way": Way.CALL.value, "safe": "yes", "shared": "no", "hours": "morning"}
    assert sam.post(f"{back}/reach", data=said).location == back
    reach = messages.reach_of(table.robin)
    assert (reach.way, reach.phone_is_safe, reach.phone_is_shared) == (Way.CALL, True, False)

    assert sam.post(f"{back}/stop-texts").location == back
    assert table.robin.no_text_links
    assert "Robin gets no texts with links." in sam.get(back).text


def test_what_does_not_fit_is_asked_again(as_: Visitor, table: Table) -> None:
    sam = as_(table.sam)
    for page, wrong in (("/needs", {"places": "99"}), ("/times", {"slots": "x"}), ("/reach", {"safe": "yes"})):
        assert sam.post(_help(table, table.robin, page), data=wrong).status_code == 422, page
    assert sam.post(_help(table, table.robin, "/place"), data={"name": "left"}).status_code == 403


def test_place_is_answered_and_who_said_no_is_helped_no_more(as_: Visitor, table: Table) -> None:
    sam = as_(table.sam)
    page = sam.get(_help(table, table.kit)).text
    assert all(words in page for words in ("Maybe, ring me", ">Yes<", "No thanks"))
    assert sam.post(_help(table, table.kit, "/place"), data={"name": "thinking"}).location == _help(table, table.kit)
    away = sam.post(_help(table, table.kit, "/place"), data={"name": "left"})
    assert away.location == f"/workstreams/{table.stream.id}"
    assert table.asked.state == MembershipState.LEFT
    assert sam.get(_help(table, table.kit)).status_code == 404


def test_break_has_its_own_words(as_: Visitor, table: Table) -> None:
    sam = as_(table.sam)
    assert "Take a break" in sam.get(_help(table, table.robin)).text
    sam.post(_help(table, table.robin, "/place"), data={"name": "paused"})
    assert "Come back from the break" in sam.get(_help(table, table.robin)).text


def test_what_is_newer_stays_and_she_is_told_what_it_says(as_: Visitor, table: Table) -> None:
    sam, robin = as_(table.sam), as_(table.robin)
    sam.post(_help(table, table.robin, "/times"), data={"slots": "0-morning"})
    needs.say_never(table.robin, {(4, PartOfDay.EVENING)}, by=table.robin)
    (done,) = queries.done_for(table.robin)
    answer = robin.post(f"/done-for-me/{done.id}/take-back")
    assert answer.status_code == 403
    assert "It says: Friday evenings." in answer.text


def test_nobody_else_has_these_pages(as_: Visitor, table: Table) -> None:
    """P1: professionals are not helped, and nobody but those who run her group helps."""
    for who in (table.mia, table.robin, table.kit, an_admin()):
        visitor = as_(who)
        for page in ("", "/needs", "/times", "/reach"):
            assert visitor.get(_help(table, table.robin, page)).status_code == 404
        for page in ("/place", "/needs", "/times", "/reach", "/stop-texts"):
            assert visitor.post(_help(table, table.robin, page), data={"name": "paused"}).status_code == 404
    assert as_(table.sam).get(_help(table, table.mia)).status_code == 404
    assert as_(table.sam).get("/done-for-me").status_code == 404


def test_members_page_is_in_simple_words(as_: Visitor, table: Table) -> None:
    """Domain rule 14."""
    as_(table.sam).post(_help(table, table.robin, "/stop-texts"))
    told = sentences(Page(as_(table.robin).get("/done-for-me").text))
    assert grade(told) <= 6
    assert max(len(words_of(sentence)) for sentence in told) <= 25


# --- Whether she comes, the agreement, and an offer of pay.


def test_facilitator_says_for_her_whether_she_comes(as_: Visitor, table: Table, evening: Session) -> None:
    sam, page = as_(table.sam), _help(table, table.robin, f"/coming/{evening.id}")
    assert "Coming or not: Tuesday 2 December" in sam.get(_help(table, table.robin)).text
    assert "Does Robin come?" in sam.get(page).text
    assert sam.post(page, data={}).status_code == 422
    assert sam.post(page, data={"answer": "no", "ring_me": "y"}).location == _help(table, table.robin)
    assert rsvp.answer_of(evening, table.robin).answer == ComingAnswer.NO
    assert "You are not coming. You want a call." in as_(table.robin).get("/done-for-me").text
    assert "Coming or not" not in sam.get(_help(table, table.kit)).text
    assert sam.get(_help(table, table.kit, f"/coming/{evening.id}")).status_code == 404
    assert as_(table.robin).get(page).status_code == 404


def test_facilitator_says_for_her_that_she_is_ok_with_the_agreement(
    as_: Visitor, table: Table, agreement: Agreement
) -> None:
    sam, page = as_(table.sam), _help(table, table.robin, f"/agreement/{agreement.id}")
    assert "Robin is OK with it" in sam.get(_help(table, table.robin)).text
    assert sam.post(page).location == _help(table, table.robin)
    assert has_said_yes(table.robin, agreement)
    assert sam.post(_help(table, table.robin, f"/agreement/{table.stream.id}")).status_code == 404
    assert sam.post(_help(table, table.kit, f"/agreement/{agreement.id}")).status_code == 404


def test_facilitator_answers_an_offer_of_pay_for_her(as_: Visitor, table: Table, offer: Payment) -> None:
    sam, page = as_(table.sam), _help(table, table.robin, f"/offers/{offer.id}")
    assert "Pay of £30.00: yes or no" in sam.get(_help(table, table.robin)).text
    assert "Vouchers count as earnings." in sam.get(page).text
    for wrong in ({}, {"answer": "some"}, {"answer": "some", "some": "30"}, {"answer": "some", "some": "x"}):
        assert sam.post(page, data=wrong).status_code == 422, wrong
    assert "Write how much, less than £30.00." in sam.post(page, data={"answer": "some"}).text
    assert sam.post(page, data={"answer": "some", "some": "£10"}).location == _help(table, table.robin)
    assert (offer.state, offer.accepted_pence) == (PaymentState.PART, 1000)
    assert sam.get(page).status_code == 404
    assert "You said yes to £10.00." in as_(table.robin).get("/done-for-me").text
