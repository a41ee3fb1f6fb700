"""When the sessions of a cycle stand, and why a week is left out (domain section 6, R6)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coprod.core.answers import YES, Answer, no
from coprod.core.words import clock, day
from coprod.programmes.models import Holiday, HolidayKind

TEN = 10
MOST_TRIES = 60
WEEK = timedelta(weeks=1)
ZONE = "Europe/London"
NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
ALWAYS_FREE = {
    (12, 24): "Christmas Eve",
    (12, 25): "Christmas Day",
    (12, 26): "Boxing Day",
    (1, 1): "New Year’s Day",
}


@dataclass(frozen=True)
class Skipped:
    """A day on which no session stands, and why."""

    on: date
    why: str


@dataclass(frozen=True)
class Schedule:
    """The days of a cycle's sessions, and the days left out between them."""

    days: tuple[date, ...]
    skipped: tuple[Skipped, ...]

    @property
    def last(self) -> date:
        """Answer the day of the last session."""
        return self.days[-1]

    @property
    def weeks(self) -> int:
        """Count the calendar weeks from the first session to the last."""
        return (self.last - self.days[0]) // WEEK + 1

    @property
    def longest_gap(self) -> int:
        """Count the days of the longest wait from one session to the next."""
        pairs = zip(self.days, self.days[1:], strict=False)
        return max(((after - before).days for before, after in pairs), default=0)


def span(start: date) -> tuple[date, date]:
    """Answer the first and the last day of the months a cycle from this start could touch."""
    last = start + MOST_TRIES * WEEK
    return start.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def place(start: date, holidays: Sequence[Holiday], *, skip_school: bool, count: int = TEN) -> Schedule:
    """Place so many sessions, weekly from the start, leaving out holidays; fewer only where sixty weeks hold fewer."""
    days: list[date] = []
    skipped: list[Skipped] = []
    for tried in range(MOST_TRIES):
        if len(days) == count:
            break
        on = start + tried * WEEK
        if why := why_free(on, holidays, skip_school=skip_school):
            skipped.append(Skipped(on, why))
        else:
            days.append(on)
    return Schedule(tuple(days), tuple(skipped))


def why_free(on: date, holidays: Sequence[Holiday], *, skip_school: bool) -> str:
    """Name the holiday that keeps this day free; nothing when a session may stand."""
    if bank := _holiday(on, holidays, HolidayKind.BANK):
        return bank
    if fixed := ALWAYS_FREE.get((on.month, on.day)):
        return fixed
    return _holiday(on, holidays, HolidayKind.SCHOOL) if skip_school else ""


def _holiday(on: date, holidays: Sequence[Holiday], kind: HolidayKind) -> str:
    return next((h.what for h in holidays if h.kind == kind and h.first <= on <= h.last), "")


def in_words(count: int) -> str:
    """Say a small number: ten."""
    return NUMBERS[count]


def is_whole(schedule: Schedule, count: int = TEN) -> Answer:
    """Every session must have found its day."""
    if len(schedule.days) == count:
        return YES
    words = f"{in_words(count).capitalize()} sessions do not fit"
    return no(f"{words}: too many of these days are holidays. Choose another day.")


def begins(on: date, at: time, zone: str = ZONE) -> datetime:
    """Answer the moment, in UTC, at which the clock on the wall shows this time on this day."""
    return datetime.combine(on, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def is_on_the_clock(on: date, at: time, zone: str = ZONE) -> Answer:
    """The clock on the wall must show this time that day: an hour is left out when the clocks go forward (R6)."""
    shown = begins(on, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if shown == datetime.combine(on, at):
        return YES
    return no(f"The clocks go forward on {day(on)}, so there is no {clock(at)}. Choose another time.")


def are_on_the_clock(days: Sequence[date], at: time) -> Answer:
    """Every one of these days must have this time."""
    answer = YES
    for on in days:
        answer = answer & is_on_the_clock(on, at)
    return answer


def ends_at(at: time, minutes: int) -> time:
    """Answer the time of day so many minutes later."""
    return (datetime.combine(date.min, at) + timedelta(minutes=minutes)).time()


def clock_changes(first: date, last: date, zone: str = ZONE) -> list[tuple[date, str]]:
    """List the days between these on which the clocks change, with the way they go."""
    found = []
    on = first
    while on < last:
        tomorrow = on + timedelta(1)
        turn = _offset(tomorrow, zone) - _offset(on, zone)
        if turn:
            found.append((tomorrow, "forward" if turn > timedelta(0) else "back"))
        on = tomorrow
    return found


def _offset(on: date, zone: str) -> timedelta:
    return datetime.combine(on, time(12), tzinfo=ZoneInfo(zone)).utcoffset() or timedelta(0)


def easter(year: int) -> date:
    """Answer Easter Sunday: the Sunday after the first full moon of the church's spring."""
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    since = moon - weekday
    month = 3 + (since + 40) // 44
    return date(year, month, since + 28 - 31 * (month // 4))


def hard_days(year: int) -> dict[str, date]:
    """Name the two Sundays of a year that weigh on parents."""
    june = date(year, 6, 1)
    first_sunday = june + timedelta((6 - june.weekday()) % 7)
    return {"Mother’s Day": easter(year) - 3 * WEEK, "Father’s Day": first_sunday + 2 * WEEK}
