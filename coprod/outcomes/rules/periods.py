"""The weeks, months and quarters a measure is read for, and how people write them."""

import re
from datetime import date, datetime, timedelta

from coprod.core.words import long_date
from coprod.outcomes.models import HowOften

MONTH_FORMATS = ("%B %Y", "%b %Y", "%Y-%m", "%m/%Y", "%m.%Y")
DAY_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
QUARTER = re.compile(r"q([1-4])[ /-]*(\d{4})|(\d{4})[ /-]*q([1-4])", re.IGNORECASE)
ASKED = {
    HowOften.WEEK: "Write a day of the week like this: 14 October 2025.",
    HowOften.MONTH: "Write the month like this: October 2025.",
    HowOften.QUARTER: "Write the quarter like this: Q4 2025, or a month of it: October 2025.",
    HowOften.ONCE: "Write the month like this: October 2025.",
    HowOften.TOLD: "Write the month like this: October 2025.",
}
NAMES = dict.fromkeys(HowOften, "month") | {HowOften.WEEK: "week", HowOften.QUARTER: "quarter"}


def period_of(how_often: HowOften | None, day: date) -> date:
    """Answer the first day of the period a day lies in."""
    if how_often == HowOften.WEEK:
        return day - timedelta(day.weekday())
    if how_often == HowOften.QUARTER:
        return date(day.year, day.month - (day.month - 1) % 3, 1)
    return day.replace(day=1)


def period_words(how_often: HowOften | None, starts: date) -> str:
    """Say a period: October 2025, October to December 2025, week from 13 October 2025."""
    if how_often == HowOften.WEEK:
        return f"Week from {long_date(starts)}"
    if how_often == HowOften.QUARTER:
        return f"{starts:%B} to {starts.replace(month=starts.month + 2):%B %Y}"
    return f"{starts:%B %Y}"


def read_period(how_often: HowOften | None, typed: str) -> date:
    """Read a period as people, and spreadsheets, write it; a week is told by any of its days."""
    return period_of(how_often, _day(how_often, typed.strip()))


def _day(how_often: HowOften | None, typed: str) -> date:
    if how_often == HowOften.QUARTER and (quarter := QUARTER.fullmatch(typed)):
        number, year = quarter[1] or quarter[4], quarter[2] or quarter[3]
        return date(int(year), int(number) * 3, 1)
    shapes = DAY_FORMATS if how_often == HowOften.WEEK else (*MONTH_FORMATS, *DAY_FORMATS)
    for shape in shapes:
        try:
            return datetime.strptime(typed, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(typed)
