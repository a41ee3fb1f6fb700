"""Principles and priorities: numbers, versions, and what a group ratified."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.principles import services
from coprod.principles.models import Principle, Priority
from coprod.programmes.models import Programme
from coprod.workstreams.models import Workstream
from tests import factories

DAY = date(2024, 11, 18)


@pytest.fixture
def programme(database: None) -> Programme:
    return factories.a_programme()


@pytest.fixture
def sam(programme: Programme) -> Person:
    return factories.a_professional()


@pytest.fixture
def stream(programme: Programme, sam: Person) -> Workstream:
    return factories.a_stream(programme, facilitator=sam)


def said(principle: Principle) -> list[tuple[object, ...]]:
    db.session.refresh(principle)
    return [(v.number, v.wording, v.is_example, v.ratified_on) for v in principle.versions]


def test_new_ones_take_the_next_number_of_their_programme(
    programme: Programme, stream: Workstream, sam: Person
) -> None:
    db.session.add(Principle(programme=programme, number=8, wording="Kind"))
    db.session.add(Priority(programme=factories.a_programme("Another"), number=4, wording="Not ours"))
    added = [services.add_principle(programme, words, is_example=False, by=sam) for words in ("Fair", "Open")]
    priority = services.add_priority(programme, "One midwife", is_example=True, by=sam)

    assert [principle.number for principle in added] == [9, 10]
    assert (priority.number, priority.is_example) == (1, True)
    assert said(added[0]) == [(1, "Fair", False, None)]
    assert [entry.verb for entry in db.session.scalars(select(Entry))] == ["added"] * 3


def test_other_words_are_a_new_version_that_nobody_ratified(
    programme: Programme, stream: Workstream, sam: Person
) -> None:
    principle = services.add_principle(programme, "Fair", is_example=False, by=sam)
    services.ratify(principle, stream, DAY, by=sam)
    services.word(principle, "Fair", is_example=False, by=sam)
    assert (principle.version, principle.ratified_on, principle.ratified_by) == (1, DAY, stream)

    services.word(principle, "Fair to all", is_example=False, by=sam)

    assert (principle.version, principle.ratified_on, principle.ratified_by) == (2, None, None)
    assert said(principle) == [(1, "Fair", False, DAY), (2, "Fair to all", False, None)]
    verbs = list(db.session.scalars(select(Entry.verb).order_by(Entry.at, Entry.id)))
    assert sorted(verbs) == ["added", "ratified", "worded"]


def test_ratifying_is_refused_where_it_cannot_be(programme: Programme, stream: Workstream, sam: Person) -> None:
    words = services.add_principle(programme, "Fair", is_example=False, by=sam)
    example = services.add_principle(programme, "Principle 2 (example wording)", is_example=True, by=sam)
    robin = factories.a_person()
    elsewhere = factories.a_stream(factories.a_programme("Another"), "Afar", facilitator=sam)
    tomorrow = today() + timedelta(1)
    for principle, group, on, by, why in (
        (words, stream, DAY, robin, "Only a facilitator can do this."),
        (words, stream, tomorrow, sam, "This day has not come yet."),
        (example, stream, DAY, sam, "This is still example wording. Give it the agreed words first."),
        (words, elsewhere, DAY, sam, "This group belongs to another programme."),
    ):
        with pytest.raises(Refused, match=why):
            services.ratify(principle, group, on, by=by)
    services.ratify(words, stream, today(), by=sam)
    with pytest.raises(Refused, match="ratified already"):
        services.ratify(words, stream, today(), by=sam)


def test_a_yes_is_to_the_words_that_were_read(programme: Programme, stream: Workstream, sam: Person) -> None:
    principle = services.add_principle(programme, "Fair", is_example=False, by=sam)
    db.session.commit()
    read = principle.version
    # Somebody else's words, between the reading and the yes: behind this session's back.
    db.session.execute(
        Principle.__table__.update().where(Principle.__table__.c.id == principle.id).values(version=read + 1)  # type: ignore[attr-defined]
    )
    with pytest.raises(Refused, match="The words have changed"):
        services.ratify(principle, stream, DAY, by=sam)


def test_services_ask_the_rule_themselves(programme: Programme) -> None:
    principle = Principle(programme=programme, number=1, wording="Fair")
    priority = Priority(programme=programme, number=1, wording="Soon")
    factories.keep(principle, priority)
    robin = factories.a_person()
    for do in (
        lambda: services.add_principle(programme, "X", is_example=False, by=robin),
        lambda: services.add_priority(programme, "X", is_example=False, by=robin),
        lambda: services.word(principle, "X", is_example=False, by=robin),
        lambda: services.link(priority, [], by=robin),
    ):
        with pytest.raises(Refused, match="Only a facilitator"):
            do()


def test_other_words_meanwhile_are_not_lost_r4(programme: Programme, stream: Workstream, sam: Person) -> None:
    principle = services.add_principle(programme, "Fair", is_example=False, by=sam)
    services.word(principle, "Fair to all", is_example=False, read="Fair", by=sam)
    with pytest.raises(Overtaken):
        services.word(principle, "Open", is_example=False, read="Fair", by=sam)
    services.word(principle, "Fair to all", is_example=False, read="Fair", by=sam)
    assert said(principle) == [(1, "Fair", False, None), (2, "Fair to all", False, None)]


def test_links_that_two_change_at_once_all_stay_r4(programme: Programme, stream: Workstream, sam: Person) -> None:
    a, b, c = (services.add_principle(programme, words, is_example=False, by=sam) for words in "ABC")
    priority = services.add_priority(programme, "Sooner", is_example=False, by=sam)
    services.link(priority, [a], by=sam)
    services.link(priority, [a, b], read=[a], by=sam)
    services.link(priority, [c], read=[a], by=sam)
    assert priority.principles == [b, c]
    services.link(priority, [b, c], by=sam)
    assert [entry.verb for entry in db.session.scalars(select(Entry))].count("linked") == 3
