"""Putting statements to the group, and the common ground: from what is published of a counted vote alone."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.statements import queries, services
from coprod.statements.models import Asked, Statement
from coprod.statements.rules import Wish
from coprod.voting import services as voting
from coprod.voting.models import Kind, Poll, PollState, Quorum
from coprod.voting.rules import View
from tests.house.pages import Page
from tests.house.reading import grade, sentences
from tests.voting.ballots import Table, a_table

Visitor = Callable[..., FlaskClient]
A, D, P = View.AGREE, View.DISAGREE, View.PASS


@pytest.fixture
def table(database: None) -> Table:
    """Six parents and six workers, who have said three things and named a theme."""
    table = a_table(6, 6)
    services.add(table.stream, ["A smile", "Ten is early", "One midwife"], by=table.facilitator)
    db.session.commit()
    return table


@pytest.fixture
def sam(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.facilitator)


def _heard(table: Table) -> dict[str, Statement]:
    return {statement.words: statement for statement in queries.heard_in(table.stream)}


def _form(table: Table, *words: str, **more: object) -> dict[str, object]:
    heard = _heard(table)
    return {
        "question": "Do you agree with these sentences?",
        "statements": [heard[word].id.hex for word in words],
        "closes_on": "24 November 2025",
        "closes_at": "17:00",
        "quorum": "half",
        "voters": [str(person.id) for person in table.voters],
    } | more


def _poll() -> Poll | None:
    return db.session.scalars(select(Poll)).one_or_none()


def _counted(table: Table, answers: dict[str, list[View]]) -> Poll:
    """Put these to the group, and let each of the voters answer in turn."""
    heard = _heard(table)
    chosen = [heard[words] for words in answers]
    closes_at = now() + voting.LONGEST / 2
    poll = services.ask(table.stream, "Do you agree?", chosen, closes_at, by=table.facilitator)
    for place, person in enumerate(table.voters):
        views = {number: said[place] for number, said in enumerate(answers.values(), 1)}
        voting.cast_views(poll, views, by=person)
    voting.close_and_count(poll, by=table.facilitator)
    db.session.commit()
    return poll


def test_facilitator_puts_statements_to_the_group_in_their_own_words(sam: FlaskClient, table: Table) -> None:
    address = f"/workstreams/{table.stream.id}/statements/ask"
    page = sam.get(address)
    assert [fault for fault in Page(page.text).faults() if "carries no token" not in fault] == []
    assert "6 with lived experience and 6 professionals may vote." in " ".join(page.text.split())
    answer = sam.post(address, data=_form(table, "A smile", "One midwife", quorum="two thirds"))
    poll = _poll()
    assert answer.location == f"/votes/{poll.id}/running"
    assert (poll.kind, poll.state, poll.quorum) == (Kind.STATEMENTS, PollState.OPEN, Quorum.TWO_THIRDS)
    asked = {(one.option.words, one.statement.words) for one in queries.asked_in(poll)}
    assert asked == {("A smile", "A smile"), ("One midwife", "One midwife")}


def test_what_does_not_fit_is_asked_again_and_what_was_ticked_stays(sam: FlaskClient, table: Table) -> None:
    address = f"/workstreams/{table.stream.id}/statements/ask"
    for form, fault in (
        (_form(table, "A smile"), "Choose 2 to 20 sentences."),
        (_form(table, "A smile", "One midwife", closes_on="1 November 2025"), "Choose a day and time later than now"),
        (_form(table, "A smile", "One midwife", voters=[]), "A private vote needs 5 people or more."),
    ):
        answer = sam.post(address, data=form)
        assert (answer.status_code, fault in answer.text) == (422, True)
        assert f'value="{_heard(table)["A smile"].id.hex}" checked' in answer.text
    assert _poll() is None


def test_facilitator_sees_the_ballot_as_a_member_first_and_nothing_is_lost(sam: FlaskClient, table: Table) -> None:
    address = f"/workstreams/{table.stream.id}/statements"
    assert 'formaction="' + f'{address}/preview"' in sam.get(f"{address}/ask").text
    form = _form(table, "A smile", "One midwife", question="Do you see it so?", quorum="two thirds")
    page = sam.post(f"{address}/preview", data=form)
    assert (page.status_code, _poll()) == (200, None)
    text = " ".join(page.text.split())
    for words in ("This is what a member sees.", "Do you see it so?", "There are 2 sentences", "A smile"):
        assert words in text
    assert "Ten is early" not in text
    assert f'action="{address}/ask"' in page.text
    again = sam.post(f"{address}/preview", data=form | {"do": "change"})
    assert (again.status_code, again.text.count(" checked")) == (200, 2 + len(table.voters) + 1)
    assert sam.post(f"{address}/preview", data=_form(table, "A smile")).status_code == 422


def test_group_of_four_is_not_asked_in_private_b11(as_: Visitor, database: None) -> None:
    small = a_table(2, 2, "A small group")
    services.add(small.stream, ["A smile", "One midwife"], by=small.facilitator)
    db.session.commit()
    sam, address = as_(small.facilitator), f"/workstreams/{small.stream.id}/statements/ask"
    assert "A private vote needs 5 people or more." in sam.get(address).text
    assert sam.post(address, data=_form(small, "A smile", "One midwife")).status_code == 403
    with pytest.raises(Refused, match="5 people"):
        services.ask(small.stream, "Agree?", list(_heard(small).values()), now(), by=small.facilitator)


def test_statement_that_was_set_aside_meanwhile_is_not_asked_about(table: Table) -> None:
    chosen = list(_heard(table).values())
    services.set_aside(chosen[0], "Said twice", by=table.lived[0])
    with pytest.raises(Refused, match="One of these was set aside"):
        services.ask(table.stream, "Agree?", chosen, now(), by=table.facilitator)


def test_page_to_ask_says_so_where_nothing_was_said(as_: Visitor, database: None) -> None:
    table = a_table(6, 6)
    db.session.commit()
    text = as_(table.facilitator).get(f"/workstreams/{table.stream.id}/statements/ask").text
    assert "There is nothing to ask about yet" in text


def test_common_ground_tells_in_words_where_both_sides_agree_and_part_b13(as_: Visitor, table: Table) -> None:
    robin, address = as_(table.lived[0]), f"/workstreams/{table.stream.id}/common-ground"
    assert "We have not asked yet" in robin.get(address).text
    theme = services.name_theme(table.stream, "Kindness", by=table.lived[0])
    smile = _heard(table)["A smile"]
    services.sort(table.stream, [Wish(smile.id, None, theme.id)], by=table.lived[0])
    poll = _counted(table, {"A smile": [A] * 12, "Ten is early": [A] * 6 + [D] * 6, "One midwife": [A, D] * 6})
    page = robin.get(address)
    headings = [element.text for element in Page(page.text).all("h2", "h3") if element.text]
    start = headings.index("Where we agree")
    wanted = ["Where we agree", "Kindness", "Where we part", "Not sorted", "Still open", "Not sorted"]
    assert headings[start : start + 6] == wanted
    lines = {one.option.words: one.option.line.reason for one in queries.asked_in(poll)}
    for words, reason in lines.items():
        assert words in page.text
        assert reason in page.text
    assert [fault for fault in Page(page.text).faults() if "carries no token" not in fault] == []
    assert grade(sentences(Page(page.text))) <= 6
    result = " ".join(robin.get(f"/votes/{poll.id}/result").text.split())
    assert "We think alike on 1 of the 3 things that were said. We part on 1." in result
    voting.write_minority_view(poll, "Ten is early for those who come by bus.", by=table.facilitator)
    db.session.commit()
    assert "Ten is early for those who come by bus." in robin.get(f"/votes/{poll.id}/common-ground").text


def test_earlier_votes_stand_beside_the_latest(as_: Visitor, table: Table, clock: Callable[..., None]) -> None:
    first = _counted(table, {"A smile": [A] * 12, "One midwife": [P] * 12})
    clock(2025, 11, 20, 18)
    second = _counted(table, {"A smile": [D] * 12, "Ten is early": [A] * 12})
    text = as_(table.lived[0]).get(f"/workstreams/{table.stream.id}/common-ground").text
    assert "20 November 2025" in text
    assert f'href="/votes/{first.id}/common-ground"' in text
    assert f'href="/votes/{second.id}/common-ground"' not in text


def test_vote_that_too_few_answered_shows_nothing_but_that(as_: Visitor, table: Table) -> None:
    chosen = list(_heard(table).values())
    poll = services.ask(table.stream, "Agree?", chosen, now() + voting.LONGEST, by=table.facilitator)
    voting.cast_views(poll, {1: A, 2: A, 3: A}, by=table.lived[0])
    voting.close_and_count(poll, by=table.facilitator)
    db.session.commit()
    text = as_(table.lived[0]).get(f"/workstreams/{table.stream.id}/common-ground").text
    assert "There is no result." in text
    assert "Where we agree" not in text


def test_common_ground_costs_the_same_for_two_and_for_three(as_: Visitor, table: Table, query_count: list[str]) -> None:
    robin, address, costs = as_(table.lived[0]), f"/workstreams/{table.stream.id}/common-ground", []
    for more in ({}, {"One midwife": [D] * 12}):
        _counted(table, {"A smile": [A] * 12, "Ten is early": [D] * 12} | more)
        robin.get(address)
        query_count.clear()
        robin.get(address)
        costs.append(len(query_count))
    assert costs[0] == costs[1]


def test_which_statement_was_which_option_is_kept(table: Table) -> None:
    poll = _counted(table, {"One midwife": [A] * 12, "A smile": [A] * 12})
    asked = db.session.scalars(select(Asked).where(Asked.poll_id == poll.id).order_by(Asked.number)).all()
    assert [(one.number, one.statement.words) for one in asked] == [(1, "One midwife"), (2, "A smile")]


def test_statement_the_group_was_asked_about_is_not_taken_out(sam: FlaskClient, table: Table) -> None:
    _counted(table, {"One midwife": [A] * 12, "A smile": [A] * 12})
    for words in ("A smile", "Ten is early"):
        services.set_aside(_heard(table)[words], "It names somebody", by=table.facilitator)
    db.session.commit()
    aside = {statement.words: statement.id for statement in queries.said_in(table.stream)}
    text = sam.get(f"/workstreams/{table.stream.id}/themes").text
    assert text.count("Take it out for good") == 1
    assert sam.post(f"/statements/{aside['A smile']}/take-out").status_code == 403
    assert (
        sam.post(f"/statements/{aside['Ten is early']}/take-out").location == f"/workstreams/{table.stream.id}/themes"
    )
    assert {statement.words for statement in queries.said_in(table.stream)} == {"One midwife", "A smile"}
