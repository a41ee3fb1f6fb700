"""Measures, readings and corrections as they are made."""

from datetime import date

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.outcomes import queries, services
from coprod.outcomes.models import Direction, MeasureKind, Unit
from tests.outcomes.builders import an_indicator


def verbs() -> list[str]:
    return [entry.verb for entry in db.session.scalars(db.select(Entry).order_by(Entry.at, Entry.id))]


def test_a_facilitator_begins_to_measure(table) -> None:
    made = services.add_indicator(
        table.recommendation,
        "Knew her name",
        MeasureKind.OUTCOME,
        Unit.PERCENT,
        Direction.UP,
        by=table.sam,
        who_is_counted="Parents",
        source="A form",
        baseline=50.0,
        target=60.0,
    )
    assert [one.name for one in queries.indicators_of(table.recommendation)] == ["Knew her name"]
    assert (made.who_is_counted, made.source, made.baseline, made.target) == ("Parents", "A form", 50.0, 60.0)
    assert verbs() == ["measure added"]


def test_a_member_may_not_begin_to_measure(table) -> None:
    with pytest.raises(Refused, match="Only the facilitator"):
        services.add_indicator(
            table.recommendation, "X", MeasureKind.OUTCOME, Unit.PERCENT, Direction.UP, by=table.robin
        )


def test_a_target_that_could_never_be_a_reading_is_refused(table) -> None:
    with pytest.raises(Refused, match="between 0 and 100"):
        services.add_indicator(
            table.recommendation, "X", MeasureKind.OUTCOME, Unit.PERCENT, Direction.UP, by=table.sam, target=160
        )


def test_a_reading_stands_at_the_first_of_its_month_and_in_order(table) -> None:
    indicator = an_indicator(table.recommendation)
    services.add_reading(indicator, date(2025, 10, 31), 52, 40, by=table.alex)
    services.add_reading(indicator, date(2025, 9, 12), 50, 41, by=table.sam, note="After the holidays")
    assert [(one.month, one.value, one.denominator, one.note) for one in indicator.readings] == [
        (date(2025, 9, 1), 50, 41, "After the holidays"),
        (date(2025, 10, 1), 52, 40, ""),
    ]
    assert verbs() == ["reading added", "reading added"]


@pytest.mark.parametrize(
    ("month", "value", "of", "reason"),
    [
        (date(2020, 1, 9), 52, 40, "has a reading already"),
        (date(2025, 12, 1), 52, 40, "has not come yet"),
        (date(2025, 10, 1), 152, 40, "between 0 and 100"),
        (date(2025, 10, 1), 52, None, "out of how many"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(table, month, value, of, reason) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    with pytest.raises(Refused, match=reason):
        services.add_reading(indicator, month, value, of, by=table.sam)


def test_a_member_may_not_add_a_reading_nor_correct_one(table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    with pytest.raises(Refused, match="Only the facilitator"):
        services.add_reading(indicator, date(2025, 10, 1), 52, 40, by=table.mia)
    with pytest.raises(Refused, match="Only the facilitator"):
        services.correct(indicator.readings[0], 52, 40, "Miscounted", by=table.kim)


def test_a_correction_keeps_every_value_there_was(table) -> None:
    """Domain rule 26: history is append-only."""
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    reading = indicator.readings[0]
    services.correct(reading, 52, 44, "Four forms were late", by=table.sam)
    services.correct(reading, 51, 45, "And one more", by=table.sam)
    assert (reading.value, reading.denominator) == (51, 45)
    assert [(one.number, one.value, one.denominator, one.why, one.on) for one in reading.corrections] == [
        (1, 50, 40, "Four forms were late", date(2025, 11, 17)),
        (2, 52, 44, "And one more", date(2025, 11, 17)),
    ]
    assert verbs() == ["reading corrected", "reading corrected"]


def test_a_correction_that_cannot_be_is_refused(table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    with pytest.raises(Refused, match="between 0 and 100"):
        services.correct(indicator.readings[0], 520, 40, "Typing", by=table.sam)


def test_a_keeper_is_appointed_once_by_the_chair_and_may_then_add_readings(table) -> None:
    indicator = an_indicator(table.recommendation)
    with pytest.raises(Refused, match="Only the chair"):
        services.appoint_keeper(table.recommendation, table.mia, by=table.sam)
    services.appoint_keeper(table.recommendation, table.mia, by=table.alex)
    services.appoint_keeper(table.recommendation, table.mia, by=table.alex)
    assert [one.person_id for one in queries.keepers_of(table.recommendation)] == [table.mia.id]
    services.add_reading(indicator, date(2025, 10, 1), 52, 40, by=table.mia)
    assert indicator.readings[0].value == 52
