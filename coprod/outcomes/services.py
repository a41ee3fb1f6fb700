"""Everything that changes what is measured."""

from datetime import date

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.outcomes import queries, rules
from coprod.outcomes.models import Correction, Direction, Indicator, Keeper, MeasureKind, Reading, Unit
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.rules import is_chair


def add_indicator(
    recommendation: Recommendation,
    name: str,
    kind: MeasureKind,
    unit: Unit,
    better: Direction,
    *,
    by: Person,
    who_is_counted: str = "",
    source: str = "",
    baseline: float | None = None,
    target: float | None = None,
) -> Indicator:
    """Begin to measure something about a recommendation."""
    lock(recommendation)
    require(rules.may_measure(by, recommendation, queries.keepers_of(recommendation)))
    levels = {"baseline": baseline, "target": target}
    given = {which: level for which, level in levels.items() if level is not None}
    require(rules.is_sound(rules.level_faults(unit, given).values()))
    indicator = Indicator(recommendation=recommendation, name=name, kind=kind, unit=unit, better=better)
    indicator.who_is_counted, indicator.source = who_is_counted, source
    indicator.baseline, indicator.target = baseline, target
    db.session.add(indicator)
    db.session.flush()
    record(by, "measure added", indicator)
    return indicator


def add_reading(
    indicator: Indicator, month: date, value: float, denominator: int | None = None, *, by: Person, note: str = ""
) -> Reading:
    """Write down what an indicator was in a month; any day of the month will do."""
    lock(indicator)
    require(rules.may_keep(by, indicator))
    month = month.replace(day=1)
    faults = rules.reading_faults(indicator.unit, value, denominator)
    require(rules.is_sound([rules.month_fault(indicator, month, today()), *faults.values()]))
    reading = Reading(month=month, value=value, denominator=denominator, note=note)
    indicator.readings = sorted([*indicator.readings, reading], key=lambda one: one.month)
    db.session.flush()
    record(by, "reading added", reading)
    return reading


def correct(reading: Reading, value: float, denominator: int | None, why: str, *, by: Person) -> None:
    """Put a reading right, and keep what it was beside the reason."""
    lock(reading)
    require(rules.may_keep(by, reading.indicator))
    require(rules.is_sound(rules.reading_faults(reading.indicator.unit, value, denominator).values()))
    kept = Correction(number=len(reading.corrections) + 1, on=today(), why=why)
    kept.value, kept.denominator = reading.value, reading.denominator
    reading.corrections.append(kept)
    reading.value, reading.denominator = value, denominator
    db.session.flush()
    record(by, "reading corrected", reading)


def appoint_keeper(recommendation: Recommendation, person: Person, *, by: Person) -> None:
    """Let somebody add a recommendation's readings: the chair does this for the owner of a pilot."""
    require(is_chair(by, recommendation.steering))
    if all(keeper.person_id != person.id for keeper in queries.keepers_of(recommendation)):
        keeper = Keeper(recommendation_id=recommendation.id, person_id=person.id)
        db.session.add(keeper)
        db.session.flush()
        record(by, "keeper of readings appointed", keeper)
