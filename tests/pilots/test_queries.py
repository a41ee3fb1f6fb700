"""Who sees which pilot, and what finding them costs."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.outcomes.queries import indicators_of
from coprod.pilots import queries, rules
from coprod.pilots.models import TestCycleState
from coprod.recommendations.models import State
from coprod.steering.models import Verdict
from tests import factories as make
from tests.outcomes.builders import a_recommendation, an_indicator
from tests.pilots.builders import a_decision, a_pilot, a_test_cycle


def sees(person, pilot) -> bool:
    listed = pilot in queries.pilots_seen_by(person)
    try:
        assert queries.one_seen_by(person, pilot.id) == pilot
        found = True
    except NoResultFound:
        found = False
    assert found == listed
    return found


def test_the_stream_and_the_steering_group_see_a_pilot_and_nobody_else(table, pilot) -> None:
    admin = make.an_admin()
    other = make.a_stream(table.programme, "Mapping", members=[table.cyd])
    assert other
    for person in (table.sam, table.robin, table.alex, table.kim, table.lou):
        assert sees(person, pilot)
    for person in (table.cyd, admin):
        assert not sees(person, pilot)


def test_a_test_cycle_is_seen_where_its_pilot_is(table, pilot) -> None:
    test_cycle = a_test_cycle(pilot)
    assert queries.test_cycle_seen_by(table.robin, test_cycle.id) == test_cycle
    with pytest.raises(NoResultFound):
        queries.test_cycle_seen_by(table.cyd, test_cycle.id)


def test_a_recommendation_without_a_pilot_has_none(table) -> None:
    assert queries.pilot_of(table.recommendation) is None


def test_the_latest_verdict_is_the_verdict(table) -> None:
    assert queries.verdict_on(table.recommendation) == Verdict.ACCEPT
    a_decision(table.recommendation, Verdict.DECLINE, number=2)
    assert queries.verdict_on(table.recommendation) == Verdict.DECLINE


def test_the_chair_finds_what_is_ready_for_a_pilot(table) -> None:
    fields = {"number": 2, "title": "A map", "state": State.REPLIED}
    declined = a_recommendation(table.stream, table.steering, **fields)
    a_decision(declined, Verdict.DECLINE, number=2)
    unanswered = a_recommendation(table.stream, table.steering, number=3, title="A call", state=State.ACCEPTED)
    a_decision(unanswered, Verdict.ACCEPT, number=3)
    assert queries.ready_for_a_pilot(table.alex) == [table.recommendation]
    for person in (table.kim, table.sam, table.cyd):
        assert queries.ready_for_a_pilot(person) == []
    a_pilot(table.recommendation, table.kim)
    assert queries.ready_for_a_pilot(table.alex) == []


def fill(table, pilots: int, readings: int) -> None:
    for number in range(2, pilots + 2):
        recommendation = a_recommendation(table.stream, table.steering, number=number, title=f"Idea {number}")
        measures = [an_indicator(recommendation, f"Measure {one}", *range(readings)) for one in range(pilots)]
        made = a_pilot(recommendation, table.kim, title=f"Pilot {number}")
        for _ in range(pilots):
            a_test_cycle(made, TestCycleState.ADAPT, measures=list(measures))
    db.session.commit()


@pytest.mark.parametrize(("pilots", "readings"), [(1, 20), (3, 20), (1, 60), (3, 60)])
def test_the_list_costs_the_same_however_long(table, query_count, pilots, readings) -> None:
    fill(table, pilots, readings)
    person = table.robin
    assert person.alias
    query_count.clear()
    found = queries.pilots_seen_by(person)
    said = [(one.owner.alias, one.aim, rules.stage_words(one)) for one in found]
    assert len(said) == pilots
    assert [rules.LIFECYCLE.open_to(person, one) for one in found] == [[]] * pilots
    assert [len(rules.may_own(one.recommendation)) for one in found] == [5] * pilots
    assert len(query_count) == 5


@pytest.mark.parametrize(("rows", "readings"), [(1, 20), (3, 20), (1, 60), (3, 60)])
def test_one_pilot_costs_the_same_however_much_it_has(table, query_count, rows, readings) -> None:
    fill(table, rows, readings)
    person, key = table.robin, queries.pilots_seen_by(table.robin)[0].id
    db.session.commit()
    assert person.alias
    query_count.clear()
    pilot = queries.one_seen_by(person, key)
    measures = indicators_of(pilot.recommendation)
    assert (len(pilot.test_cycles), len(measures), len(rules.headline(measures))) == (rows, rows, 3)
    assert len(query_count) == 16
