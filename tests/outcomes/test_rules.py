"""Small numbers, words, charts and who may measure. No database."""

import math
from datetime import date
from uuid import uuid4

import pytest

from coprod.drawings.chart_facts import CycleSpan
from coprod.drawings.line_chart import draw_line_chart
from coprod.outcomes import rules
from coprod.outcomes.models import Correction, Direction, Indicator, Keeper, MeasureKind, Reading, Unit
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream

TODAY = date(2025, 11, 17)
COMPARISON = ": a comparison, which cannot tell a change from ordinary ups and downs."


def somebody() -> Person:
    return Person(id=uuid4(), alias="Sam", side=Side.PROFESSIONAL)


def seat(stream: Workstream, person: Person, role: Role) -> None:
    Membership(workstream=stream, person_id=person.id, role=role, seat=Seat.PRACTITIONER, state=MembershipState.JOINED)


def measure(unit: Unit = Unit.PERCENT, *values: float, people: int | None = 40, **fields: object) -> Indicator:
    indicator = Indicator(
        id=uuid4(),
        name="Knew her name",
        kind=MeasureKind.OUTCOME,
        unit=unit,
        better=fields.pop("better", Direction.UP),
        **({"baseline": None, "target": None, "who_is_counted": ""} | fields),
    )
    indicator.readings = [
        Reading(month=date(2024 + place // 12, place % 12 + 1, 1), value=value, denominator=people)
        for place, value in enumerate(values)
    ]
    return indicator


@pytest.mark.parametrize(
    ("unit", "value", "of", "shown"),
    [
        (Unit.COUNT, 0, None, "0 people"),
        (Unit.COUNT, 1, None, "Fewer than 5"),
        (Unit.COUNT, 4, 60, "Fewer than 5"),
        (Unit.COUNT, 5, None, "5 people"),
        (Unit.COUNT, 1200, None, "1,200 people"),
        (Unit.PERCENT, 50, 9, "Too few to show"),
        (Unit.PERCENT, 0, 9, "Too few to show"),
        (Unit.PERCENT, 50, None, "Too few to show"),
        (Unit.PERCENT, 50, 10, "50%"),
        (Unit.PERCENT, 62.5, 40, "62.5%"),
        (Unit.DAYS, 1, None, "1 day"),
        (Unit.DAYS, 10, 4, "Too few to show"),
        (Unit.DAYS, 10, 5, "10 days"),
        (Unit.SCORE, 3, None, "3"),
        (Unit.SCORE, 3, 4, "Too few to show"),
    ],
)
def test_a_reading_is_said_unless_it_is_small(unit: Unit, value: float, of: int | None, shown: str) -> None:
    """Domain section 6, small numbers."""
    assert rules.said(unit, Reading(value=value, denominator=of)) == shown
    assert rules.said(unit, Correction(value=value, denominator=of)) == shown


@pytest.mark.parametrize(
    ("unit", "value", "of", "faults"),
    [
        (Unit.COUNT, 3, None, {}),
        (Unit.COUNT, 3, 3, {}),
        (Unit.COUNT, 4, 3, {"value": "This is more people than there were. Look at both numbers again."}),
        (Unit.COUNT, -1, None, {"value": "This cannot be less than 0."}),
        (Unit.COUNT, 1.5, None, {"value": "Count whole people."}),
        (Unit.DAYS, -1, None, {"value": "This cannot be less than 0."}),
        (Unit.DAYS, 1.5, None, {}),
        (Unit.SCORE, -1.5, None, {}),
        (Unit.PERCENT, 101, 20, {"value": "A percentage lies between 0 and 100."}),
        (Unit.PERCENT, 50, None, {"denominator": "Say out of how many people."}),
        (Unit.PERCENT, 50, 0, {"denominator": "Where nobody was counted there is no reading: leave the month out."}),
        (Unit.SCORE, math.nan, None, {"value": "Write a smaller number."}),
        (
            Unit.SCORE,
            math.inf,
            2_000_000,
            {"value": "Write a smaller number.", "denominator": "Write a smaller number."},
        ),
        (Unit.SCORE, -2_000_000, None, {"value": "Write a smaller number."}),
    ],
)
def test_a_reading_that_cannot_be_is_explained(unit: Unit, value: float, of: int | None, faults: dict) -> None:
    assert rules.reading_faults(unit, value, of) == faults


def test_a_level_that_could_never_be_a_reading_is_explained() -> None:
    faults = rules.level_faults(Unit.PERCENT, {"baseline": 50, "target": 160})
    assert faults == {"target": "A percentage lies between 0 and 100."}


def test_the_first_fault_is_the_reason() -> None:
    assert rules.is_sound(["", "One.", "Two."]).reason == "One."
    assert rules.is_sound(["", ""])


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        (
            measure(Unit.PERCENT, 50, 62, baseline=50, target=60),
            f"Two points, Jan 2024 and Feb 2024{COMPARISON} Latest 62%. Baseline 50%. Target 60%.",
        ),
        (measure(Unit.PERCENT), "No reading yet."),
        (
            measure(Unit.COUNT, 12, 3, baseline=4, target=1),
            f"Two points, the baseline and Jan 2024{COMPARISON} "
            "Latest fewer than 5. Baseline fewer than 5. Target 1 person.",
        ),
        (
            measure(Unit.COUNT, 3, 12, baseline=0),
            f"Two points, the baseline and Feb 2024{COMPARISON} Latest 12 people. Baseline 0 people.",
        ),
        (
            measure(Unit.PERCENT, 50, people=9),
            "No reading may be shown, so nobody can tell whether it changed. Latest too few to show.",
        ),
        (
            measure(Unit.SCORE, 7, target=0),
            "One reading: it shows where things stand, and not whether they changed. Latest 7. Target 0.",
        ),
    ],
)
def test_of_few_readings_the_verdict_says_three_numbers_and_claims_nothing(indicator: Indicator, words: str) -> None:
    assert rules.verdict_words(indicator) == words
    assert not {"better", "worse", "improve"} & set(words.lower().split())


def test_a_measure_without_readings_says_so() -> None:
    assert rules.latest_words(measure()) == "No reading yet"


def test_a_chart_gets_no_small_number_and_nothing_that_would_tell_it() -> None:
    """Domain section 6: neither the small number nor a total to subtract from reaches the drawing."""
    indicator = measure(Unit.COUNT, 12, 2, 14, 9, people=17, who_is_counted="Parents at two clinics", target=20)
    facts = rules.chart_of(indicator, [CycleSpan(1, "card", 2, 3)])
    assert [(one.label, one.value, one.instead) for one in facts.readings] == [
        ("Jan 2024", 12, ""),
        ("Feb 2024", None, "Fewer than 5"),
        ("Mar 2024", 14, ""),
        ("Apr 2024", 9, ""),
    ]
    assert (facts.unit, facts.target, len(facts.cycles)) == ("People each month: Parents at two clinics", 20, 1)
    drawn = draw_line_chart(facts)
    assert [row.value for row in drawn.rows] == ["12", "Fewer than 5", "14", "9"]
    stories = " ".join(picture.desc for picture in drawn.pictures)
    numbers = {word.strip(".,") for word in stories.split()}
    assert not {"2", "17", str(12 + 2 + 14 + 9)} & numbers, "neither the hidden one, nor a denominator, nor a total"


def test_below_six_points_there_is_a_line_and_no_mean() -> None:
    drawn = draw_line_chart(rules.chart_of(measure(Unit.PERCENT, 50, 52, 54, 51, 62)))
    assert drawn.pictures
    assert all(not picture.shapes("chart-mean") and not picture.shapes("chart-limit") for picture in drawn.pictures)


def test_facilitator_chair_and_keeper_may_measure_and_nobody_else() -> None:
    stream, steering = Workstream(name="Mapping"), Workstream(name="Steering", kind=Kind.STEERING)
    recommendation = Recommendation(workstream=stream, steering=steering)
    facilitator, chair, owner, member, other = (somebody() for _ in range(5))
    seat(stream, facilitator, Role.FACILITATOR)
    seat(steering, chair, Role.CHAIR)
    seat(stream, member, Role.MEMBER)
    keepers = [Keeper(person_id=owner.id)]
    indicator = Indicator(recommendation=recommendation)
    indicator.keepers = keepers
    for person in (facilitator, chair, owner):
        assert rules.may_measure(person, recommendation, keepers)
        assert rules.may_keep(person, indicator)
    for person in (member, other):
        assert rules.may_keep(person, indicator).reason == (
            "Only the facilitator, the chair or the pilot's owner can do this."
        )
    assert not rules.may_measure(owner, recommendation, [])
