"""The pages about statements and themes: each works, each refuses, each asks again."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.once import Once
from coprod.people.models import Person
from coprod.statements import queries, rules, services
from coprod.statements.models import Statement, StatementState, Theme
from coprod.workstreams.models import Workstream, WorkstreamState
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.statements.conftest import Table

Visitor = Callable[..., FlaskClient]
SENTENCE = "One midwife who knows my name."


@pytest.fixture
def sam(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.sam)


@pytest.fixture
def robin(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.robin)


def _at(table: Table, page: str = "statements") -> str:
    return f"/workstreams/{table.stream.id}/{page}"


def _heard(table: Table) -> list[str]:
    return sorted(statement.words for statement in queries.heard_in(table.stream))


def _said(table: Table, *lines: str) -> list[Statement]:
    services.add(table.stream, lines or [SENTENCE], by=table.sam)
    db.session.commit()
    return queries.heard_in(table.stream)


def _theme(table: Table, name: str) -> Theme:
    theme = services.name_theme(table.stream, name, by=table.robin)
    db.session.commit()
    return theme


def _faults(text: str) -> list[str]:
    """A test sends no tokens, so none are asked for."""
    return [fault for fault in Page(text).faults() if "carries no token" not in fault]


def _is_whole_and_simple(text: str) -> None:
    page = Page(text)
    assert _faults(text) == []
    assert grade(sentences(page)) <= 6
    assert [line for line in sentences(page) if len(words_of(line)) > 25] == []


# --- Saying it.


def test_member_says_a_sentence_and_no_trace_of_her_is_kept_p4_p5(robin: FlaskClient, table: Table) -> None:
    _is_whole_and_simple(robin.get(_at(table)).text)
    assert "Nobody has said anything yet" in robin.get(_at(table)).text
    answer = robin.post(_at(table), data={"words": SENTENCE, "once": "0e7f7a3c-1d0b-4a0e-9a53-0b57f4a0c1de"})
    assert (answer.status_code, answer.location) == (303, _at(table))
    page = robin.get(_at(table)).text
    assert SENTENCE in page
    assert "Your sentence is with the others now." in page
    assert "Robin" not in page
    for kept in (Entry, Once):
        assert db.session.scalars(select(kept)).all() == []


def test_sentence_that_does_not_fit_is_asked_again_and_kept_in_the_box(robin: FlaskClient, table: Table) -> None:
    for typed, fault in (
        ("", "Write a sentence."),
        ("I wait. Nobody rings.", "Write one sentence here."),
        ("My number is 943 476 5919", "This looks like an NHS number."),
    ):
        answer = robin.post(_at(table), data={"words": typed})
        assert answer.status_code == 422
        assert fault in answer.text
        assert typed in answer.text
    assert _heard(table) == []


def test_closed_group_says_so_and_shows_no_box(robin: FlaskClient, table: Table) -> None:
    _said(table)
    db.session.execute(db.update(Workstream).values(state=WorkstreamState.CLOSED))
    db.session.commit()
    for page in ("statements", "themes"):
        text = robin.get(_at(table, page)).text
        assert SENTENCE in text
        assert "This group is closed now." in text
        assert "<select" not in text
        assert "<textarea" not in text


def test_paper_is_typed_by_a_facilitator_and_nothing_is_lost(sam: FlaskClient, table: Table) -> None:
    page = _at(table, "statements/from-paper")
    assert _faults(sam.get(page).text) == []
    typed = "A smile\nMore time. And a chair.\nA map"
    answer = sam.post(page, data={"lines": typed})
    assert answer.status_code == 422
    assert typed in answer.text.replace("\r\n", "\n")
    assert "One line does not fit yet." in answer.text
    assert "Write one sentence a line." in answer.text
    assert _faults(answer.text) == []
    assert "2 lines do not fit yet." in sam.post(page, data={"lines": "A. B\nC. D"}).text
    assert "Use 40 lines at most. There are 41." in sam.post(page, data={"lines": "\n".join(map(str, range(41)))}).text
    assert _heard(table) == []
    assert sam.post(page, data={"lines": "A smile\nA map\na map"}).location == _at(table)
    assert _heard(table) == ["A map", "A smile"]
    assert "2 sentences added. 1 sentence stood there already." in sam.get(_at(table)).text
    sam.post(page, data={"lines": "A chair"})
    assert "1 sentence added." in sam.get(_at(table)).text
    assert db.session.scalars(select(Once)).all() == []


def test_paper_there_is_no_room_for_is_shown_again_and_nothing_is_lost(
    sam: FlaskClient, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    _said(table)
    monkeypatch.setattr(rules, "MOST_HEARD", 2)
    answer = sam.post(_at(table, "statements/from-paper"), data={"lines": "A smile\nA map"})
    assert answer.status_code == 422
    assert "There is room for 2 sentences, and there are 1." in answer.text
    assert "A smile\nA map" in answer.text.replace("\r\n", "\n")


def test_only_facilitators_add_paper_and_ask(robin: FlaskClient, table: Table) -> None:
    assert "Add sentences from paper" not in robin.get(_at(table)).text
    for page in ("statements/from-paper", "statements/ask"):
        assert robin.get(_at(table, page)).status_code == 403
        assert robin.post(_at(table, page)).status_code == 403
    assert robin.post(_at(table, "statements/preview")).status_code == 403


def test_there_is_nothing_there_for_a_stranger(as_: Visitor, table: Table) -> None:
    (statement,), theme = _said(table), _theme(table, "Pay")
    stranger = as_(table.stranger)
    pages = [_at(table, page) for page in ("statements", "themes", "common-ground", "statements/ask")]
    pages += [f"/themes/{theme.id}", f"/statements/{statement.id}/aside", _at(table, "statements/from-paper")]
    assert {stranger.get(page).status_code for page in pages} == {404}
    assert stranger.post(f"/statements/{statement.id}/back").status_code == 404
    assert stranger.post(_at(table, "statements/preview")).status_code == 404


# --- Sorting it.


def _form(*moves: tuple[Statement, Theme | None, Theme | str | None], **more: str) -> dict[str, str]:
    fields = dict(more)
    for statement, was, to in moves:
        fields[f"was_{statement.id.hex}"] = was.id.hex if was else ""
        fields[f"to_{statement.id.hex}"] = to if isinstance(to, str) else to.id.hex if to else ""
    return fields


def _under(table: Table) -> dict[str, str]:
    db.session.expire_all()
    found = {one.words: one.theme.name if one.theme else "" for one in queries.heard_in(table.stream)}
    db.session.rollback()
    return found


def test_group_sorts_what_it_said_on_one_screen(robin: FlaskClient, table: Table) -> None:
    assert "There is nothing to sort yet" in robin.get(_at(table, "themes")).text
    one, two = _said(table, "A smile", "A map")
    page = robin.get(_at(table, "themes"))
    _is_whole_and_simple(page.text)
    assert page.text.count("<select") == 2
    fields = _form((one, None, "new"), (two, None, None))
    again = robin.post(_at(table, "themes"), data=fields)
    assert again.status_code == 422
    assert "Write what the new theme is called." in again.text
    assert robin.post(_at(table, "themes"), data=fields | {"theme": "Kindness"}).location == _at(table, "themes")
    assert _under(table) == {one.words: "Kindness", two.words: ""}
    text = robin.get(_at(table, "themes")).text
    assert "Kept." in text
    assert "Our themes" in text
    _is_whole_and_simple(text)


def test_two_who_sort_at_once_lose_nothing_and_the_last_is_told_r4(
    as_: Visitor, robin: FlaskClient, table: Table
) -> None:
    one, two, three = _said(table, "A smile", "A map", "A chair")
    heart, place = _theme(table, "Kindness"), _theme(table, "The room")
    robin.post(_at(table, "themes"), data=_form((one, None, heart), (two, None, None), (three, None, None)))
    kit = as_(table.kit)
    fields = _form((one, None, place), (two, None, place), (three, None, None))
    answer = kit.post(_at(table, "themes"), data=fields, follow_redirects=True)
    assert _under(table) == {one.words: "Kindness", two.words: "The room", three.words: ""}
    assert "Kept, but for what somebody else moved at the same time." in answer.text
    assert answer.text.count("Somebody else was faster.") == 1
    assert "You wanted this under “The room”." in " ".join(answer.text.split())
    _is_whole_and_simple(answer.text)


def test_who_sorts_under_a_theme_that_went_is_told_r4(robin: FlaskClient, table: Table) -> None:
    (one,), theme = _said(table), _theme(table, "Kindness")
    fields = _form((one, None, theme))
    services.remove(theme, by=table.kit)
    db.session.commit()
    answer = robin.post(_at(table, "themes"), data=fields, follow_redirects=True)
    assert "You wanted this under a theme that is gone." in " ".join(answer.text.split())
    sent = robin.post(_at(table, "themes"), data={f"to_{one.id.hex}": "nonsense"})
    assert sent.status_code == 422
    assert "Pick one of the themes." in sent.text


def test_new_theme_too_many_is_asked_again_and_no_move_is_lost(robin: FlaskClient, table: Table) -> None:
    (one,) = _said(table)
    for number in range(rules.MOST_THEMES):
        services.name_theme(table.stream, f"Theme {number}", by=table.robin)
    db.session.commit()
    answer = robin.post(_at(table, "themes"), data=_form((one, None, "new"), theme="One more"))
    assert answer.status_code == 422
    assert "20 themes are enough. Remove one first." in answer.text
    assert '<option selected value="new">' in answer.text
    assert robin.post(_at(table, "themes"), data=_form((one, None, "new"), theme="theme 3")).status_code == 303
    assert _under(table) == {one.words: "Theme 3"}


def test_who_was_late_with_everything_is_told_in_a_short_address_r4(robin: FlaskClient, table: Table) -> None:
    said = _said(table, *(f"Sentence {number}" for number in range(rules.MOST_LINES)))
    heart, place = _theme(table, "Kindness"), _theme(table, "The room")
    robin.post(_at(table, "themes"), data=_form(*((one, None, heart) for one in said)))
    answer = robin.post(_at(table, "themes"), data=_form(*((one, None, place) for one in said)))
    assert len(answer.location) < 1_000
    assert robin.get(answer.location).text.count("You wanted this under “The room”.") == len(said)


def test_theme_is_renamed_unless_somebody_was_faster_r4(robin: FlaskClient, table: Table) -> None:
    theme = _theme(table, "Pay")
    page = f"/themes/{theme.id}"
    _is_whole_and_simple(robin.get(page).text)
    assert robin.post(page, data={"name": "", "read": "Pay"}).status_code == 422
    assert robin.post(page, data={"name": "Money", "read": "Pay"}).location == _at(table, "themes")
    again = robin.post(page, data={"name": "Fees", "read": "Pay"})
    assert again.status_code == 422
    assert "Somebody else called it “Money” meanwhile." in again.text
    _theme(table, "Time")
    taken = robin.post(page, data={"name": "time", "read": "Money"})
    assert taken.status_code == 422
    assert "There is a theme of this name already." in taken.text
    robin.post(page, data={"name": "Fees", "read": "Money"})
    assert "Fees" in robin.get(_at(table, "themes")).text
    assert robin.post(f"{page}/remove").location == _at(table, "themes")
    assert robin.get(page).status_code == 404


def test_sentence_is_set_aside_with_a_reason_and_brought_back(robin: FlaskClient, table: Table) -> None:
    (one,) = _said(table)
    page = f"/statements/{one.id}/aside"
    _is_whole_and_simple(robin.get(page).text)
    assert robin.post(page, data={"why": ""}).status_code == 422
    assert robin.post(page, data={"why": "Said twice"}).location == _at(table, "themes")
    assert SENTENCE not in robin.get(_at(table)).text
    assert "Why: Said twice" in robin.get(_at(table, "themes")).text
    robin.post(f"/statements/{one.id}/back")
    assert queries.one_statement_seen_by(table.robin, one.id).state == StatementState.HEARD
    assert db.session.scalars(select(Once)).all() == db.session.scalars(select(Entry)).all() == []


def test_forms_of_those_who_sit_there_no_more_are_refused(robin: FlaskClient, table: Table) -> None:
    db.session.execute(db.update(Workstream).values(state=WorkstreamState.CLOSED))
    (one,), theme = (
        [Statement(workstream=table.stream, words=SENTENCE)],
        Theme(workstream=table.stream, number=1, name="Pay"),
    )
    db.session.add_all([one, theme])
    db.session.commit()
    for page in (f"/themes/{theme.id}", f"/statements/{one.id}/aside"):
        assert robin.get(page).status_code == robin.post(page).status_code == 403
    for page in (_at(table, "themes"), f"/themes/{theme.id}/remove", f"/statements/{one.id}/back"):
        assert robin.post(page).status_code == 403


def test_person_who_says_something_is_nowhere_in_it(table: Table) -> None:
    """Erasure has nothing to erase: no column of either table leads to a person."""
    targets = {key.column.table for model in (Statement, Theme) for key in model.__table__.foreign_keys}
    assert Person.__table__ not in targets
