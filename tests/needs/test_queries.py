"""Who can read what helps somebody to come: the facilitators of her groups, and nobody else (P1)."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.messages.models import PartOfDay
from coprod.needs import queries, services
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.workstreams.models import MembershipState
from tests.factories import a_membership, a_person
from tests.needs.conftest import MUCH, Table


def test_only_who_runs_the_group_finds_its_needs(table: Table) -> None:
    """P1: for everybody else, admins and the chair among them, there is nothing there."""
    assert queries.run_by(table.sam, table.stream.id) is table.stream
    for who in (table.robin, *table.others.values()):
        with pytest.raises(NoResultFound):
            queries.run_by(who, table.stream.id)


def test_who_ran_the_group_finds_nothing_once_she_has_left(table: Table) -> None:
    """P6."""
    table.place(table.sam).state = MembershipState.LEFT
    with pytest.raises(NoResultFound):
        queries.run_by(table.sam, table.stream.id)


def test_lines_are_of_those_who_come_or_are_on_the_way(table: Table) -> None:
    lines = queries.lines_of(table.stream)
    assert [(line.membership.person.alias, line.wanted) for line in lines] == [("Kit", Wanted()), ("Robin", MUCH)]

    table.place(table.robin).state = MembershipState.LEFT
    assert [line.membership.person.alias for line in queries.lines_of(table.stream)] == ["Kit"]


def test_lines_cost_the_same_for_one_and_for_many(table: Table, query_count: list[str]) -> None:
    queries.lines_of(queries.run_by(table.sam, table.stream.id))
    query_count.clear()
    queries.lines_of(queries.run_by(table.sam, table.stream.id))
    before = len(query_count)
    for alias in ("Ann", "Bea", "Cor"):
        person = a_person(alias)
        a_membership(table.stream, person)
        services.say(person, Wanted((Help.BUS,)), by=person)
    query_count.clear()
    queries.lines_of(queries.run_by(table.sam, table.stream.id))
    assert len(query_count) == before


def test_what_never_works_is_told_of_members_who_come_and_without_names(table: Table) -> None:
    """Journey 12."""
    mondays = frozenset((0, part) for part in PartOfDay)
    assert sorted(queries.never_among(table.stream), key=len) == [frozenset(), mondays]
    table.place(table.robin).state = MembershipState.LEFT
    assert queries.never_among(table.stream) == [frozenset()]
