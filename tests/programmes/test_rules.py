"""The life of a programme, working days, and how its record is laid out. No database."""

import itertools
from datetime import date
from uuid import uuid4

import pytest

from coprod.people.models import Person, Side
from coprod.programmes import rules
from coprod.programmes.models import Comparison, Holiday, HolidayKind, Programme, ProgrammeState, TimelineEntry

ALLOWED = {
    ("started", ProgrammeState.SETTING_UP, "admin"),
    ("closed", ProgrammeState.ACTIVE, "admin"),
}
BANK = [
    Holiday(kind=HolidayKind.BANK, first=day, last=day, what="A bank holiday")
    for day in (date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2))
]
HALF_TERM = Holiday(kind=HolidayKind.SCHOOL, first=date(2022, 10, 24), last=date(2022, 10, 28), what="Half term")


@pytest.mark.parametrize(
    ("name", "state", "who"),
    list(itertools.product(rules.LIFECYCLE.moves, ProgrammeState, ("admin", "member", "worker"))),
)
def test_every_move_of_a_programme_from_every_state_by_everybody(name: str, state: ProgrammeState, who: str) -> None:
    side = Side.LIVED if who == "member" else Side.PROFESSIONAL
    person = Person(id=uuid4(), alias="Ada", side=side, is_admin=who == "admin")

    answer = rules.LIFECYCLE.may(person, name, Programme(name="X", partnership="Y", state=state))

    assert bool(answer) == ((name, state, who) in ALLOWED)
    assert bool(answer.reason) != bool(answer)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2022, 12, 23), True),
        (date(2022, 12, 24), False),
        (date(2022, 12, 25), False),
        (date(2022, 12, 26), False),
        (date(2022, 12, 28), True),
        (date(2022, 10, 25), True),
        (date(2025, 12, 24), True),
    ],
)
def test_working_day_is_neither_weekend_nor_bank_holiday(day: date, worked: bool) -> None:
    assert rules.is_working_day(day, [*BANK, HALF_TERM]) is worked


def test_ten_working_days_after_15_december_2022_is_3_january_2023() -> None:
    assert rules.add_working_days(date(2022, 12, 15), 10, BANK) == date(2023, 1, 3)
    assert rules.working_days_between(date(2022, 12, 15), date(2023, 1, 3), BANK) == 10


def test_no_working_days_is_the_day_itself() -> None:
    assert rules.add_working_days(date(2022, 12, 17), 0, BANK) == date(2022, 12, 17)
    assert rules.working_days_between(date(2022, 12, 17), date(2022, 12, 17), BANK) == 0


@pytest.mark.parametrize("year", [2025, 2040])
def test_christmas_and_new_year_are_always_off(year: int) -> None:
    days = [
        date(year, 12, 23),
        date(year, 12, 24),
        date(year, 12, 25),
        date(year, 12, 26),
        date(year, 1, 1),
        date(year, 1, 2),
    ]
    assert [rules.is_always_off(day) for day in days] == [False, True, True, True, True, False]


def test_day_falls_in_a_holiday_with_both_its_ends() -> None:
    days = [date(2022, 10, n) for n in (23, 24, 28, 29)]
    assert [rules.falls_in(day, [HALF_TERM]) for day in days] == [None, HALF_TERM, HALF_TERM, None]


@pytest.mark.parametrize(
    ("what", "lane"),
    [
        ("Blackpool becomes a partner in the national Born into Care study", "Study and data"),
        ("First statistical analysis of newborn babies in care proceedings", "Study and data"),
        ("Two co-production groups, one for mothers and one for fathers", "Groups"),
        ("Three co-production work streams begin", "Streams"),
        ("Steering group formed; first work streams prioritised", "Steering"),
        ("Development day: the streams come back together", "Steering"),
        ("Ofsted inspection of local authority children's services", "In the world"),
    ],
)
def test_lane_of_an_entry_is_found_by_its_words(what: str, lane: str) -> None:
    assert rules.lane_of(TimelineEntry(what=what, when="2022", position=1)) == lane


def test_entries_stand_lane_by_lane() -> None:
    entries = [
        TimelineEntry(position=n, when="2022", what=what)
        for n, what in enumerate(["An inspection", "A steering group", "A study", "Another study"], 1)
    ]
    assert [entry.position for entry in rules.in_lanes(entries)] == [3, 4, 2, 1]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"before": 55.0, "after": 76.0, "unit": "%"}, "55% → 76%"),
        (
            {"before": 50.0, "after": 180.0, "after_is": "over", "unit": "children and families"},
            "50 children and families → over 180 children and families",
        ),
        ({"change": -6.0, "unit": "%"}, "−6%"),
        ({"change": 2.5, "unit": "days"}, "+2.5 days"),
        ({"change_words": "slightly reduced"}, "slightly reduced"),
    ],
)
def test_comparison_is_two_points_and_never_a_trend(fields: dict[str, object], said: str) -> None:
    given = {"after_is": "", "unit": "", "change_words": ""} | fields
    assert rules.two_points(Comparison(name="X", better="up", **given)) == said


def test_entry_is_short_up_to_its_first_stop() -> None:
    entries = ["Steering group formed; first work streams prioritised", "Development day: the streams", "An inspection"]
    said = [rules.short(TimelineEntry(position=1, when="2022", what=what)) for what in entries]
    assert said == ["Steering group formed", "Development day", "An inspection"]
