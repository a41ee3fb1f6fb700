"""The planner's preview against a slow count of its own, on 2,000 calendars of 500 holidays and 40 members each."""

import random
from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from coprod.core.words import day, long_date
from coprod.cycles.rules import preview, schedule
from coprod.messages.models import PartOfDay
from coprod.needs.rules import Slot
from coprod.programmes.models import HolidayKind

CALENDARS, HOLIDAYS, MEMBERS = 2000, 500, 40
ONE_DAY = timedelta(1)
FIRST, LAST = date(2019, 1, 1), date(2035, 12, 31)
DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIXED = {(12, 24): "Christmas Eve", (12, 25): "Christmas Day", (12, 26): "Boxing Day", (1, 1): "New Year’s Day"}
COUNTED = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
]
EDGES = [
    date(2024, 2, 29),
    date(2028, 2, 29),
    date(2021, 12, 28),
    date(2026, 1, 1),
    date(2022, 3, 27),
    date(2023, 10, 29),
]


class Off(NamedTuple):
    """A holiday, as light as a tuple."""

    first: date
    kind: HolidayKind
    what: str
    last: date


class Pool(NamedTuple):
    """What calendars are drawn from."""

    off: list[Off]
    members: list[list[set[Slot]]]
    """Members who rule out little, some and much of the week."""


class Calendar(NamedTuple):
    """One random calendar."""

    start: date
    at: time
    school: bool
    off: list[Off]
    bank: dict[date, str]
    in_school: dict[date, str]
    never: list[set[Slot]]


def _pool(dice: random.Random) -> Pool:
    span = (LAST - FIRST).days
    off = []
    for number in range(6000):
        first, kind = FIRST + timedelta(dice.randrange(span)), dice.choice(list(HolidayKind))
        length = dice.choice((0, 0, 0, 1, 4, 11)) if kind == HolidayKind.SCHOOL else 0
        off.append(Off(first, kind, f"Off {number}", first + timedelta(length)))
    week = [(weekday, part) for weekday in range(7) for part in PartOfDay]
    members = [[{slot for slot in week if dice.random() < part} for _ in range(200)] for part in (0.01, 0.15, 0.4)]
    return Pool(off, members)


def _draw(dice: random.Random, pool: Pool) -> Calendar:
    near = dice.choice(EDGES) if dice.random() < 0.5 else FIRST + timedelta(dice.randrange(365 * 14))
    start = near - timedelta(dice.randrange(80))
    at = dice.choice((time(9, 30), time(12), time(16, 59), time(17), time(18)))
    off, never = sorted(dice.sample(pool.off, HOLIDAYS)), dice.sample(dice.choice(pool.members), MEMBERS)
    bank, school = _whys(off)
    return Calendar(start, at, dice.random() < 0.5, off, bank, school, never)


# --- The slow count.


def _whys(off: list[Off]) -> tuple[dict[date, str], dict[date, str]]:
    bank: dict[date, str] = {}
    school: dict[date, str] = {}
    for one in off:
        names, on = bank if one.kind == HolidayKind.BANK else school, one.first
        while on <= one.last:
            names.setdefault(on, one.what)
            on += ONE_DAY
    return bank, school


def _slow_weeks(drawn: Calendar) -> list[tuple[date, int | None, str]]:
    bank, school = drawn.bank, drawn.in_school
    found: list[tuple[date, int | None, str]] = []
    on, number = drawn.start, 0
    while number < 10 and (on - drawn.start).days < 60 * 7:
        if on.weekday() == drawn.start.weekday():
            why = bank.get(on) or FIXED.get((on.month, on.day)) or (school.get(on) if drawn.school else None)
            number += not why
            found.append((on, None, why) if why else (on, number, ""))
        on += ONE_DAY
    return found


def _sundays(year: int, month: int) -> list[date]:
    return [on for n in range(31) if (on := date(year, month, 1) + timedelta(n)).month == month and on.weekday() == 6]


def _easter(year: int) -> date:
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, before = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, before + 1)


def _slow_clash(drawn: Calendar) -> str:
    hour = drawn.at.hour
    part = "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"
    counts = [0] * 7
    for one in drawn.never:
        for weekday, never in one:
            counts[weekday] += never.value == part
    here = counts[drawn.start.weekday()]
    if not here:
        return "No parent has ruled this slot out."
    better = [(counts[weekday], weekday) for weekday in range(5) if weekday != drawn.start.weekday()]
    least, weekday = sorted(better)[0]
    words = f"No other {part} of the working week suits more."
    if least < here:
        more = COUNTED[here - least - 1] if here - least <= 20 else str(here - least)
        words = f"{DAYS_OF_WEEK[weekday]} {part} would suit {more} more."
    return f"{here} of 40 parents can’t do this slot. {words} We show numbers only."


def _slow_warnings(drawn: Calendar, days: list[date], all_days: list[date]) -> list[str]:
    found = [
        f"{(after - before).days} days pass after {day(before)}. Plan a call in between."
        for before, after in pairwise(days)
        if (after - before).days > 14
    ]
    if away := drawn.in_school.get(days[-1]):
        found.append(f"The last session falls in a school holiday. {away}.")
    if drawn.start.weekday() == 0 and any(on.month == 5 for on in all_days):
        found.append("Mondays lose weeks in May. Another day of the week would end sooner.")
    return [*found, *_slow_clocks(drawn.at, days), *_slow_sundays(days)]


def _slow_clocks(at: time, days: list[date]) -> list[str]:
    hour = f"{(at.hour - 1) % 12 + 1}{f'.{at.minute}' if at.minute else ''}"
    wall = f"{hour}{'am' if at.hour < 12 else 'pm'}"
    years = range(days[0].year, days[-1].year + 1)
    turns = [(_sundays(year, month)[-1], way) for year in years for month, way in ((3, "forward"), (10, "back"))]
    return [
        f"The clocks go {way} on {day(turn)}. {wall} stays {wall}." for turn, way in turns if days[0] < turn <= days[-1]
    ]


def _slow_sundays(days: list[date]) -> list[str]:
    named = []
    for year in range(days[0].year, days[-1].year + 1):
        named += [("Mother’s Day", _easter(year) - timedelta(21)), ("Father’s Day", _sundays(year, 6)[2])]
    met = [
        f"One session is in the week of {name}, {long_date(sunday)}. It may be hard."
        for name, sunday in named
        if any(0 <= (sunday - on).days < 7 for on in days)
    ]
    return met or ["Clear of Mother’s Day and Father’s Day."]


def test_the_preview_is_exact_on_two_thousand_random_calendars() -> None:
    """Journey 12: dates, skipped days with reasons, weeks, end, gaps, clash counts and warnings."""
    dice = random.Random("ten weeks that run themselves")
    pool, met = _pool(dice), Counter[str]()
    for number in range(CALENDARS):
        drawn = _draw(dice, pool)
        placed = schedule.place(drawn.start, drawn.off, skip_school=drawn.school)  # type: ignore[arg-type]
        slow = _slow_weeks(drawn)
        days = [on for on, at, _ in slow if at]
        assert bool(schedule.is_whole(placed)) == (len(days) == 10), drawn.start
        if len(days) < 10:
            met["no room"] += 1
            continue
        rows = preview.rows(placed, [""] * 10)
        assert [(row.on, row.number, row.words) for row in rows] == [
            (on, at, f"Skipped: {why}" if why else "") for on, at, why in slow
        ]
        assert (placed.weeks, placed.last) == (((days[-1] - days[0]).days + 7) // 7, days[-1])
        assert placed.longest_gap == max((b - a).days for a, b in pairwise(days))
        told = preview.told(placed, drawn.at, drawn.off, drawn.never)  # type: ignore[arg-type]
        assert [f"{hint.words} {hint.todo}".strip() for hint in told] == [
            _slow_clash(drawn),
            *_slow_warnings(drawn, days, [on for on, _, _ in slow]),
        ]
        met.update(_edges(days))
        if number % 40 == 0:
            _months_are_exact(drawn, slow, placed)
    assert all(met[edge] >= 40 for edge in ("leap day", "year end", "forward", "back")), met


def _edges(days: list[date]) -> set[str]:
    first, last = days[0], days[-1]
    spanned = [first + timedelta(n) for n in range((last - first).days + 1)]
    turns = {3: "forward", 10: "back"}
    found = {turns[on.month] for on in spanned if on.month in turns and on == _sundays(on.year, on.month)[-1]}
    found |= {"leap day" for on in spanned if (on.month, on.day) == (2, 29)}
    return found | ({"year end"} if first.year != last.year else set())


def _months_are_exact(drawn: Calendar, slow: list[tuple[date, int | None, str]], placed: schedule.Schedule) -> None:
    bank, school = drawn.bank, drawn.in_school
    marks = {on: "session" if at else "skipped" for on, at, _ in slow}
    last = placed.last
    on, expected = placed.days[0].replace(day=1), []
    while on <= last or on.month == last.month:
        away = on.weekday() < 5 and (on in bank or on in school or (on.month, on.day) in FIXED)
        expected.append((on.day, marks.get(on) or ("holiday" if away else "")))
        on += ONE_DAY
    drawn_days = [
        (one.number, one.kind)
        for month in preview.months(placed, drawn.off)
        for week in month.weeks
        for one in week
        if one  # type: ignore[arg-type]
    ]
    assert drawn_days == expected
