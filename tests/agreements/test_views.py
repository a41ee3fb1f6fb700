"""The pages of agreements: each works, each refuses, each asks again."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from coprod.agreements import queries, rules, services
from coprod.agreements.models import Agreement, AgreementState
from tests.agreements.conftest import Table
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of

Visitor = Callable[..., FlaskClient]


@pytest.fixture
def sam(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.sam)


@pytest.fixture
def robin(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.robin)


@pytest.fixture
def draft(table: Table) -> Agreement:
    return services.start(table.stream, by=table.sam)


def _address(table: Table) -> str:
    return f"/workstreams/{table.stream.id}/agreement"


def test_members_are_told_when_nothing_is_written_yet(sam: FlaskClient, robin: FlaskClient, table: Table) -> None:
    assert "We have not written this yet." in robin.get(_address(table)).text
    assert "Write a version" not in robin.get(_address(table)).text
    assert "Write a version" in sam.get(_address(table)).text


def test_version_is_written_talked_through_and_agreed_by_pages(sam: FlaskClient, table: Table) -> None:
    sam.post(_address(table))
    (agreement,) = queries.versions_of(table.stream)
    edit = f"/agreements/{agreement.id}/edit"
    assert "We take turns." in sam.get(edit).text

    assert 'name="changed"' not in sam.get(edit).text
    answer = sam.post(edit, data=rules.offered() | {"phones": "Phones stay on."})
    assert answer.location == _address(table)
    assert agreement.words["phones"] == "Phones stay on."

    assert "We talked it through" in sam.get(edit).text
    sam.post(f"/agreements/{agreement.id}/talked-through")
    assert "The group agrees" in sam.get(edit).text
    sam.post(f"/agreements/{agreement.id}/agreed")
    assert agreement.state == AgreementState.AGREED
    assert "We agreed this on 17 November 2025." in sam.get(_address(table)).text
    assert sam.get(edit).status_code == 403


def test_agreement_says_what_changed_and_never_who_asked(
    sam: FlaskClient, robin: FlaskClient, table: Table, draft: Agreement
) -> None:
    """Journey 5."""
    services.talk_through(draft, by=table.sam)
    services.agree(draft, by=table.sam)
    second = services.start(table.stream, by=table.sam)
    assert "Say what changed first." in sam.get(f"/agreements/{second.id}/edit").text
    services.write(second, second.words, "Phones stay on.", by=table.sam)
    services.talk_through(second, by=table.sam)
    services.agree(second, by=table.sam)

    page = robin.get(_address(table)).text

    assert "Phones stay on. We changed this because someone asked." in page
    assert "It is version 2." in page
    assert "Sam" not in page


def test_agreement_is_easy_to_read_with_its_limits_first(robin: FlaskClient, table: Table, draft: Agreement) -> None:
    """Domain rules 10 and 14."""
    page = Page(robin.get(_address(table)).text)
    told = sentences(page)
    assert grade(told) <= 6
    assert max(len(words_of(sentence)) for sentence in told) <= 25
    assert "What stays here, and the limits" in told[:4]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"pay": " "}, "Write a few words under “Pay and costs”."),
        ({"pay": "word " * 61}, "Use 60 words at most. This has 61."),
        ({"pay": "x" * 601}, "Use 600 letters at most."),
        ({"changed": "943 476 5919"}, "This looks like an NHS number."),
    ],
)
def test_words_are_asked_for_again(sam: FlaskClient, draft: Agreement, changed: dict[str, str], words: str) -> None:
    answer = sam.post(f"/agreements/{draft.id}/edit", data=rules.offered() | {"danger": "Ring 999."} | changed)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Ring 999." in answer.text
    assert draft.words == rules.offered()


def test_members_change_nothing(robin: FlaskClient, table: Table, draft: Agreement) -> None:
    assert robin.post(_address(table)).status_code == 403
    assert robin.get(f"/agreements/{draft.id}/edit").status_code == 403
    for step in ("edit", "talked-through", "agreed"):
        assert robin.post(f"/agreements/{draft.id}/{step}").status_code == 403


def test_stranger_finds_nothing(as_: Visitor, table: Table, draft: Agreement) -> None:
    """P2."""
    stranger = as_(table.stranger)
    assert stranger.get(_address(table)).status_code == 404
    assert stranger.get(f"/agreements/{draft.id}/edit").status_code == 404
    for address in (
        _address(table),
        *(f"/agreements/{draft.id}/{step}" for step in ("edit", "talked-through", "agreed")),
    ):
        assert stranger.post(address).status_code == 404
