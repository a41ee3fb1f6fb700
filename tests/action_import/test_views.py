"""The pages that bring a log in: they work, they refuse, they ask again, and stand whole without a script."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from coprod.action_import.models import Import, ImportState
from coprod.actions.models import Action
from coprod.core.db import db
from coprod.core.spreadsheets import reading
from tests.action_import import dirt
from tests.action_import.conftest import Table

LOG = b"Action,Owner,Due\nRing the ward,Max,5/12/2025\nTell them,M. Jones,5/12/2025\n,Max,soon\n=cmd,Max,5/12/2025\n"


def the_log() -> Import:
    return db.session.scalars(select(Import)).one()


def brought(room: Table, as_: Any, bring: Any, content: bytes = LOG) -> str:
    """Bring it and say what its columns hold; answer where it stands."""
    columns = bring(content).location
    page = as_(room.alex).get(columns).text
    chosen = dict(re.findall(r'<select[^>]* name="(\w+)"[^>]*>(?:(?!</select>).)*selected value="(\w+)"', page, re.S))
    answer = as_(room.alex).post(columns, data=chosen)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_log_comes_in_by_four_pages_and_leaves_its_report(room: Table, as_: Any, bring: Any) -> None:
    visitor = as_(room.alex)
    first = bring(LOG, "Log 2025.csv")
    assert first.status_code == 303
    assert first.location == f"/action-imports/{the_log().id}/columns"
    shown = visitor.get(first.location).text
    for words in ("Log 2025.csv", "A: Action, such as “Ring the ward”", "Row 1: Action, Owner, Due", "M. Jones"):
        assert words in shown
    address = brought(room, as_, lambda _: first)
    preview = visitor.get(address).text
    for words in ("2 rows can come in.", "2 rows\n        cannot", "Bring in 2 actions", "Who is meant?", "“M. Jones”"):
        assert re.sub(r"\s+", " ", words) in re.sub(r"\s+", " ", preview)
    assert re.findall(r'<th scope="row">(\w+)</th>', preview) == ["B3", "A4", "C4"]
    answer = visitor.post(f"{address}/brought-in")
    assert (answer.status_code, answer.location) == (303, address)
    report = visitor.get(address).text
    assert "2 rows came in." in report
    assert "2 rows did not." in report
    assert "2 actions came in." in report
    lines = visitor.get(f"{address}/report")
    assert lines.headers["Content-Disposition"] == "attachment; filename=report.csv"
    assert lines.data.decode("utf-8-sig").splitlines() == [
        "Row,Cell,What became of it,Why,Action",
        "2,,brought in,,1",
        '3,B3,refused,"Nobody here goes by this name, and no e-mail address stands beside it.",',
        "4,A4,refused,It does not say what is to be done.,",
        '4,C4,refused,"Write a day here, such as 18 November 2025.",',
        "5,,brought in,,2",
    ]
    assert visitor.get(f"{address}/columns").location == address
    again = brought(room, as_, bring)
    assert "Nothing can come in as it is" in visitor.get(again).text
    assert "2 rows left out: the log or another row says the same. <a" in visitor.get(again).text


def test_names_are_said_on_the_page_and_their_rows_come_in(room: Table, as_: Any, bring: Any) -> None:
    visitor, address = as_(room.alex), brought(room, as_, bring)
    field = re.findall(r'name="(who_\w+)"', visitor.get(address).text)
    assert len(field) == 1
    assert visitor.post(f"{address}/owners", data={field[0]: "me, 943 476 5919"}).status_code == 303
    answer = visitor.post(f"{address}/owners", data={field[0]: str(room.max.id)})
    assert (answer.status_code, answer.location) == (303, address)
    page = visitor.get(address).text
    assert "3 rows can come in." in page
    assert "Who is meant?" not in page
    assert visitor.post(f"{address}/owners", data={field[0]: str(room.stranger.id)}).status_code == 303
    visitor.post(f"{address}/brought-in")
    assert db.session.scalar(select(func.count()).select_from(Action)) == 3


def test_a_log_that_is_left_is_gone(room: Table, as_: Any, bring: Any) -> None:
    visitor, address = as_(room.alex), brought(room, as_, bring)
    page = visitor.get(f"/workstreams/{room.steering.id}/action-imports").text
    assert "log.csv" in page
    assert "Not finished" in page
    assert "What you do not finish goes after 7 days." in page
    answer = visitor.post(f"{address}/dropped")
    assert answer.location == f"/workstreams/{room.steering.id}/action-imports"
    assert "log.csv" not in visitor.get(answer.location).text
    assert visitor.get(address).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Action)) == 0


def test_files_that_cannot_be_read_are_asked_for_again_in_kind_words(
    room: Table, as_: Any, bring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    for content, words in (
        (b"", "There is nothing in this file."),
        (b"%PDF-1.7", "This is not a spreadsheet."),
        (b"a" * 101, "This file is too large. It may have 10 MB at most."),
    ):
        answer = bring(content)
        assert answer.status_code == 422
        assert words in answer.text
    page = f"/workstreams/{room.steering.id}/action-imports"
    nothing = as_(room.alex).post(page)
    assert (nothing.status_code, "Choose the file with your log." in nothing.text) == (422, True)
    assert db.session.scalar(select(func.count()).select_from(Import)) == 0


def test_columns_are_asked_for_again_until_each_has_its_own(room: Table, as_: Any, bring: Any) -> None:
    address = bring(LOG).location
    for data, words in (
        ({"head": "1", "what": "A", "owner": "B", "due": ""}, "Choose the column that says “By when”."),
        ({"head": "1", "what": "A", "owner": "B", "due": "B"}, "This column says “Who does it” already."),
        ({"head": "1", "what": "Z", "owner": "B", "due": "C"}, "Choose one of these columns."),
        ({"head": "99", "what": "A", "owner": "B", "due": "C"}, "Choose the row with the headings."),
        ({"head": "x", "what": "A", "owner": "B", "due": "C"}, "Choose the row with the headings."),
    ):
        answer = as_(room.alex).post(address, data=data)
        assert answer.status_code == 422
        assert words in answer.text
    assert the_log().state == ImportState.READ
    assert as_(room.alex).get(f"/action-imports/{the_log().id}").location == address
    assert as_(room.alex).post(f"/action-imports/{the_log().id}/brought-in").status_code == 403


@pytest.mark.parametrize("heading", ["Task list", "Action"])
def test_nothing_is_told_or_kept_of_rows_before_the_columns_are_said(
    room: Table, as_: Any, bring: Any, heading: str
) -> None:
    """Whether or not every column could be guessed."""
    columns = bring(f"{heading},Owner,Due\nRing,M. Jones,5/12/2025\n".encode()).location
    address, visitor = f"/action-imports/{the_log().id}", as_(room.alex)
    for answer in (visitor.get(address), visitor.get(f"{address}/report"), visitor.post(f"{address}/owners")):
        assert (answer.status_code, answer.location) == (303, columns)
    assert (the_log().state, the_log().owners) == (ImportState.READ, {})


def test_pages_are_for_who_leads_the_table(room: Table, as_: Any, bring: Any) -> None:
    address = brought(room, as_, bring)
    index = f"/workstreams/{room.steering.id}/action-imports"
    assert as_(room.max).get(index).status_code == 403
    assert bring(LOG, who=room.dee).status_code == 403
    assert as_(room.sam).get(index).status_code == bring(LOG, who=room.sam).status_code == 404
    for person in (room.max, room.dee, room.sam, room.stranger):
        for page in ("", "/columns", "/report"):
            assert as_(person).get(f"{address}{page}").status_code == 404
        for act in ("columns", "owners", "brought-in", "dropped"):
            assert as_(person).post(f"{address}/{act}").status_code == 404


def test_an_american_column_is_said_to_be_one_and_many_rows_are_counted(room: Table, as_: Any, bring: Any) -> None:
    rows = "".join(f"Ring {number},Max,12/25/2025\n" for number in range(60))
    bad = "".join(f"Ring {number},Max,soon\n" for number in range(310))
    address = brought(room, as_, bring, f"Action,Owner,Due\n{rows}{bad}".encode())
    page = re.sub(r"\s+", " ", as_(room.alex).get(address).text)
    assert "Column C puts the month first" in page
    assert "And 40 rows more like these." in page
    assert "And 10 more. <a" in page
    assert "310 rows cannot." in page


def test_sheets_that_were_not_read_are_named_on_every_page(room: Table, as_: Any, bring: Any) -> None:
    closed = [["Action", "Owner"], ["Ring", "Max"]]
    open_too = [["Action", "Owner", "Due"], ["Ring", "Max", "5/12/2025"]]
    book = dirt.as_xls(open_too, Closed=closed, **{"943 476 5919": closed})
    words = "We did not read “Closed” or “Sheet”. To bring one in, save it as a file of its own."
    for content, told in ((book, True), (b"Action,Owner,Due\nWalk,Max,5/12/2025\n", False)):
        columns = bring(content, "log.xls").location
        pages = [columns, brought(room, as_, lambda _, at=columns: SimpleNamespace(location=at))]
        shown = [as_(room.alex).get(page).text for page in pages]
        as_(room.alex).post(f"{pages[1]}/brought-in")
        shown.append(as_(room.alex).get(pages[1]).text)
        assert [words in re.sub(r"\s+", " ", page) for page in shown] == [told] * 3


def test_a_whole_workbook_comes_in_by_the_pages(room: Table, as_: Any, bring: Any) -> None:
    address = brought(room, as_, bring, dirt.as_xlsx(dirt.a_thousand(60)))
    assert as_(room.alex).post(f"{address}/brought-in").location == address
    assert "came in." in as_(room.alex).get(address).text
