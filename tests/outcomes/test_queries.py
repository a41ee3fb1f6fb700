"""Who sees which measure, and what finding it costs."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.outcomes import queries, rules
from coprod.outcomes.models import MeasureKind, Unit
from coprod.workstreams.models import MembershipState
from tests import factories as make
from tests.outcomes.builders import a_proposal, a_recommendation, an_indicator


def sees(person, indicator) -> bool:
    try:
        found = queries.one_seen_by(person, indicator.id)
        assert queries.recommendation_seen_by(person, indicator.recommendation_id) == found.recommendation
    except NoResultFound:
        with pytest.raises(NoResultFound):
            queries.recommendation_seen_by(person, indicator.recommendation_id)
        return False
    return True


def test_the_stream_and_its_steering_group_see_a_measure_and_nobody_else(table) -> None:
    indicator = an_indicator(table.recommendation)
    admin = make.an_admin()
    for person in (table.sam, table.robin, table.mia, table.alex, table.kim):
        assert sees(person, indicator)
    for person in (table.cyd, admin):
        assert not sees(person, indicator)


def test_the_steering_group_does_not_see_what_was_not_sent(table) -> None:
    unsent = a_recommendation(table.stream, table.steering, number=2, title="An idea", submitted_on=None)
    indicator = an_indicator(unsent)
    assert sees(table.robin, indicator)
    assert not sees(table.alex, indicator)


def test_who_has_left_no_longer_sees(table) -> None:
    indicator = an_indicator(table.recommendation)
    gone = make.a_person("Gone")
    make.a_membership(table.stream, gone, state=MembershipState.LEFT)
    assert not sees(gone, indicator)


def test_another_streams_measure_stays_unseen(table) -> None:
    other = make.a_stream(table.programme, "Mapping", members=[table.cyd])
    an_indicator(a_recommendation(other, table.steering, number=2, title="A map"))
    indicator = an_indicator(table.recommendation)
    assert not sees(table.cyd, indicator)
    assert [one.id for one in queries.indicators_of(table.recommendation)] == [indicator.id]


def test_a_reading_is_seen_where_its_measure_is(table) -> None:
    reading = an_indicator(table.recommendation, "Knew her name", 50).readings[0]
    assert queries.reading_seen_by(table.robin, reading.id) == reading
    with pytest.raises(NoResultFound):
        queries.reading_seen_by(table.cyd, reading.id)


def test_what_waits_is_seen_by_the_keepers_alone(table) -> None:
    """Features 77: nothing shows outside the keepers before a second person has approved."""
    proposal = a_proposal(an_indicator(table.recommendation), table.sam)
    for person in (table.sam, table.alex):
        assert queries.proposal_seen_by(person, proposal.id) == proposal
    for person in (table.robin, table.mia, table.kim, table.cyd):
        with pytest.raises(NoResultFound):
            queries.proposal_seen_by(person, proposal.id)


def test_outcomes_come_first_then_the_doing_then_harm_elsewhere(table) -> None:
    for name, kind in (
        ("Days to wait", MeasureKind.BALANCING),
        ("Calls", MeasureKind.PROCESS),
        ("Knew her name", MeasureKind.OUTCOME),
        ("Felt heard", MeasureKind.OUTCOME),
    ):
        an_indicator(table.recommendation, name, kind=kind, unit=Unit.DAYS)
    names = [one.name for one in queries.indicators_of(table.recommendation)]
    assert names == ["Felt heard", "Knew her name", "Calls", "Days to wait"]


@pytest.mark.parametrize(("rows", "readings"), [(1, 20), (3, 20), (1, 60), (3, 60)])
def test_the_list_costs_the_same_however_long(table, query_count, rows, readings) -> None:
    for number in range(rows):
        an_indicator(table.recommendation, f"Measure {number}", *range(readings))
    db.session.commit()
    recommendation = queries.recommendation_seen_by(table.robin, table.recommendation.id)
    query_count.clear()
    found = queries.indicators_of(recommendation)
    charts = [rules.chart_of(one) for one in found]
    kept = [kept for one in found for reading in one.readings for kept in reading.corrections]
    keepers = [one.keepers for one in found]
    assert (len(charts), len(charts[0].readings), kept, keepers) == (rows, readings, [], [[]] * rows)
    assert len(query_count) == 6


@pytest.mark.parametrize("readings", [20, 60])
def test_one_costs_the_same_however_many_readings(table, query_count, readings) -> None:
    key = an_indicator(table.recommendation, "Knew her name", *range(readings)).id
    sam = table.sam
    db.session.commit()
    assert sam.alias
    query_count.clear()
    indicator = queries.one_seen_by(sam, key)
    assert rules.may_keep(sam, indicator)
    assert len(rules.chart_of(indicator).readings) == readings
    assert len(query_count) == 10
