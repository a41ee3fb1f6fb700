from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

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
    read = {"read": principle.wording}
    answer = visitor.post(address, data={"wording": "Be kind"} | read)
    assert (principle.wording, principle.is_example) == ("Be kind", True)
    visitor.post(address, data={"wording": "Be kind", "is_agreed": "y"} | read)
    assert (principle.wording, principle.is_example) == ("Be kind", False)
    assert answer.location == f"/programmes/{programme.id}/principles"


def test_priority_is_worded_and_linked(as_: As, programme: Programme, sam: Person) -> None:
    first, priority = fill(programme, 1)
    second, _ = fill(programme, 2)
    visitor, address = as_(sam), f"/priorities/{priority.id}/edit"

    page = visitor.get(address).text
    read = {"read": priority.wording, "linked": str(first.id)}
    visitor.post(address, data={"wording": "Sooner", "principles": [str(second.id)], "is_agreed": "y"} | read)

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


def test_lists_are_of_one_programme_in_order(programme: Programme) -> None:
    fill(programme, 2)
    fill(programme, 1)
    fill(factories.a_programme("Another"), 3)
    assert [principle.number for principle in queries.principles_of(programme)] == [1, 2]
    assert [priority.number for priority in queries.priorities_of(programme)] == [1, 2]


# --- Adding, ratifying, and the page of one.


def test_adding_a_principle_and_a_priority(as_: As, programme: Programme, sam: Person) -> None:
    visitor, home = as_(sam), f"/programmes/{programme.id}/principles"
    page = visitor.get(f"{home}/new").text
    answer = visitor.post(f"{home}/new", data={"wording": "Be kind", "is_agreed": "y"})
    (principle,) = queries.principles_of(programme)
    asked = visitor.get(f"/programmes/{programme.id}/priorities/new").text
    typed = {"wording": "Sooner", "principles": [str(principle.id)]}
    second = visitor.post(f"/programmes/{programme.id}/priorities/new", data=typed)
    (priority,) = queries.priorities_of(programme)

    assert ("Add a principle" in page, "1. Be kind" in asked) == (True, True)
    assert (answer.location, second.location) == (home, home)
    assert (principle.number, principle.version, principle.is_example) == (1, 1, False)
    assert (priority.wording, priority.is_example, priority.principles) == ("Sooner", True, [principle])


@pytest.mark.parametrize("kind", ["principles", "priorities"])
def test_adding_asks_again_and_is_refused_to_members(as_: As, programme: Programme, sam: Person, kind: str) -> None:
    address = f"/programmes/{programme.id}/{kind}/new"
    again = as_(sam).post(address, data={"wording": ""})
    robin = as_(factories.a_person())

    assert (again.status_code, "Give it some words." in again.text) == (422, True)
    assert (robin.get(address).status_code, robin.post(address, data={"wording": "X"}).status_code) == (403, 403)
    assert queries.principles_of(programme) == queries.priorities_of(programme) == []


def test_a_group_ratifies_several_at_once(as_: As, programme: Programme, sam: Person) -> None:
    fill(programme, 1)
    two, three, four = (services.add_principle(programme, f"Words {n}", is_example=False, by=sam) for n in (2, 3, 4))
    db.session.commit()
    visitor, address = as_(sam), f"/programmes/{programme.id}/principles/ratify"
    page = visitor.get(address).text
    ticks = [f"{principle.id}.1" for principle in (two, four)]
    (group,) = queries.facilitated_by(sam, programme)
    typed = {"principles": ticks, "group": str(group.id), "on": "18 November 2024"}
    answer = visitor.post(address, data=typed)
    listed = visitor.get(f"/programmes/{programme.id}/principles").text

    assert ("example wording" in page, [f"{n}. Words {n}" in page for n in (2, 3, 4)]) == (False, [True] * 3)
    assert answer.location == f"/programmes/{programme.id}/principles"
    assert [one.ratified_on for one in (two, three, four)] == [date(2024, 11, 18), None, date(2024, 11, 18)]
    assert listed.count("Ratified by Practice models on 18 November 2024") == 2
    assert (listed.count("Not ratified yet"), "Write down a yes" in listed) == (2, True)
    services.word(two, "Other words", is_example=False, by=sam)
    assert visitor.post(address, data=typed).status_code == 422


def test_whoever_runs_several_groups_says_which_one_said_yes(as_: As, programme: Programme, sam: Person) -> None:
    principle = services.add_principle(programme, "Be kind", is_example=False, by=sam)
    factories.a_stream(programme, "Another group", facilitator=sam)
    db.session.commit()
    visitor, address = as_(sam), f"/programmes/{programme.id}/principles/ratify"
    assert "Choose a group" in visitor.get(address).text
    typed = {"principles": [f"{principle.id}.1"], "group": "", "on": "18 November 2024"}
    answer = visitor.post(address, data=typed)
    assert (answer.status_code, "Say which group." in answer.text, principle.ratified_on) == (422, True, None)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"principles": []}, "Tick what the group said yes to."),
        ({"on": ""}, "Say on which day, like 18 November 2025."),
        ({"on": "1 January 2199"}, "This day has not come yet."),
        ({"group": "nonsense"}, "Choose one of these."),
    ],
)
def test_ratifying_asks_again(as_: As, programme: Programme, sam: Person, change: dict[str, object], why: str) -> None:
    principle = services.add_principle(programme, "Be kind", is_example=False, by=sam)
    (group,) = queries.facilitated_by(sam, programme)
    typed = {"principles": [f"{principle.id}.1"], "group": str(group.id), "on": "18 November 2024"} | change
    answer = as_(sam).post(f"/programmes/{programme.id}/principles/ratify", data=typed)
    assert (answer.status_code, why in answer.text, principle.ratified_on) == (422, True, None)


def test_nothing_to_ratify_says_so_and_others_are_refused(as_: As, programme: Programme, sam: Person) -> None:
    fill(programme, 1)
    address = f"/programmes/{programme.id}/principles/ratify"
    assert "Nothing to say yes to now" in as_(sam).get(address).text
    for other in (factories.a_person(), factories.an_admin()):
        assert (as_(other).get(address).status_code, as_(other).post(address).status_code) == (403, 403)


def test_show_tells_all_a_principle_ever_said(as_: As, programme: Programme, sam: Person) -> None:
    principle, _ = fill(programme, 1)
    example = as_(sam).get(f"/principles/{principle.id}").text
    said = services.add_principle(programme, "Be kind", is_example=False, by=sam)
    services.ratify(said, queries.facilitated_by(sam, programme)[0], date(2024, 11, 18), by=sam)
    services.word(said, "Be kind to all", is_example=False, by=sam)
    db.session.commit()
    page = as_(factories.a_person()).get(f"/principles/{said.id}").text

    assert ("no group can ratify them" in example, "Words 1" in example, "Edit" in example) == (True, True, True)
    services.word(principle, "Be fair", is_example=True, by=sam)
    db.session.commit()
    worded = as_(sam).get(f"/principles/{principle.id}").text

    assert ("What it has said" in example, worded.count("Version ")) == (False, 1)
    assert page.index("Version 2") < page.index("Version 1")
    assert ("Ratified by Practice models on 18 November 2024" in page, "Not ratified yet" in page) == (True, True)
    assert ("no group can" in page, "Edit" in page) == (False, False)


def test_show_costs_the_same_with_one_and_three_versions(
    as_: As, programme: Programme, sam: Person, query_count: list[str]
) -> None:
    principle = services.add_principle(programme, "Words", is_example=False, by=sam)
    (group,) = queries.facilitated_by(sam, programme)
    services.ratify(principle, group, date(2024, 11, 18), by=sam)
    visitor = as_(sam)

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        visitor.get(f"/principles/{principle.id}")
        return len(query_count)

    one = cost()
    for words in ("Other", "Third"):
        services.word(principle, words, is_example=False, by=sam)
        services.ratify(principle, group, date(2024, 11, 18), by=sam)
    assert cost() == one


@pytest.mark.parametrize("kind", ["principles", "priorities"])
def test_words_somebody_else_gave_it_meanwhile_stand_beside_hers_r4(
    as_: As, programme: Programme, sam: Person, kind: str
) -> None:
    thing = fill(programme, 1)[kind == "priorities"]
    visitor, address = as_(sam), f"/{kind}/{thing.id}/edit"
    read = thing.wording
    services.word(thing, "Theirs", is_example=False, by=sam)
    db.session.commit()
    typed = {"wording": "Mine", "is_agreed": "y", "read": read, "linked": ""}
    answer = visitor.post(address, data=typed)
    assert (answer.status_code, "Theirs" in answer.text, "Mine" in answer.text) == (422, True, True)
    assert "Somebody else changed the words" in answer.text
    assert thing.wording == "Theirs"
    assert visitor.post(address, data=typed | {"read": "Theirs"}).status_code == 303
    assert thing.wording == "Mine"


def test_facilitator_of_another_programme_words_nothing_here(as_: As, programme: Programme) -> None:
    principle, _ = fill(programme, 1)
    stranger = factories.a_professional("Elsewhere")
    factories.a_stream(factories.a_programme("Another"), "Afar", facilitator=stranger)
    db.session.commit()
    visitor = as_(stranger)
    assert visitor.get(f"/principles/{principle.id}/edit").status_code == 403
    assert "Edit" not in visitor.get(f"/principles/{principle.id}").text
