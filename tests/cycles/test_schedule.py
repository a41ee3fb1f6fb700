"""When sessions stand: the worked examples of the domain guide, and a slower way to count that must agree."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.cycles.rules import schedule
from coprod.programmes.models import Holiday, HolidayKind
from tests.cycles.build import a_holiday

HALF_TERM = a_holiday(date(2022, 10, 24), date(2022, 10, 28), "Autumn half term 2022")
MAY = [a_holiday(date(2023, 5, day), what=f"{day} May", kind="bank") for day in (1, 8, 29)]


def test_ten_tuesdays_of_autumn_2022_skip_half_term() -> None:
    placed = schedule.place(date(2022, 10, 4), [HALF_TERM], skip_school=True)

    assert [f"{on:%-d %b}" for on in placed.days] == (
        ["4 Oct", "11 Oct", "18 Oct", "1 Nov", "8 Nov", "15 Nov", "22 Nov", "29 Nov", "6 Dec", "13 Dec"]
    )
    assert placed.skipped == (schedule.Skipped(date(2022, 10, 25), "Autumn half term 2022"),)
    assert (placed.last, placed.weeks, placed.longest_gap) == (date(2022, 12, 13), 11, 14)


def test_ten_mondays_of_spring_2023_end_on_10_july_after_thirteen_weeks() -> None:
    placed = schedule.place(date(2023, 4, 17), MAY, skip_school=False)

    assert placed.last == date(2023, 7, 10)
    assert placed.weeks == 13
    assert [skip.why for skip in placed.skipped] == ["1 May", "8 May", "29 May"]


def test_school_holidays_are_kept_when_not_asked_to_skip() -> None:
    placed = schedule.place(date(2022, 10, 4), [HALF_TERM], skip_school=False)
    assert date(2022, 10, 25) in placed.days


def test_first_day_on_a_holiday_is_skipped_too() -> None:
    placed = schedule.place(date(2022, 10, 25), [HALF_TERM], skip_school=True)
    assert placed.days[0] == date(2022, 11, 1)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2024, 12, 24), "Christmas Eve"),
        (date(2024, 12, 25), "Christmas Day"),
        (date(2024, 12, 26), "Boxing Day"),
        (date(2025, 1, 1), "New Year’s Day"),
        (date(2024, 12, 31), ""),
    ],
)
def test_christmas_and_new_year_are_free_whatever_the_day(on: date, why: str) -> None:
    assert schedule.why_free(on, [], skip_school=False) == why


def test_a_bank_holiday_is_named_before_the_school_holiday_around_it() -> None:
    around = [a_holiday(date(2025, 8, 1), date(2025, 8, 31), "Summer"), a_holiday(date(2025, 8, 25), kind="bank")]
    assert schedule.why_free(date(2025, 8, 25), around, skip_school=True) == "Half term"


def test_a_calendar_full_of_holidays_holds_no_ten_sessions() -> None:
    placed = schedule.place(date(2025, 1, 6), [a_holiday(date(2025, 1, 1), date(2030, 1, 1))], skip_school=True)

    assert placed.days == ()
    assert "too many of these days are holidays" in schedule.is_whole(placed).reason
    assert schedule.is_whole(schedule.place(date(2025, 1, 6), [], skip_school=True))


days = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@st.composite
def holidays(draw: st.DrawFn) -> Holiday:
    first = draw(days)
    return Holiday(
        kind=draw(st.sampled_from(HolidayKind)),
        first=first,
        last=first + timedelta(draw(st.integers(0, 20))),
        what="Off",
    )


def _one_day_at_a_time(start: date, off: list[Holiday], school: bool) -> list[date]:
    """Walk through every single day: the same answer, found the long way."""
    free = {(12, 24), (12, 25), (12, 26), (1, 1)}
    for holiday in off:
        on = holiday.first
        while on <= holiday.last:
            if school or holiday.kind == HolidayKind.BANK:
                free.add(on)  # type: ignore[arg-type]
            on += timedelta(1)
    found: list[date] = []
    on = start
    while len(found) < 10:
        if on.weekday() == start.weekday() and on not in free and (on.month, on.day) not in free:
            found.append(on)
        on += timedelta(1)
    return found


@given(days, st.lists(holidays(), max_size=12), st.booleans())
def test_any_schedule_agrees_with_the_long_way_round(start: date, off: list[Holiday], school: bool) -> None:
    placed = schedule.place(start, off, skip_school=school)

    assert list(placed.days) == _one_day_at_a_time(start, off, school)
    weekly = sorted([*placed.days, *(skip.on for skip in placed.skipped)])
    assert all(later - earlier == timedelta(7) for earlier, later in itertools.pairwise(weekly))


# --- The clock on the wall (R6).


def test_six_stays_six_when_the_clocks_go_back() -> None:
    """R6: the same hour on the wall is another hour of UTC."""
    assert schedule.begins(date(2022, 10, 18), time(18)) == datetime(2022, 10, 18, 17, tzinfo=UTC)
    assert schedule.begins(date(2022, 11, 1), time(18)) == datetime(2022, 11, 1, 18, tzinfo=UTC)


@given(days, st.times(time(7), time(21)))
def test_the_wall_shows_what_was_planned_on_every_day(on: date, at: time) -> None:
    shown = schedule.begins(on, at).astimezone(ZoneInfo("Europe/London"))
    assert (shown.date(), shown.time()) == (on, at)
    assert schedule.is_on_the_clock(on, at)


def test_an_hour_that_the_clocks_leave_out_is_refused() -> None:
    """R6: 1.30 on the morning the clocks go forward does not exist."""
    answer = schedule.are_on_the_clock([date(2025, 3, 23), date(2025, 3, 30)], time(1, 30))
    assert answer.reason == "The clocks go forward on Sunday 30 March, so there is no 1.30am. Choose another time."


def test_clock_changes_are_found_with_the_way_they_go() -> None:
    assert schedule.clock_changes(date(2022, 10, 4), date(2022, 12, 13)) == [(date(2022, 10, 30), "back")]
    assert schedule.clock_changes(date(2025, 3, 1), date(2025, 4, 1)) == [(date(2025, 3, 30), "forward")]


def test_evening_ends_so_many_minutes_later() -> None:
    assert schedule.ends_at(time(18), 115) == time(19, 55)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))],
)
def test_easter_is_where_the_church_has_it(year: int, sunday: date) -> None:
    assert schedule.easter(year) == sunday


def test_mothers_and_fathers_day_of_2025() -> None:
    assert schedule.hard_days(2025) == {"Mother’s Day": date(2025, 3, 30), "Father’s Day": date(2025, 6, 15)}
