"""Rows from a spreadsheet, periods as people write them, and two points. No database."""

from datetime import date
from uuid import uuid4

import pytest

from coprod.core.spreadsheets.reading import FAMILY_NUMBER, Sheet, read
from coprod.outcomes.models import (
    Direction,
    HowOften,
    Indicator,
    MeasureKind,
    ProposalState,
    ProposedReading,
    Reading,
    Unit,
)
from coprod.outcomes.rules import bringing, proposing, telling
from coprod.outcomes.rules.periods import period_words, read_period

TODAY = date(2025, 11, 17)


def measure(unit: Unit = Unit.PERCENT, how_often: HowOften = HowOften.MONTH, groups: tuple[str, ...] = ()) -> Indicator:
    return Indicator(
        id=uuid4(), name="Knew her name", kind=MeasureKind.OUTCOME, unit=unit, better=Direction.UP,
        how_often=how_often, groups=list(groups), baseline=None, target=None, who_is_counted="", source="",
        numerator="", denominator="",
    )  # fmt: skip


def pasted(indicator: Indicator, text: str) -> bringing.Sifted:
    return bringing.sift(indicator, read(text.encode(), "Rows")[0], TODAY)


@pytest.mark.parametrize(
    ("how_often", "typed", "starts", "words"),
    [
        (HowOften.MONTH, "Oct 2025", date(2025, 10, 1), "October 2025"),
        (HowOften.MONTH, "2025-10-14", date(2025, 10, 1), "October 2025"),
        (HowOften.MONTH, "2025-10-01 00:00", date(2025, 10, 1), "October 2025"),
        (HowOften.MONTH, "14/10/2025", date(2025, 10, 1), "October 2025"),
        (HowOften.ONCE, "12.2022", date(2022, 12, 1), "December 2022"),
        (HowOften.QUARTER, "Q4 2025", date(2025, 10, 1), "October to December 2025"),
        (HowOften.QUARTER, "2025 q1", date(2025, 1, 1), "January to March 2025"),
        (HowOften.QUARTER, "November 2025", date(2025, 10, 1), "October to December 2025"),
        (HowOften.WEEK, "15 October 2025", date(2025, 10, 13), "Week from 13 October 2025"),
    ],
)
def test_a_period_is_read_as_people_write_it(how_often, typed, starts, words) -> None:
    assert read_period(how_often, typed) == starts
    assert period_words(how_often, starts) == words


def test_a_month_alone_says_no_week() -> None:
    with pytest.raises(ValueError, match="October 2025"):
        read_period(HowOften.WEEK, "October 2025")


def test_rows_come_in_and_each_other_one_is_refused_by_cell_and_reason() -> None:
    found = pasted(
        measure(),
        "Month\tValue\tOf\nAug 2025\t62%\t1,040\nSep 2025\t0.62\t40\nlast month\t50\t40\nOct 2025\tmost\t40\n"
        "Oct 2025\t50\t4.5\nAug 2025\t51\t40\nDec 2025\t50\t40\nOct 2025\t50\nJul 2025\t50\t40\tand more\n"
        "Jun 2025\t160\t40\nMay 2025\t943 476 5919\t40",
    )
    assert found.good == [bringing.Row(2, date(2025, 8, 1), 62.0, 1040)]
    assert [(one.cell, one.reason) for one in found.refused] == [
        ("B3", bringing.A_SHARE),
        ("A4", "Write the month like this: October 2025."),
        ("B5", bringing.A_NUMBER),
        ("C6", bringing.A_WHOLE_NUMBER),
        ("A7", "Row 2 has this month already: August 2025."),
        ("A8", "That month has not come yet."),
        ("C9", "Say out of how many people."),
        ("D10", "There is no column for this."),
        ("B11", "A percentage lies between 0 and 100."),
        ("B12", FAMILY_NUMBER),
    ]


def test_what_would_come_in_is_read_the_same_once_more() -> None:
    for indicator, text in (
        (measure(), "Aug 2025\t0.5%\t400\nSep 2025\t62.125%\t40"),
        (measure(Unit.SCORE), "Aug 2025\t-7.25\nSep 2025\t3\t6"),
        (measure(Unit.COUNT, groups=("North", "South")), "Aug 2025\t7\t12"),
        (measure(Unit.DAYS, HowOften.WEEK), "14 October 2025\t7\nQ4\t3"),
        (measure(Unit.DAYS, HowOften.QUARTER), "Q3 2025\t7"),
    ):
        good = pasted(indicator, text).good
        again = pasted(indicator, bringing.as_rows(indicator, good)).good
        assert [(one.month, one.value, one.denominator, one.parts) for one in again] == [
            (one.month, one.value, one.denominator, one.parts) for one in good
        ]
        assert good


def test_a_broken_down_measure_takes_a_column_a_group() -> None:
    indicator = measure(Unit.COUNT, groups=("North", "South"))
    found = pasted(indicator, "Aug 2025;7;12\nSep 2025;7;-1\nOct 2025;7")
    assert found.good == [bringing.Row(1, date(2025, 8, 1), 19, None, (7, 12))]
    assert [one.cell for one in found.refused] == ["C2", "C3"]
    assert telling.columns_of(indicator) == ["Month", "North", "South"]
    assert telling.proposed_words(indicator, found.good[0]) == "North: 7; South: 12; All: 19"


def test_a_cell_that_says_nothing_keeps_its_row_out() -> None:
    sheet = Sheet("Rows", [(1, ["Aug 2025", "", "40"])], {"B1": "This formula does not work."})
    assert bringing.sift(measure(), sheet, TODAY).refused == [bringing.Refused("B1", "This formula does not work.")]


def test_who_looks_at_a_correction_reads_what_it_is_until_then() -> None:
    indicator = Indicator(how_often=HowOften.MONTH, unit=Unit.PERCENT, groups=[])
    indicator.readings = [Reading(month=date(2025, 1, 1), value=48, denominator=40)]
    asked = ProposedReading(month=date(2025, 1, 1), value=50, denominator=44, why="Four forms were late")
    assert telling.waiting_words(indicator, asked) == "50% (now 48%)"
    fresh = ProposedReading(month=date(2025, 2, 1), value=50, denominator=44, why="")
    assert telling.waiting_words(indicator, fresh) == "50%"


def test_two_points_name_their_source() -> None:
    indicator = Indicator(how_often=HowOften.ONCE, source="The council’s record", readings=[])
    assert telling.words_of(indicator) == "No reading yet. Source: The council’s record."


def test_two_points_are_said_as_what_they_are_and_never_as_a_trend() -> None:
    """On record: dental checks 43 to 71 in 100, December 2022 to December 2023."""
    indicator = measure(how_often=HowOften.ONCE)
    assert telling.words_of(indicator) == "No reading yet."
    indicator.readings = [Reading(month=date(2022, 12, 1), value=43, denominator=120)]
    assert telling.words_of(indicator) == "Before, December 2022: 43%."
    assert proposing.period_fault(indicator, date(2023, 12, 1), TODAY) == ""
    indicator.readings = [*indicator.readings, Reading(month=date(2023, 12, 1), value=71, denominator=130)]
    assert telling.words_of(indicator) == (
        "Before, December 2022: 43%. After, December 2023: 71%. Two points show a difference. They are never a trend."
    )
    assert "two points" in proposing.period_fault(indicator, date(2024, 12, 1), TODAY)


def test_a_period_that_waits_takes_no_second_proposal() -> None:
    indicator = measure()
    waiting = ProposedReading(month=date(2025, 8, 1), value=50, state=ProposalState.WAITING, why="")
    gone = ProposedReading(month=date(2025, 9, 1), value=50, state=ProposalState.SENT_BACK, why="")
    indicator.proposals = [waiting, gone]
    assert "waits for a second person" in proposing.period_fault(indicator, date(2025, 8, 1), TODAY)
    assert proposing.period_fault(indicator, date(2025, 9, 1), TODAY) == ""
    assert proposing.period_fault(indicator, date(1999, 9, 1), TODAY) == "That month is too long ago."


@pytest.mark.parametrize(
    ("unit", "groups", "fault"),
    [
        (Unit.COUNT, (), ""),
        (Unit.COUNT, ("North", "South"), ""),
        (Unit.PERCENT, ("North", "South"), "Only a number of people can be broken down."),
        (Unit.COUNT, ("North",), "Name two groups at least, and 12 at most."),
        (Unit.COUNT, tuple("abcdefghijklm"), "Name two groups at least, and 12 at most."),
        (Unit.COUNT, ("North", "NORTH"), "Two groups have the same name."),
    ],
)
def test_only_counts_are_broken_down_into_a_few_named_groups(unit, groups, fault) -> None:
    assert proposing.groups_fault(unit, groups) == fault
