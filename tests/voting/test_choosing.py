"""Choosing up to n of several things: what a group reads of it, and how it settles a tie."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.principles.models import Priority
from coprod.voting import rules, services
from coprod.voting.models import Kind, Poll, Standing
from tests import factories
from tests.voting.ballots import Table, a_table, an_open_vote, counted, everybody_answers

As = Callable[..., FlaskClient]


def a_choice(table: Table, things: list[str | Priority], most: int = 2) -> Poll:
    poll = services.draft(table.stream, "Which first?", by=table.facilitator, kind=Kind.PICK, options=things, most=most)
    services.open_vote(poll, now() + timedelta(days=4), by=table.facilitator)
    db.session.commit()
    return poll


def everybody_picks(table: Table, poll: Poll, picks: list[set[int]]) -> None:
    for person, numbers in zip(table.voters, picks, strict=True):
        services.cast_picks(poll, numbers, by=person)
    counted(table, poll)


def a_tie(table: Table) -> Poll:
    """A comes first; B and C are level, and only one of them has a place; nobody picks D."""
    poll = a_choice(table, ["A", "B", "C", "D"])
    everybody_picks(table, poll, [{1, 2}, {1, 3}] * (len(table.voters) // 2))
    return poll


def standings(poll: Poll) -> list[str]:
    return [str(option.line.standing) for option in poll.options if option.line]


@pytest.fixture
def table(database: None) -> Table:
    return a_table(4, 2)


def test_chosen_says_in_order_what_was_chosen_and_why(as_: As, table: Table) -> None:
    poll = a_tie(table)
    page = as_(table.lived[0]).get(f"/votes/{poll.id}/chosen").text

    assert [page.index(f">{words}<") for words in "ABC"] == sorted(page.index(f">{words}<") for words in "ABC")
    assert "More than half of those who answered picked it. It is one of those picked most." in page
    assert "There is room for 1 of these 2. The group talks about it and takes one." in page
    assert ("Each person who picked counts the same." in page, "Write it down" in page) == (True, False)


def test_chosen_and_result_show_the_one_published_form_o10(as_: As, table: Table) -> None:
    poll = a_tie(table)
    visitor = as_(table.lived[0])
    published = "There is room for 1 of these 2."
    assert [published in visitor.get(f"/votes/{poll.id}/{page}").text for page in ("chosen", "result")] == [True, True]


def test_chosen_says_how_sides_count_where_they_do(as_: As, database: None) -> None:
    """B13: with nine on a side its place alone, and nothing of parents or workers apart."""
    table = a_table(6, 9)
    poll = a_choice(table, ["A", "B", "C"])
    everybody_picks(table, poll, [{1}] * 6 + [{1, 2}] * 6 + [{2}] * 3)
    page = as_(table.lived[0]).get(f"/votes/{poll.id}/chosen").text

    assert ("It is one of those picked most." in page, "workers picked it" in page) == (True, False)
    assert "Parents and workers count the same, however many they are." in page
    assert ("Level" in page, standings(poll)) == (False, ["chosen", "chosen", "not chosen"])


def test_a_facilitator_writes_down_what_the_group_took(as_: As, table: Table) -> None:
    poll = a_tie(table)
    visitor, address = as_(table.facilitator), f"/votes/{poll.id}/tie"
    before = visitor.get(f"/votes/{poll.id}/chosen").text
    answer = visitor.post(address, data={"taken": ["3"]})
    page = visitor.get(answer.location).text

    assert ('value="2"' in before, 'value="3"' in before, 'value="1"' in before) == (True, True, False)
    assert answer.location == f"/votes/{poll.id}/chosen"
    assert standings(poll) == ["chosen", "not chosen", "chosen", "not chosen"]
    assert "It came out level. The group talked about it, and took it." in page
    assert "It came out level. The group talked about it, and did not take it." in page
    assert ("There is room for" in page, "The group talks about which to take" in page) == (False, False)


@pytest.mark.parametrize(
    ("taken", "why"),
    [
        ([], "Tick what the group took."),
        (["2", "3"], "There is room for 1. Tick fewer."),
        (["1"], "Choose from these."),
        (["nonsense"], "Choose from these."),
    ],
)
def test_settling_asks_again(as_: As, table: Table, taken: list[str], why: str) -> None:
    poll = a_tie(table)
    answer = as_(table.facilitator).post(f"/votes/{poll.id}/tie", data={"taken": taken})
    assert (answer.status_code, why in answer.text, standings(poll)[1]) == (422, True, "tied")


def test_settling_is_for_the_facilitator_and_once(as_: As, table: Table) -> None:
    poll = a_tie(table)
    assert as_(table.lived[0]).post(f"/votes/{poll.id}/tie", data={"taken": ["2"]}).status_code == 403
    assert as_(factories.a_professional()).get(f"/votes/{poll.id}/chosen").status_code == 404
    services.settle_tie(poll, [2], by=table.facilitator)
    with pytest.raises(Refused, match="no tie"):
        services.settle_tie(poll, [3], by=table.facilitator)


def test_chosen_is_for_votes_that_choose(as_: As, table: Table) -> None:
    poll = an_open_vote(table)
    everybody_answers(table, poll, [5] * 6)
    counted(table, poll)
    visitor = as_(table.facilitator)
    assert [visitor.get(f"/votes/{poll.id}/chosen").status_code, visitor.post(f"/votes/{poll.id}/tie").status_code] == [
        404,
        404,
    ]


def test_chosen_costs_the_same_with_few_and_many_things(as_: As, table: Table, query_count: list[str]) -> None:
    def cost(things: int) -> int:
        poll = a_choice(table, [f"Thing {n}" for n in range(things)], most=1)
        everybody_picks(table, poll, [{1}] * len(table.voters))
        db.session.expire_all()
        visitor = as_(table.facilitator)
        query_count.clear()
        assert f"Thing {things - 1}" in visitor.get(f"/votes/{poll.id}/chosen").text
        return len(query_count)

    assert cost(2) == cost(9)


def test_a_settled_reason_keeps_who_picked_it() -> None:
    level = f"Half of those who answered, or fewer, picked it. {rules.picking.WHY[Standing.TIED]}"
    assert rules.settled(level, Standing.CHOSEN) == (
        "Half of those who answered, or fewer, picked it. It came out level. The group talked about it, and took it."
    )


# --- The programme's priorities, ready to be picked from, and where they were chosen.


@pytest.fixture
def priorities(table: Table) -> list[Priority]:
    programme = table.stream.programme
    words = ["One midwife", "Priority 2 (example wording)", "A card to carry", "Help at home"]
    said = [Priority(programme=programme, number=n, wording=w, is_example=True) for n, w in enumerate(words, 1)]
    factories.keep(*said)
    return said


def typed(**change: object) -> dict[str, object]:
    closes = now() + timedelta(days=3)
    common = {"quorum": "half", "rule": "parents and the whole group", "where": "online", "most": "2"}
    asked = {"question": "Which first?", "kind": "pick", "closes_on": closes.date().isoformat(), "closes_at": "17:00"}
    return common | asked | change


def test_a_new_vote_offers_the_priorities_that_have_words(as_: As, table: Table, priorities: list[Priority]) -> None:
    visitor, address = as_(table.facilitator), f"/workstreams/{table.stream.id}/votes/new"
    page = visitor.get(address).text
    first, unworded, card, _ = priorities
    voters = [str(person.id) for person in table.voters]
    ticked = typed(voters=voters, priorities=[str(first.id), str(card.id), "nonsense"], options="A place to sit")
    again = visitor.post(address, data=ticked)
    preview = visitor.post(
        f"/workstreams/{table.stream.id}/votes/preview",
        data=typed(voters=voters, priorities=[str(card.id)], options="A place to sit\nA phone", most="1"),
    ).text
    few = visitor.post(address, data=typed(voters=voters, priorities=[str(card.id)], most="1")).text
    visitor.post(address, data=ticked | {"priorities": [str(first.id), str(card.id)]})
    (poll,) = db.session.scalars(select(Poll)).all()

    assert (str(first.id) in page, str(unworded.id) in page, "What else can people pick from?" in page) == (
        True,
        False,
        True,
    )
    assert (again.status_code, "Tick or write 2 to 40, one on each line." in few) == (422, True)
    assert ("A card to carry" in preview, "A place to sit" in preview) == (True, True)
    assert [(option.words, option.priority) for option in poll.options] == [
        ("One midwife", first),
        ("A card to carry", card),
        ("A place to sit", None),
    ]


def test_the_list_of_priorities_says_which_vote_chose_each(
    as_: As, table: Table, priorities: list[Priority], query_count: list[str]
) -> None:
    first, _, card, home = priorities
    address = f"/programmes/{table.stream.programme_id}/principles"
    visitor = as_(table.lived[0])

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        visitor.get(address)
        return len(query_count)

    none = cost()
    poll = a_choice(table, [first, card, home])
    everybody_picks(table, poll, [{1, 2}] * 6)
    db.session.commit()
    page = visitor.get(address).text
    elsewhere = as_(factories.a_person()).get(address).text

    assert page.count("Chosen in a vote") == page.count(f"/votes/{poll.id}/result") == 2
    assert f"of Practice models on {poll.counted_on:%-d %B %Y}" in page
    assert ("Chosen in a vote" in elsewhere, cost()) == (False, none)
