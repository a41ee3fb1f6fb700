"""Something that is done again and again: the day its next turn is due."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from coprod.actions.models import Action, Repeat
from coprod.actions.rules.standing import first_due
from coprod.core.words import long_date
from coprod.programmes.models import Holiday
from coprod.programmes.rules import is_working_day

LONGEST_TURN = timedelta(100)
_DAY = timedelta(1)
_MONTHS = {Repeat.MONTHLY: 1, Repeat.QUARTERLY: 3}


def worked_on_or_after(day: date, holidays: Iterable[Holiday]) -> date:
    """Answer this day, or the next working day after it where nobody works on it."""
    known = list(holidays)
    while not is_working_day(day, known):
        day += _DAY
    return day


def worked_on_or_before(day: date, holidays: Iterable[Holiday]) -> date:
    """Answer this day, or the last working day before it where nobody works on it."""
    known = list(holidays)
    while not is_working_day(day, known):
        day -= _DAY
    return day


def next_turn(action: Action, today: date, holidays: Iterable[Holiday]) -> date:
    """Answer when something that is done again and again is due next: never on a day that is over.

    Turns are counted from the day the first of them was due, so one that a holiday or somebody moved moves no other:
    a thing for Fridays stays one for Fridays, and one for the 31st comes back to the 31st after February.
    """
    known, begins = list(holidays), action.series_from or first_due(action)
    was, turn = first_due(action), 1
    while (falls := _turn(begins, action.repeats, turn)) <= was or worked_on_or_after(falls, known) < today:
        turn += 1
    return worked_on_or_after(falls, known)


def what_follows(action: Action, following: Action | None) -> str:
    """Say when something that is done comes again, and who does it then if that is somebody else."""
    if following is None:
        return ""
    handed = "" if following.owner_id == action.owner_id else f" {following.owner.alias} does it from now on."
    return f" It comes again on {long_date(following.due)}.{handed}"


def _turn(begins: date, repeats: Repeat, turn: int) -> date:
    if repeats == Repeat.WEEKLY:
        return begins + timedelta(7 * turn)
    months = begins.month - 1 + _MONTHS[repeats] * turn
    year, month = begins.year + months // 12, months % 12 + 1
    return date(year, month, min(begins.day, monthrange(year, month)[1]))
