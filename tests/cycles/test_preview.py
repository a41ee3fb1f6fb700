"""What a facilitator is told of ten dates before accepting them."""

from datetime import date, time

import pytest

from coprod.cycles.rules import preview, schedule
from coprod.library.rules import house
from coprod.messages.models import PartOfDay
from coprod.needs.rules import Slot
from coprod.programmes.models import Holiday
from tests.cycles.build import a_holiday

HALF_TERM = a_holiday(date(2022, 10, 24), date(2022, 10, 28), "Autumn half term 2022")
PHASES = ["Understand", "Explore", "Decide"]


@pytest.fixture
def autumn() -> schedule.Schedule:
    return schedule.place(date(2022, 10, 4), [HALF_TERM], skip_school=True)


def _hints(start: date, off: list[Holiday], school: bool = False) -> list[str]:
    placed = schedule.place(start, off, skip_school=school)
    return [f"{hint.kind}: {hint.words} {hint.todo}".strip() for hint in preview.hints(placed, time(18), off)]


def test_rows_name_phase_and_skipped_weeks_in_the_order_of_the_calendar(autumn: schedule.Schedule) -> None:
    rows = preview.rows(autumn, preview.names(PHASES, [week.phase for week in house.ten_weeks().weeks]))

    assert [row.number for row in rows] == [1, 2, 3, None, 4, 5, 6, 7, 8, 9, 10]
    assert rows[3] == preview.Row(date(2022, 10, 25), None, "Skipped: Autumn half term 2022")
    assert [row.words for row in rows if row.number in (3, 4, 5, 7, 8)] == [
        "Understand",
        "Explore",
        "Explore. Agreement review",
        "Explore",
        "Decide",
    ]


def test_months_mark_sessions_skipped_days_and_holidays(autumn: schedule.Schedule) -> None:
    october, november, december = preview.months(autumn, [HALF_TERM])

    assert [month.name for month in (october, november, december)] == ["October", "November", "December"]
    last_week = october.weeks[4]
    assert [(day.number, day.kind) for day in last_week if day] == [
        *((24, "holiday"), (25, "skipped"), (26, "holiday"), (27, "holiday"), (28, "holiday"), (29, ""), (30, "")),
    ]
    assert october.weeks[0][:5] == (None,) * 5
    assert [day.number for week in november.weeks for day in week if day and day.kind == "session"] == [
        1,
        8,
        15,
        22,
        29,
    ]


@pytest.mark.parametrize(
    ("start", "title"),
    [
        (date(2022, 10, 4), "October to December 2022"),
        (date(2025, 11, 18), "November 2025 to January 2026"),
    ],
)
def test_title_names_the_months(start: date, title: str) -> None:
    assert preview.title(schedule.place(start, [], skip_school=True)) == title


def test_title_of_one_month_is_its_name() -> None:
    assert preview.title(schedule.Schedule((date(2025, 3, 3), date(2025, 3, 10)), ())) == "March 2025"


def test_clock_change_is_named_and_the_hour_stays() -> None:
    assert _hints(date(2022, 10, 4), [HALF_TERM], school=True) == [
        "good: The clocks go back on Sunday 30 October. 6pm stays 6pm.",
        "good: Clear of Mother’s Day and Father’s Day.",
    ]


def test_long_gap_is_worth_a_look() -> None:
    off = [a_holiday(date(2025, 10, 20), date(2025, 10, 31))]
    assert "look: 21 days pass after Tuesday 14 October. Plan a call in between." in _hints(
        date(2025, 10, 7), off, school=True
    )


def test_ending_in_a_school_holiday_is_worth_a_look() -> None:
    off = [a_holiday(date(2022, 12, 5), date(2022, 12, 9), "Winter break")]
    assert "look: The last session falls in a school holiday. Winter break." in _hints(date(2022, 10, 4), off)


def test_mondays_that_cross_may_are_worth_a_look() -> None:
    words = "look: Mondays lose weeks in May. Another day of the week would end sooner."
    assert words in _hints(date(2023, 4, 17), [])
    assert words not in _hints(date(2023, 9, 4), [])
    assert words not in _hints(date(2023, 4, 18), [])


def test_weeks_of_mothers_and_fathers_day_are_named() -> None:
    assert _hints(date(2025, 4, 22), [])[-1] == (
        "look: One session is in the week of Father’s Day, 15 June 2025. It may be hard."
    )
    assert "Mother’s Day" in _hints(date(2025, 2, 4), [])[-1]


TUESDAY_EVENING, THURSDAY_EVENING = (1, PartOfDay.EVENING), (3, PartOfDay.EVENING)


def _clashes(never: list[set[Slot]], days: list[date]) -> list[str]:
    return [f"{hint.words} {hint.todo}".strip() for hint in preview.clash_hints(never, days, time(18))]


def test_clashes_are_numbers_and_never_names() -> None:
    """Journey 12."""
    tuesdays = [date(2022, 10, 4) + n * schedule.WEEK for n in range(10)]
    never = [{TUESDAY_EVENING}, {TUESDAY_EVENING}, {TUESDAY_EVENING, THURSDAY_EVENING}, *({THURSDAY_EVENING},) * 3]
    assert _clashes([], tuesdays) == []
    assert _clashes([set()] * 6, tuesdays) == ["No parent has ruled this slot out."]
    assert _clashes(never, tuesdays) == [
        "3 of 6 parents can’t do this slot. Monday evening would suit three more. We show numbers only."
    ]
    whole_week = [{(day, PartOfDay.EVENING) for day in range(5)}]
    assert _clashes(whole_week, tuesdays) == [
        "1 of 1 parents can’t do this slot. No other evening of the working week suits more. We show numbers only."
    ]


def test_a_session_on_another_day_has_its_own_count() -> None:
    """Journey 12: numbers for the series, and for each day apart from it."""
    days = [date(2022, 10, 4), date(2022, 10, 13), date(2022, 10, 18), date(2022, 10, 26)]
    assert _clashes([{THURSDAY_EVENING}, set()], days) == [
        "No parent has ruled this slot out.",
        "1 of 2 parents can’t do Thursday 13 October. It is not on the usual day.",
    ]
