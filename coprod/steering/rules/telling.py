"""On which days a chair is told of the replies still owed, and of the decisions to look at again.

Each rule answers the last such day up to today. Whoever was sent something on that day or later has been told; so a
day on which nothing ran is made good on the next working day, and none is told twice.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from coprod.actions.rules import CATCH_UP, worked_on_or_after, worked_on_or_before
from coprod.programmes.models import Holiday

BEFORE = (5, 1)
"""So many working days before a reply is due its chair is told, and then on each working day it is late."""
_DAY = timedelta(1)


def working_days_before(day: date, n: int, holidays: Iterable[Holiday]) -> date:
    """Answer the n-th working day before this day."""
    known = list(holidays)
    for _ in range(n):
        day = worked_on_or_before(day - _DAY, known)
    return day


def owed_day(due: date, today: date, holidays: Iterable[Holiday]) -> date | None:
    """Answer the last day up to today on which the chair was to hear that a reply is owed, if there was one."""
    known = list(holidays)
    late = worked_on_or_before(today, known)
    if late > due:
        return late
    return max((day for n in BEFORE if (day := working_days_before(due, n, known)) <= today), default=None)


def review_day(review_on: date, today: date, holidays: Iterable[Holiday]) -> date | None:
    """Answer the day on which the chair was to hear that a decision is to be looked at again, if it has come."""
    day = worked_on_or_after(review_on, holidays)
    return day if today - CATCH_UP < day <= today else None
