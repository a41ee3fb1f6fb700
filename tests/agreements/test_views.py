"""The pages of agreements: each works, each refuses, each asks again."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from coprod.agreements import queries, rules, services
from coprod.agreements.models import Agreement, AgreementState
from coprod.core.clock import today
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
    read = {"read": rules.mark_of(agreement)}
    answer = sam.post(edit, data=rules.offered() | read | {"phones": "Phones stay on."})
    assert answer.location == _address(table)
    assert agreement.words["phones"] == "Phones stay on."

    assert "We talked it through" in sam.get(edit).text
    sam.post(f"/agreements/{agreement.id}/talked-through")
    assert "The group agrees" in sam.get(edit).text
    sam.post(f"/agreements/{agreement.id}/agreed")
    assert agreement.state == AgreementState.AGREED
    assert "We agreed this on 17 November 2025." in sam.get(_address(table)).text
    assert sam.get(edit).status_code == 403


def _agree(agreement: Agreement, table: Table) -> None:
    services.talk_through(agreement, by=table.sam)
    services.agree(agreement, by=table.sam)


def test_agreement_says_what_changed_and_never_who_asked(
    sam: FlaskClient, robin: FlaskClient, table: Table, draft: Agreement
) -> None:
    """Journey 5."""
    _agree(draft, table)
    second = services.start(table.stream, by=table.sam)
    assert "Say what changed first." in sam.get(f"/agreements/{second.id}/edit").text
    services.ask_for_change(draft, "Let phones stay on", by=table.robin)
    services.take(queries.wishes_of(table.stream)[0], "phones", by=table.sam)
    services.write(
        second,
        second.words | {"phones": "Phones on.", "pay": "All."},
        "Two things.",
        read=rules.mark_of(second),
        by=table.sam,
    )
    _agree(second, table)

    page = robin.get(_address(table)).text

    assert "What changed since version 1" in page
    assert page.count("Changed because someone asked") == 1
    assert "Now: Phones on." in page
    assert "Before: We keep phones quiet." in page
    assert "It is version 2." in page
    assert "Sam" not in page
    assert "Let phones stay on" not in page


def test_agreement_is_easy_to_read_with_its_limits_first(robin: FlaskClient, table: Table, draft: Agreement) -> None:
    """Domain rules 10 and 14."""
    page = Page(robin.get(_address(table)).text)
    told = sentences(page)
    assert grade(told) <= 6
    assert max(len(words_of(sentence)) for sentence in told) <= 25
    assert rules.LIMITS in told[:5]


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


def test_two_who_write_at_once_see_both_texts_and_lose_nothing(
    sam: FlaskClient, table: Table, draft: Agreement
) -> None:
    """R4: the second is shown the first one's words; hers stay in her boxes, and are kept once she has seen both."""
    edit = f"/agreements/{draft.id}/edit"
    hers = rules.offered() | {"phones": "Off.", "read": rules.mark_of(draft)}
    assert f'value="{hers["read"]}"' in sam.get(edit).text
    services.write(draft, draft.words | {"pay": "All."}, "", read=rules.mark_of(draft), by=table.sam)
    answer = sam.post(edit, data=hers)
    assert answer.status_code == 422
    assert all(words in answer.text for words in ("Somebody else changed", "All.", "Off.", "Theirs: Pay and costs"))
    assert draft.words == rules.offered() | {"pay": "All."}
    assert f'value="{rules.mark_of(draft)}"' in answer.text
    assert sam.post(edit, data=hers | {"pay": "All.", "read": rules.mark_of(draft)}).status_code == 302
    assert draft.words == rules.offered() | {"pay": "All.", "phones": "Off."}


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


# --- Answers, wishes, notes.


@pytest.fixture
def agreed(draft: Agreement, table: Table) -> Agreement:
    _agree(draft, table)
    return draft


def test_member_is_ok_with_it_and_reads_so_herself(
    sam: FlaskClient, robin: FlaskClient, table: Table, agreed: Agreement
) -> None:
    address = f"/agreements/{agreed.id}/answer"
    assert address in robin.get(_address(table)).text
    assert robin.post(address, data={"answer": "yes"}).location == _address(table)
    assert "You said you are OK with this." in robin.get(_address(table)).text
    page = sam.get(_address(table)).text
    assert "Not everybody has answered yet." in page
    assert "Robin" not in page
    sam.post(address, data={"answer": "yes"})
    assert f"Everybody is OK with version {agreed.number}." in sam.get(_address(table)).text


def test_answer_page_is_easy_to_read(robin: FlaskClient, table: Table, agreed: Agreement) -> None:
    for address in (f"/agreements/{agreed.id}/answer", f"/workstreams/{table.stream.id}/breach"):
        told = sentences(Page(robin.get(address).text))
        assert grade(told) <= 6
        assert max(len(words_of(sentence)) for sentence in told) <= 25


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Pick one."),
        ({"answer": "maybe"}, "Pick one."),
        ({"answer": "ring nobody"}, "Pick one."),
        ({"answer": "change"}, "Write what should change, or ask us to ring you."),
        ({"answer": "change", "words": "x" * 501}, "Use 500 letters at most."),
        ({"answer": "change", "words": "SW22P00001"}, "This looks like a court number."),
    ],
)
def test_answer_is_asked_for_again(robin: FlaskClient, agreed: Agreement, sent: dict[str, str], told: str) -> None:
    answer = robin.post(f"/agreements/{agreed.id}/answer", data=sent)
    assert answer.status_code == 422
    assert told in answer.text


def test_wish_goes_into_the_next_version(sam: FlaskClient, robin: FlaskClient, table: Table, agreed: Agreement) -> None:
    address = f"/workstreams/{table.stream.id}/wishes"
    assert "Nobody has asked" in sam.get(address).text
    robin.post(f"/agreements/{agreed.id}/answer", data={"answer": "change", "words": "Phones stay on"})
    robin.post(f"/agreements/{agreed.id}/answer", data={"answer": "change", "words": "Tea first"})
    assert robin.get(address).status_code == 404
    page = sam.get(address).text
    assert "Phones stay on" in page
    assert "Write a version" in page
    assert "Robin" not in page
    second = services.start(table.stream, by=table.sam)
    page = Page(sam.get(address).text)
    assert [fault for fault in page.faults() if "token" not in fault] == []
    wishes = {wish.words: wish for wish in queries.wishes_of(table.stream)}
    key = wishes["Phones stay on"].id
    assert sam.post(f"/wishes/{key}/take", data={"heading": "weather"}).status_code == 404
    assert sam.post(f"/wishes/{key}/take", data={"heading": "phones"}).location == address
    assert queries.asked_for_in(second) == {"phones"}
    assert sam.post(f"/wishes/{wishes['Tea first'].id}/talked-about").location == address
    assert "Nobody has asked" in sam.get(address).text


def test_member_asks_to_be_rung_instead(robin: FlaskClient, table: Table, agreed: Agreement) -> None:
    address = f"/agreements/{agreed.id}/answer"
    assert "Sam, please ring me" in robin.get(address).text
    assert robin.post(address, data={"answer": f"ring {table.sam.id}"}).location == _address(table)
    assert "Sam will ring you." in robin.get(_address(table)).text
    assert "Sam rings you" in robin.get("/support").text


def test_what_went_wrong_is_told_to_the_facilitators(
    sam: FlaskClient, robin: FlaskClient, as_: Visitor, table: Table
) -> None:
    address, told = (f"/workstreams/{table.stream.id}/{end}" for end in ("breach", "breaches"))
    page = robin.get(address).text
    assert "Only Sam can read this." in page
    assert "/support" in page
    assert "Only the people who run the group can read this." in sam.get(address).text
    assert robin.post(address, data={"words": "", "named": ""}).status_code == 422
    robin.post(address, data={"words": "A photo was taken", "named": "no"})
    robin.post(address, data={"words": "I was rung at night", "named": "yes"})
    page = sam.get(told).text
    assert "Somebody, without a name, on Monday 17 November" in page
    assert "Robin, on Monday 17 November" in page
    assert robin.get(told).status_code == 404
    for note in queries.breaches_of(table.stream):
        assert robin.post(f"/breaches/{note.id}/seen-to").status_code == 404
        assert sam.post(f"/breaches/{note.id}/seen-to").location == told
    assert "Seen to" in sam.get(told).text
    assert as_(table.stranger).get(address).status_code == 404


def _fifth_in_thirty_days(streams: Collection[UUID], today: date) -> dict[UUID, queries.Ahead]:
    return dict.fromkeys(streams, queries.Ahead(week_five=today + timedelta(30)))


def test_facilitators_are_told_when_it_is_due_again(
    sam: FlaskClient, robin: FlaskClient, table: Table, agreed: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Domain rule 17: the review at week 5."""
    monkeypatch.setattr(queries, "_LOOKING", [_fifth_in_thirty_days])
    page = sam.get(_address(table)).text
    assert "It is due in week 5. Do it by Wednesday 17 December." in " ".join(page.split())
    assert "due in week 5" not in robin.get(_address(table)).text
    assert sam.post(f"/agreements/{agreed.id}/looked-at-again").location == _address(table)
    assert agreed.reviewed_on == today()


def test_agreement_page_costs_the_same_however_much_there_is(
    sam: FlaskClient, table: Table, agreed: Agreement, query_count: list[str]
) -> None:
    def cost() -> int:
        query_count.clear()
        for address in (_address(table), *(f"/workstreams/{table.stream.id}/{end}" for end in ("wishes", "breaches"))):
            assert sam.get(address).status_code == 200
        return len(query_count)

    def tell(n: int) -> None:
        services.ask_for_change(agreed, f"Wish {n}", by=table.robin)
        services.tell(table.stream, f"Note {n}", named=True, by=table.robin)

    tell(1)
    one = cost()
    tell(2)
    tell(3)
    assert cost() == one
