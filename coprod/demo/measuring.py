"""Reading what is measured: proposed by the one who runs the pilot, approved by a second person."""

from collections.abc import Iterable
from datetime import date

from coprod.demo.measures import CALLS, KNEW, MISSED, SAME, Measure
from coprod.demo.stage import Stage, at
from coprod.outcomes import services
from coprod.outcomes.models import HowOften, Indicator, Reading
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation

NO_LONGER_COUNTED = "Visits that a parent put off the day before are no longer counted (example)."
TWICE = "Nine visits stood on two lists (example)."
MOVED = "One clinic moved to a new building (example)"
SECOND_LIST = "One call stood on a second list (example)."
MONTHS = {HowOften.MONTH: 1, HowOften.QUARTER: 3}


def begin(asked: Recommendation, wanted: Iterable[Measure], *, by: Person) -> dict[Measure, Indicator]:
    """Begin to measure what is wanted of a request, each with its definition sheet."""
    return {
        one: services.add_indicator(
            asked,
            one.name,
            one.kind,
            one.unit,
            one.better,
            by=by,
            how_often=one.how_often,
            groups=one.groups,
            baseline=one.baseline,
            target=one.target,
            numerator=one.numerator,
            denominator=one.denominator,
            who_is_counted=one.who,
            source=one.source,
        )
        for one in wanted
    }


def read(measured: dict[Measure, Indicator], owner: Person, second: Person, since: date | None = None) -> None:
    """Read each in each of its periods, once that is over and it is measured; another looks before it counts."""
    for one, indicator in measured.items():
        for place, value in enumerate(one.values):
            starts = starts_at(one, place)
            over = starts_at(one, place + 1)
            with at(max(over, since or over)):
                among, parts = one.among_at(place), one.parts_at(place)
                proposed = services.add_reading(indicator, starts, value, among, by=owner, parts=parts)
                services.approve(proposed, by=second)


def starts_at(measure: Measure, place: int) -> date:
    """Answer on which day a measure's period begins, counted from its first."""
    years, month = divmod(measure.first.month - 1 + MONTHS[measure.how_often] * place, 12)
    return date(measure.first.year + years, month + 1, 1)


def look_closer(stage: Stage, measured: dict[Measure, Indicator], owner: Person) -> None:
    """Note what happened, count afresh from a month on, put one reading right, and let others wait."""
    with at(date(2025, 4, 4)):
        services.begin_phase(measured[MISSED], date(2025, 3, 1), NO_LONGER_COUNTED, by=owner)
    with at(date(2025, 6, 16)):
        for one in (KNEW, SAME):
            services.note_event(measured[one], date(2025, 6, 14), MOVED, by=owner)
    with at(date(2025, 7, 9)):
        wrong = _of(measured[MISSED], date(2025, 6, 1))
        services.approve(services.correct(wrong, 9, None, TWICE, by=owner), by=stage.chair)
    with at(date(2025, 11, 14)):
        services.correct(_of(measured[CALLS], date(2025, 10, 1)), 45, None, SECOND_LIST, by=owner)
        services.add_reading(measured[CALLS], date(2025, 11, 1), 22, by=owner, note="Half of the month (example)")


def _of(indicator: Indicator, starts: date) -> Reading:
    return next(reading for reading in indicator.readings if reading.month == starts)
