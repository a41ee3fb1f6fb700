"""What a chart is said to show: thirty series, judged by hand beforehand, and each sentence. No database."""

import tomllib
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from coprod.drawings.chart_facts import Better, LineChart, LineChartFacts
from coprod.drawings.line_chart import draw_line_chart
from coprod.outcomes import rules
from coprod.outcomes.models import ChartEvent, Direction, HowOften, Indicator, MeasureKind, NewPhase, Reading, Unit
from coprod.outcomes.rules.control_chart import Phase, Point, control_chart
from coprod.outcomes.rules.verdict import assurance_words, verdict

STORED = tomllib.loads(Path(__file__).with_name("verdicts.toml").read_text(encoding="utf-8"))["series"]
BASE = [48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48]
DOES_NOT = ", but the chart does not show why."


def month(place: int) -> date:
    return date(2020 + place // 12, place % 12 + 1, 1)


def indicator(values: list, better: str = "up", new_limits: tuple = (), **fields: object) -> Indicator:
    """A score; where a reading may not be shown, four people were asked."""
    chosen = {"baseline": None, "target": None, "who_is_counted": "", "how_often": HowOften.MONTH} | fields
    made = Indicator(
        id=uuid4(), name="Felt heard", kind=MeasureKind.OUTCOME, unit=Unit.SCORE, better=Direction(better), **chosen
    )
    made.readings = [
        Reading(month=month(place), value=3, denominator=4)
        if value == "few"
        else Reading(month=month(place), value=value, denominator=40)
        for place, value in enumerate(values)
    ]
    made.phases = [NewPhase(starts=month(place), why="A second team joined.") for place in new_limits]
    return made


def by_the_sentence(facts: LineChartFacts) -> str:
    """Judge as somebody who has the words alone."""
    said = [word for word in ("better", "worse") if f"It got {word}: " in facts.summary]
    return said[0] if said else "no telling"


def by_the_table(drawn: LineChart) -> str:
    """Judge as somebody who has the table alone: what its last row says of the point."""
    told = drawn.rows[-1].note if drawn.rows else ""
    return "better" if "improvement" in told else "worse" if "concern" in told else "no telling"


def test_thirty_series_get_the_verdict_written_by_hand_from_the_sentence_and_from_the_table() -> None:
    differ = []
    for one in STORED:
        facts = rules.chart_of(indicator(one["values"], one["better"], one.get("new_limits", ())))
        found = (by_the_sentence(facts), by_the_table(draw_line_chart(facts)), facts.word.lower())
        if found != (one["verdict"],) * 3:
            differ.append((one["name"], one["verdict"], found, facts.summary))

    assert len(STORED) == 30
    assert {one["verdict"] for one in STORED} == {"better", "worse", "no telling"}
    assert differ == []


@pytest.mark.parametrize(
    ("values", "better", "sentence"),
    [
        ([], "up", "No reading yet."),
        (["few"], "up", "No reading may be shown, so nobody can tell whether it changed."),
        ([62], "up", "One reading: it shows where things stand, and not whether they changed."),
        (
            [55, 76],
            "up",
            "Two points, Jan 2020 and Feb 2020: a comparison, which cannot tell a change from ordinary ups and downs.",
        ),
        ([1, 2, 3], "up", "3 readings: too few to tell a change from ordinary ups and downs."),
        (BASE[:6], "up", "6 readings, with trial limits: too early to tell a change from ordinary ups and downs."),
        (
            BASE,
            "up",
            "No telling: the latest reading is within ordinary ups and downs, "
            "which does not prove that nothing changed.",
        ),
        ([*BASE, "few"], "up", "The latest reading may not be shown, so the chart cannot tell whether it changed."),
        ([*BASE, 62], "up", f"It got better: the latest reading lies above the upper limit{DOES_NOT}"),
        ([*BASE, 38], "up", f"It got worse: the latest reading lies below the lower limit{DOES_NOT}"),
        (
            [*BASE, 62],
            "neither",
            "It went up, and neither way is better: the latest reading lies above the upper limit.",
        ),
        (
            [*BASE, 38],
            "neither",
            "It went down, and neither way is better: the latest reading lies below the lower limit.",
        ),
        (
            [*BASE, 45, 46, 47, 48, 49, 51, 52],
            "up",
            f"It got better: the last 7 readings each go higher than the one before{DOES_NOT}",
        ),
        (
            [*BASE, 55, 54, 53, 52, 51, 49, 48],
            "up",
            f"It got worse: the last 7 readings each go lower than the one before{DOES_NOT}",
        ),
        ([*BASE, 51, 58, 59], "up", f"It got better: two of three readings lie near the upper limit{DOES_NOT}"),
        ([50] * 12 + [52, 53] * 4, "up", f"It got better: the last 7 readings lie above the median{DOES_NOT}"),
        ([*BASE, 49, 48, 47, 49, 48, 46, 49], "up", f"It got worse: the last 7 readings lie below the mean{DOES_NOT}"),
    ],
)
def test_a_chart_says_in_one_sentence_what_it_shows_and_what_it_does_not(
    values: list, better: str, sentence: str
) -> None:
    assert rules.verdict_of(indicator(values, better)).sentence == sentence


def test_one_that_stood_out_before_is_said_and_claims_nothing() -> None:
    one, two = (rules.verdict_of(indicator([*BASE, *more])).sentence for more in ([62, 51, 58], [62, 51, 38, 51]))
    assert one.endswith(" 1 earlier reading stood out.")
    assert two.endswith(" 2 earlier readings stood out.")


def test_one_reading_beside_a_baseline_is_two_points() -> None:
    told = rules.verdict_of(indicator([76], baseline=55)).sentence
    assert told.startswith("Two points, the baseline and Jan 2020: a comparison")


@pytest.mark.parametrize(("count", "said"), [(1, "1 reading"), (5, "5 readings"), (11, "11 readings")])
def test_after_new_limits_it_is_too_early_to_tell(count: int, said: str) -> None:
    points = [Point(str(place), value) for place, value in enumerate([*BASE, *BASE[:count]])]
    chart = control_chart(points, Better.INCREASE, phases=[Phase(12, "A second team joined.")])
    assert verdict(chart).sentence == (
        f"{said} since the limits were set anew in 12: too few to tell a change from ordinary ups and downs."
    )


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (60, "Target 60: hit and miss."),
        (65, "Target 65: it fails, as things are."),
        (35, "Target 35: it passes, as things are."),
    ],
)
def test_the_target_is_said_with_what_the_limits_promise(target: float, said: str) -> None:
    assert rules.verdict_words(indicator([*BASE, 62], target=target)).endswith(f" Latest 62. {said}")
    assert assurance_words(rules.control_chart_of(indicator(BASE))) == ""


def test_a_chart_keeps_the_ones_from_before_its_new_limits_newest_first() -> None:
    """Each old chart has every reading, so that new limits can hide nothing."""
    measured = indicator([*BASE, 62, *BASE, 62, *BASE[:6]], new_limits=(13, 26))
    measured.phases.append(NewPhase(starts=date(2030, 1, 1), why="Not reached yet"))
    facts = rules.chart_of(measured)
    assert [len(one.stretches) for one in (facts, *facts.kept)] == [3, 2, 1]
    assert len({one.key for one in (facts, *facts.kept)}) == 3
    assert {len(one.readings) for one in facts.kept} == {len(facts.readings)}
    assert [facts.word, facts.kept[1].word] == ["No telling", "No telling"]
    assert [note.words for note in facts.notes] == ["New limits from here: A second team joined."] * 2


def test_events_stand_at_the_reading_of_their_time() -> None:
    measured = indicator(BASE)
    measured.events = [
        ChartEvent(day=date(2019, 12, 31), words="Before it all"),
        ChartEvent(day=date(2020, 3, 17), words="The ward closed"),
    ]
    facts = rules.chart_of(measured)
    assert [(one.at, one.words, one.when) for one in facts.events] == [(2, "The ward closed", "17 Mar 2020")]


@pytest.mark.parametrize(
    ("how_often", "label", "unit"),
    [
        (HowOften.WEEK, "1 Jan 2020", "Score each week"),
        (HowOften.MONTH, "Jan 2020", "Score each month"),
        (HowOften.QUARTER, "Jan–Mar 2020", "Score each quarter"),
        (HowOften.ONCE, "Jan 2020", "Score"),
    ],
)
def test_readings_are_named_by_how_often_they_are_taken(how_often: HowOften, label: str, unit: str) -> None:
    facts = rules.chart_of(indicator([7], how_often=how_often))
    assert (facts.readings[0].label, facts.unit) == (label, unit)


def test_charts_together_share_the_months_of_all() -> None:
    early, late = indicator([1, 2]), indicator([1, 2, 3, 4])
    late.readings = late.readings[1:]
    weekly = indicator([5], how_often=HowOften.WEEK)
    weekly.readings[0].month = date(2020, 3, 16)
    charts, months = rules.charts_together([early, late, weekly])
    assert [one.places for one in charts] == [(0, 1), (1, 2, 3), (2 + 15 / 31,)]
    assert months == 4
    assert rules.charts_together([indicator([])])[1] == 1
