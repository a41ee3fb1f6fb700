"""How dates, times and numbers are said, and which words may not be stored at all."""

import re
from datetime import date, datetime, time, timedelta

from flask import Flask

from coprod.core.clock import HERE

_TEN_DIGITS = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_COURT_NUMBER = re.compile(r"\b[A-Z]{2}\d{2}[CPZ]\d{5}\b", re.IGNORECASE)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def has_nhs_number(words: str) -> bool:
    """Answer whether the words hold ten digits that pass the NHS number's modulus-11 check (domain rule 1)."""
    return any(_passes_mod_11("".join(found.groups())) for found in _TEN_DIGITS.finditer(words))


def _passes_mod_11(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def has_court_number(words: str) -> bool:
    """Answer whether the words hold something in the shape of a family court number (domain rule 1)."""
    return bool(_COURT_NUMBER.search(words))


def count(words: str) -> int:
    """Count the words a person would count."""
    return len(words.split())


def day(when: date) -> str:
    """Say a day of this year: Tuesday 18 November."""
    return f"{when:%A} {when.day} {when:%B}"


def long_date(when: date) -> str:
    """Say a date in full: 18 November 2025."""
    return f"{when.day} {when:%B} {when.year}"


def day_short(when: date) -> str:
    """Say a day in little room: 18 Nov."""
    return f"{when.day} {when:%b}"


def clock(when: time | datetime) -> str:
    """Say a time of day: 6pm, 7.55pm."""
    if isinstance(when, datetime):
        when = when.astimezone(HERE).time()
    hour, half = when.hour % 12 or 12, "am" if when.hour < 12 else "pm"
    return f"{hour}.{when.minute:02}{half}" if when.minute else f"{hour}{half}"


def clock_plain(when: time) -> str:
    """Say a time of day inside one evening: 6.00, 7.55."""
    return f"{when.hour % 12 or 12}.{when.minute:02}"


def moment(when: datetime) -> str:
    """Say a moment: Friday 21 November, 5pm."""
    local = when.astimezone(HERE)
    return f"{day(local.date())}, {clock(local.time())}"


def near(when: date, today: date) -> str:
    """Say a day as people do when it is near: Today, Tomorrow, or the day itself."""
    return {today: "Today", today + timedelta(1): "Tomorrow"}.get(when) or day(when)


def partial_date(when: str) -> str:
    """Say a date exactly as closely as it is known: 2019, June 2022, 27 March 2024, September 2021 to February 2022."""
    return " to ".join(_partial(part) for part in when.split("/"))


def _partial(when: str) -> str:
    year, *rest = when.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def init_app(app: Flask) -> None:
    """Give the templates these ways of saying things."""
    app.jinja_env.filters |= {
        "day": day,
        "date": long_date,
        "day_short": day_short,
        "clock": clock,
        "clock_plain": clock_plain,
        "moment": moment,
        "near": near,
        "partial_date": partial_date,
        "word_count": count,
    }
