"""Builders of recommendations, measures and readings, straight through the models."""

from datetime import date
from typing import Any

from coprod.outcomes.models import Direction, Indicator, MeasureKind, ProposedReading, Reading, Unit
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.workstreams.models import Workstream
from tests.factories import keep


def a_recommendation(stream: Workstream, steering: Workstream, **fields: Any) -> Recommendation:
    """Something the stream sent to the steering group, which has answered."""
    chosen = {"number": 1, "title": "One named midwife", "state": State.REPLIED, "submitted_on": date(2025, 9, 1)}
    made = Recommendation(workstream=stream, steering=steering, **chosen | fields)
    keep(made)
    return made


def an_indicator(
    recommendation: Recommendation, name: str = "Knew her name", *values: float, people: int | None = 40, **fields: Any
) -> Indicator:
    """A measure, with a reading for each month from January 2024."""
    chosen = {"kind": MeasureKind.OUTCOME, "unit": Unit.PERCENT, "better": Direction.UP} | fields
    made = Indicator(recommendation=recommendation, name=name, **chosen)
    made.readings = [
        Reading(month=date(2020 + place // 12, place % 12 + 1, 1), value=value, denominator=people)
        for place, value in enumerate(values)
    ]
    keep(made)
    return made


def a_proposal(indicator: Indicator, by: Person, **fields: Any) -> ProposedReading:
    """A reading that waits for a second person."""
    chosen = {"month": date(2025, 6, 1), "value": 50, "denominator": 40, "on": date(2025, 7, 1)} | fields
    made = ProposedReading(indicator=indicator, by=by, **chosen)
    keep(made)
    return made
