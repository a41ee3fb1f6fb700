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

    answer = rules.LIFECYCLE.may(person, name, _programme(state=state))

    assert bool(answer) == ((name, state, who) in ALLOWED)
    assert bool(answer.reason) != bool(answer)


# --- Before it goes live (journey 24).


def _somebody(alias: str = "Lena", side: Side = Side.PROFESSIONAL, **fields: object) -> Person:
    return Person(**{"id": uuid4(), "alias": alias, "side": side, "active": True, "is_admin": False} | fields)


def _programme(**fields: object) -> Programme:
    whole = {
        "safeguarding_lead": _somebody("Lena"),
        "deputy_lead": _somebody("Dale"),
        "data_protection_signed_on": date(2025, 9, 1),
        "accessibility_statement_on": date(2025, 9, 2),
    }
    return Programme(**{"name": "X", "partnership": "Y", "state": ProgrammeState.SETTING_UP} | whole | fields)


ALL_FOUR = {
    "safeguarding_lead": "a safeguarding lead",
    "deputy_lead": "a deputy for the lead",
    "data_protection_signed_on": "the day data protection was signed off",
    "accessibility_statement_on": "the day of the accessibility statement",
}


def test_programme_goes_live_with_all_four_only_and_every_missing_one_is_named() -> None:
    admin = _somebody("Ada", is_admin=True)
    for gone in itertools.product((False, True), repeat=4):
        lacking = [column for column, is_gone in zip(ALL_FOUR, gone, strict=True) if is_gone]
        programme = _programme(**dict.fromkeys(lacking))
        answer = rules.LIFECYCLE.may(admin, "started", programme)
        assert rules.missing(programme) == [ALL_FOUR[column] for column in lacking]
        assert bool(answer) == (not lacking)
        assert all(ALL_FOUR[column] in answer.reason for column in lacking)
    both = rules.may_go_live(_programme(safeguarding_lead=None, accessibility_statement_on=None))
    assert both.reason == ("The programme still needs a safeguarding lead and the day of the accessibility statement.")


@pytest.mark.parametrize(
    ("fields", "receives"),
    [
        ({}, True),
        ({"side": Side.LIVED}, False),
        ({"side": Side.SUPPORTER}, False),
        ({"active": False}, False),
        ({"is_admin": True}, False),
    ],
)
def test_concerns_are_received_by_professionals_with_an_open_account_and_never_by_admins(
    fields: dict[str, object], receives: bool
) -> None:
    """P7."""
    somebody, other = _somebody(**fields), _somebody("Dale")
    assert bool(rules.may_receive(somebody)) is receives
    for pair in ((somebody, other), (other, somebody), (somebody, None)):
        assert bool(rules.may_lead(*pair)) is receives
    programme = _programme(safeguarding_lead=somebody, deputy_lead=other)
    assert bool(rules.may_go_live(programme)) is receives
    assert bool(rules.is_lead(somebody, programme)) is receives
    assert rules.leads(programme) == ([somebody, other] if receives else [other])


def test_lead_and_deputy_are_two_people() -> None:
    one = _somebody()
    assert rules.may_lead(one, one).reason == "Name two different people, so that one can stand in for the other."
    assert rules.may_lead(None, None)
    assert rules.missing(_programme(safeguarding_lead=one, deputy_lead=one)) == ["a deputy for the lead"]
    assert not rules.is_lead(_somebody("Ada", is_admin=True), _programme())


def test_what_is_signed_was_signed_by_today() -> None:
    admin, today = _somebody(is_admin=True), date(2025, 11, 17)
    said = [bool(rules.may_sign_off(admin, day, None, today)) for day in (None, today, date(2025, 11, 18))]
    assert said == [True, True, False]
    assert not rules.may_sign_off(admin, today, date(2025, 11, 18), today)
    assert not rules.may_sign_off(_somebody(), today, today, today)


def test_nothing_is_taken_from_an_active_programme() -> None:
    said = {state: bool(rules.stays_whole(_programme(state=state), "a lead", None)) for state in ProgrammeState}
    assert said == {ProgrammeState.SETTING_UP: True, ProgrammeState.ACTIVE: False, ProgrammeState.CLOSED: True}


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
