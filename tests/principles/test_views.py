from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person
from coprod.principles import queries, services
from coprod.principles.models import Principle, Priority
from coprod.programmes.models import Programme
from tests import factories

As = Callable[..., FlaskClient]


def fill(programme: Programme, n: int) -> tuple[Principle, Priority]:
    principle = Principle(programme=programme, number=n, wording=f"Principle {n} (example wording)", is_example=True)
    priority = Priority(programme=programme, number=n, wording=f"Words {n}", principles=[principle])
    factories.keep(principle, priority)
    return principle, priority


@pytest.fixture
def programme(database: None) -> Programme:
    return factories.a_programme()


@pytest.fixture
def sam(programme: Programme) -> Person:
    person = factories.a_professional()
    factories.a_stream(programme, facilitator=person)
    return person


def test_index_numbers_both_and_links_both_ways(as_: As, programme: Programme) -> None:
    fill(programme, 1)
    page = as_(factories.a_person()).get(f"/programmes/{programme.id}/principles").text

    assert ('href="#priority-1"' in page, 'href="#principle-1"' in page) == (True, True)
    assert page.count('<span class="chip">Example</span>') == 1
    assert ("Words 1" in page, "Edit" in page) == (True, False)


def test_index_without_any_says_where_they_come_from(as_: As, programme: Programme) -> None:
    assert "None yet" in as_(factories.a_person()).get(f"/programmes/{programme.id}/principles").text


def test_index_costs_the_same_with_one_and_three_rows(
    as_: As, programme: Programme, sam: Person, query_count: list[str]
) -> None:
    visitor = as_(sam)

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert visitor.get(f"/programmes/{programme.id}/principles").text.count("Edit<") == 2 * rows
        return len(query_count)

    fill(programme, rows := 1)
    one = cost()
    fill(programme, 2)
    fill(programme, rows := 3)
    assert cost() == one


def test_wording_stays_an_example_until_somebody_says_otherwise(as_: As, programme: Programme, sam: Person) -> None:
    principle, _ = fill(programme, 1)
    visitor, address = as_(sam), f"/principles/{principle.id}/edit"

    assert "Principle 1 (example wording)" in visitor.get(address).text
    answer = visitor.post(address, data={"wording": "Be kind"})
    assert (principle.wording, principle.is_example) == ("Be kind", True)
    visitor.post(address, data={"wording": "Be kind", "is_agreed": "y"})
    assert (principle.wording, principle.is_example) == ("Be kind", False)
    assert answer.location == f"/programmes/{programme.id}/principles"


def test_priority_is_worded_and_linked(as_: As, programme: Programme, sam: Person) -> None:
    first, priority = fill(programme, 1)
    second, _ = fill(programme, 2)
    visitor, address = as_(sam), f"/priorities/{priority.id}/edit"

    page = visitor.get(address).text
    visitor.post(address, data={"wording": "Sooner", "principles": [str(second.id)], "is_agreed": "y"})

    assert (f'value="{first.id}"' in page, page.count("checked")) == (True, 2)
    assert (priority.wording, priority.principles) == ("Sooner", [second])
    assert [entry.verb for entry in db.session.scalars(select(Entry).order_by(Entry.verb))] == ["linked", "worded"]


@pytest.mark.parametrize("kind", ["principles", "priorities"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"wording": ""}, "Give it some words."),
        ({"wording": "x" * 401}, "Use 400 letters at most."),
        ({"wording": "Number 943 476 5919"}, "This looks like an NHS number."),
    ],
)
def test_wording_asks_again_and_stores_nothing(
    as_: As, programme: Programme, sam: Person, kind: str, typed: dict[str, str], said: str
) -> None:
    thing = fill(programme, 1)[kind == "priorities"]
    before = thing.wording

    answer = as_(sam).post(f"/{kind}/{thing.id}/edit", data=typed)

    assert (answer.status_code, said in answer.text, typed["wording"] in answer.text) == (422, True, True)
    assert thing.wording == before


def test_priority_refuses_a_principle_that_is_not_there(as_: As, programme: Programme, sam: Person) -> None:
    _, priority = fill(programme, 1)
    answer = as_(sam).post(f"/priorities/{priority.id}/edit", data={"wording": "X", "principles": ["nonsense"]})
    assert answer.status_code == 422


@pytest.mark.parametrize("kind", ["principles", "priorities"])
def test_wording_is_refused_to_members(as_: As, programme: Programme, kind: str) -> None:
    thing = fill(programme, 1)[kind == "priorities"]
    visitor = as_(factories.a_person())
    assert visitor.get(f"/{kind}/{thing.id}/edit").status_code == 403
    assert visitor.post(f"/{kind}/{thing.id}/edit", data={"wording": "X"}).status_code == 403


def test_services_ask_the_rule_themselves(programme: Programme) -> None:
    principle, priority = fill(programme, 1)
    robin = factories.a_person()
    with pytest.raises(Refused, match="Only a facilitator"):
        services.word(principle, "X", is_example=False, by=robin)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.link(priority, [], by=robin)


def test_lists_are_of_one_programme_in_order(programme: Programme) -> None:
    fill(programme, 2)
    fill(programme, 1)
    fill(factories.a_programme("Another"), 3)
    assert [principle.number for principle in queries.principles_of(programme)] == [1, 2]
    assert [priority.number for priority in queries.priorities_of(programme)] == [1, 2]
