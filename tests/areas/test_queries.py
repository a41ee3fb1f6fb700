"""Who finds the areas and the proposals, and what it costs."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.areas import queries, services
from coprod.gatherings.models import GatheringKind
from coprod.gatherings.queries import proposed_to
from tests import factories as make
from tests.areas.test_services import proposed


def finds(find, person, key) -> bool:
    try:
        return bool(find(person, key))
    except NoResultFound:
        return False


def test_who_sits_at_the_steering_group_finds_its_areas(table) -> None:
    find = queries.steering_seen_by
    people = (table.alex, table.kim, table.sam, table.robin, table.ada)
    assert [finds(find, one, table.steering.id) for one in people] == [True, True, False, False, False]
    assert not finds(find, table.sam, table.mothers.id), "a group has no areas of its own"


def test_an_area_of_another_programme_is_not_found(table) -> None:
    theirs = make.a_steering_group(make.a_programme("Another"), name="Theirs")
    with pytest.raises(NoResultFound):
        queries.one_area(theirs, table.areas[0].id, None)


def test_a_proposal_is_found_by_the_table_and_those_who_run_a_group(table) -> None:
    wanted = proposed(table)
    people = (table.alex, table.kim, table.sam, table.lou, table.ada, table.robin, make.a_professional("Max"))
    sees = [finds(queries.one_proposal_seen_by, one, wanted.id) for one in people]
    assert sees == [True, True, True, True, True, False, False]
    words = "“Fathers” and “Mothers” spend a development day together"
    assert [proposed_to(one) for one in people] == [[], [], *[[(wanted.id, words)]] * 3, [], []]
    services.let_go(wanted, by=table.alex)
    assert proposed_to(table.sam) == []


def test_which_groups_may_take_up_and_which_may_come_together(table) -> None:
    state = make.WorkstreamState
    make.a_stream(table.programme, "Closed", state=state.CLOSED)
    make.a_stream(table.programme, "Next", state=state.PRIORITISED)
    make.a_stream(table.programme, "A day", kind=make.Kind.GATHERING)
    make.a_stream(make.a_programme("Another"), "Elsewhere")
    assert [one.name for one in queries.tables_for(table.steering)] == ["A day", "Fathers", "Mothers", "Next"]
    assert [one.name for one in queries.groups_for(table.steering)] == ["Fathers", "Mothers", "Steering group"]


def cost(table, query_count) -> int:
    query_count.clear()
    queries.areas_of(table.steering, None)
    queries.proposals_of(table.steering)
    return len(query_count)


def test_the_list_costs_the_same_for_one_and_for_three(table, query_count) -> None:
    services.order(table.steering, {}, "First", by=table.alex)
    services.take_up(table.steering, table.areas[:1], table.mothers, by=table.alex)
    proposed(table)
    one = cost(table, query_count)
    for number in range(2):
        services.order(table.steering, {table.areas[number].id: 3}, "Again", by=table.alex)
        services.take_up(table.steering, table.areas[number : number + 2], table.fathers, by=table.alex)
        proposed(table, GatheringKind.JOINT_SESSION)
    assert cost(table, query_count) == one
