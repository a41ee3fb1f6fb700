"""On which days somebody is told: its owner before an action is due, the chair once it is late.

Each rule answers the last such day up to today. Whoever was sent something on that day or later has been told; so a
day on which nothing ran is made good on the next working day, and none is told twice.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from coprod.actions.models import Action
from coprod.actions.rules.turns import worked_on_or_after, worked_on_or_before
from coprod.core.words import day_short
from coprod.programmes.models import Holiday
from coprod.programmes.rules import add_working_days

WEEK, DAY = timedelta(7), timedelta(1)
CATCH_UP = timedelta(28)
"""What was missed for longer is told no more: the outbox keeps what it sent for thirty days."""
FURTHEST = timedelta(21)
"""No reminder is for a day further off than this, however many holidays come together."""


def known_since(action: Action) -> date:
    """Answer since when its owner knows of it as it is: agreed, handed over, or given another date."""
    moved = action.due_changes[-1].on if action.due_changes else action.opened_on
    return max(action.opened_on, action.handed_on or action.opened_on, moved)


def reminder_day(action: Action, today: date, holidays: Iterable[Holiday]) -> date | None:
    """Answer the last day up to today on which its owner was to be reminded, if there was one.

    A week before it is due, and on the last working day before; each on a working day, and none on the day the owner
    was told of it or earlier.
    """
    known = list(holidays)
    days = {worked_on_or_before(action.due - ahead, known) for ahead in (WEEK, DAY)}
    since = max(known_since(action), today - CATCH_UP)
    return max((day for day in days if since < day <= today), default=None)


def told_day(due: date, today: date, holidays: Iterable[Holiday]) -> date | None:
    """Answer the last day up to today on which the chair was to hear that this is late, if there was one.

    The first is the working day after it was due; then one a week, on the next working day where nobody works on it.
    """
    known = list(holidays)
    first = add_working_days(due, 1, known)
    if first > today:
        return None
    weekly = first + WEEK * ((today - first).days // 7)
    days = (worked_on_or_after(day, known) for day in (weekly, weekly - WEEK) if day >= first)
    return next((day for day in days if day <= today), None)


def weekday_of(day: date) -> str:
    """Say a day so that it fits into a text: Fri 5 Dec."""
    return f"{day:%a} {day_short(day)}"
