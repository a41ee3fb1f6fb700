"""The pages of needs: each works, each refuses, each asks again."""

from collections.abc import Callable

from flask.testing import FlaskClient

from coprod.messages.models import PartOfDay
from coprod.needs import queries, rules, services
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.workstreams.queries import seen_by
from tests.house.pages import Page, words
from tests.house.reading import grade, sentences, words_of
from tests.needs.conftest import Table

Visitor = Callable[..., FlaskClient]
PAGES = ("/what-helps-me", "/times-that-never-work", "/what-helps-me/saved")


def test_member_says_what_helps_and_when_she_can_never_come(as_: Visitor, table: Table) -> None:
    """Journey 2, the second half."""
    kit = as_(table.kit)
    assert kit.get(PAGES[0]).status_code == 200
    said = {"helps": ["a bus ticket", "a quiet room"], "places": "1", "language": "", "food": "Halal"}
    answer = kit.post(PAGES[0], data=said)
    assert answer.location == PAGES[1]
    assert rules.wanted(queries.needs_of(table.kit)) == Wanted((Help.BUS, Help.QUIET_ROOM), 1, "", "Halal")

    answer = kit.post(PAGES[1], data={"slots": ["0-morning", "6-evening"]})
    assert answer.location == PAGES[2]
    assert queries.never_of(table.kit) == {(0, PartOfDay.MORNING), (6, PartOfDay.EVENING)}
    assert "You can change it any time." in kit.get(PAGES[2]).text


def test_every_question_can_be_skipped(as_: Visitor, table: Table) -> None:
    kit = as_(table.kit)
    assert kit.post(PAGES[0], data={"places": "0"}).location == PAGES[1]
    assert kit.post(PAGES[1], data={}).location == PAGES[2]
    for address, onward in ((PAGES[0], PAGES[1]), (PAGES[1], PAGES[2])):
        page = Page(kit.get(address).text)
        assert [link.get("href") for link in page.all("a") if words(link) == "Skip this"] == [onward]


def test_what_was_said_stands_in_the_page(as_: Visitor, table: Table) -> None:
    robin = as_(table.robin)
    page = Page(robin.get(PAGES[0]).text)
    ticked = [box.get("value") for box in page.all("input") if box.get("checked") is not None]
    assert ticked == ["a taxi", "large print"]
    assert 'value="Polish"' in robin.get(PAGES[0]).text
    page = Page(robin.get(PAGES[1]).text)
    ticked = [box.get("value") for box in page.all("input") if box.get("checked") is not None]
    assert ticked == ["0-morning", "0-afternoon", "0-evening"]


def test_what_does_not_fit_is_asked_again(as_: Visitor, table: Table) -> None:
    robin = as_(table.robin)
    for wrong in ({"places": "13"}, {"places": "0", "helps": "a ladder"}, {"places": "0", "food": "x" * 81}):
        assert robin.post(PAGES[0], data=wrong).status_code == 422, wrong
    answer = robin.post(PAGES[0], data={"places": "0", "food": "943 476 5919"})
    assert answer.status_code == 422
    assert "This looks like an NHS number." in answer.text
    for wrong in ("7-morning", "0-night", "x"):
        assert robin.post(PAGES[1], data={"slots": wrong}).status_code == 422, wrong
    assert "Tap the boxes below." in robin.post(PAGES[1], data={"slots": "x"}).text


def test_nobody_but_members_has_these_pages(as_: Visitor, table: Table) -> None:
    """Journey 2: 404 for everybody else."""
    for name in ("professional", "admin", "chair", "facilitator elsewhere", "supporter"):
        visitor = as_(table.others[name])
        for address in PAGES:
            assert visitor.get(address).status_code == 404, (name, address)
    assert as_(table.sam).get(PAGES[0]).status_code == 404


def test_member_in_no_group_is_asked_for_nothing(as_: Visitor, table: Table) -> None:
    out = as_(table.others["outsider"])
    for address in PAGES[:2]:
        assert "You are not in a group now." in out.get(address).text
        assert "<input" not in out.get(address).text.split("<main")[1].split("</main")[0]
        assert out.post(address, data={"places": "0"}).status_code == 403


def test_facilitator_sees_what_to_arrange_for_each_session(as_: Visitor, table: Table) -> None:
    services.say(table.kit, Wanted((Help.TAXI,)), by=table.kit)
    page = as_(table.sam).get(f"/workstreams/{table.stream.id}/needs").text
    assert "A taxi · Large print · 2 places in the crèche · An interpreter: Polish · Food: No nuts" in page
    assert "Never Mondays" in page
    assert "Kit" in page


def test_facilitator_of_an_empty_group_is_told_what_will_stand_there(as_: Visitor, table: Table) -> None:
    els = table.others["facilitator elsewhere"]
    (stream,) = seen_by(els)
    assert "Nobody is coming yet" in as_(els).get(f"/workstreams/{stream.id}/needs").text


def test_nobody_else_sees_what_to_arrange(as_: Visitor, table: Table) -> None:
    """P1."""
    for name, person in {**table.others, "herself": table.robin}.items():
        assert as_(person).get(f"/workstreams/{table.stream.id}/needs").status_code == 404, name


def test_pages_ask_no_reason_and_name_nothing(as_: Visitor, table: Table) -> None:
    """Journey 2: no box asks why, and the crèche is only a number; domain rules 11 and 14."""
    robin = as_(table.robin)
    for address in PAGES:
        page = Page(robin.get(address).text)
        assert page.all("textarea") == []
        told = sentences(page)
        assert grade(told) <= 6, address
        assert max(len(words_of(sentence)) for sentence in told) <= 25
        main = words(page.all("main")[0]).lower()
        assert [word for word in ("child", "baby", "kids", "reason") if word in main] == []
