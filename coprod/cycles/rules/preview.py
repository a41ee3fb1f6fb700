"""What a facilitator is told of a plan's dates before they are accepted (journey 12)."""

import calendar
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from coprod.core.words import clock, day, long_date
from coprod.cycles.models import Session, SessionState
from coprod.cycles.rules import steps
from coprod.cycles.rules.hints import Hint
from coprod.cycles.rules.schedule import NUMBERS, WEEK, Schedule, clock_changes, hard_days, in_words, why_free
from coprod.cycles.rules.shifting import Change, Shift
from coprod.library.rules.house import REVIEW_AT
from coprod.messages.models import PartOfDay
from coprod.needs.rules import DAYS, Clash, Slot, part_of
from coprod.programmes.models import Holiday

MOST_GAP = 14
MONDAY, MAY = 0, 5
WORKING_WEEK = range(5)


@dataclass(frozen=True)
class Day:
    """One day of a drawn month: its number, and what it is."""

    number: int
    kind: str


@dataclass(frozen=True)
class Month:
    """A drawn month: its name, and its weeks of seven, with nothing where the month is not."""

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True)
class Row:
    """One line of the weeks: a session with its number and phase, or a day left out and why."""

    on: date
    number: int | None
    words: str


def rows(schedule: Schedule, names: Sequence[str]) -> list[Row]:
    """List sessions, each with the words for it, and skipped days in the order of the calendar."""
    named = zip(schedule.days, names, strict=False)
    sessions = [Row(on, number, words) for number, (on, words) in enumerate(named, 1)]
    left_out = [Row(skip.on, None, f"Skipped: {skip.why}") for skip in schedule.skipped]
    return sorted([*sessions, *left_out], key=lambda row: row.on)


def shifted_rows(shift: Shift) -> list[Row]:
    """List the weeks as they would be: where each session stood before, and what is skipped."""
    moved = [Row(change.on, change.session.number, _was(change)) for change in shift.changes]
    stay = [Row(session.on, session.number, _stays(session)) for session in shift.others]
    left_out = [Row(skip.on, None, f"Skipped: {skip.why}") for skip in shift.skipped]
    return sorted([*moved, *stay, *left_out], key=lambda row: row.on)


def _was(change: Change) -> str:
    if not change.moves:
        return "Stays"
    return f"Was {day(change.was)}{'. People read that it moved' if change.is_told else ''}"


def _stays(session: Session) -> str:
    return "Held" if session.state == SessionState.HELD else "Stays"


def names(phases: Sequence[str], weeks: Sequence[int]) -> list[str]:
    """Name the phase of each session, given which of the three each belongs to."""
    return [_phase(number, phases[phase - 1]) for number, phase in enumerate(weeks, 1)]


def _phase(number: int, name: str) -> str:
    return f"{name}. Agreement review" if number == REVIEW_AT else name


def title(schedule: Schedule) -> str:
    """Name the months a cycle spans: October to December 2022, December 2025 to February 2026."""
    first, last = schedule.days[0], schedule.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{first:%B}{f' {first.year}' if first.year != last.year else ''} to {last:%B %Y}"


def months(schedule: Schedule, holidays: Sequence[Holiday]) -> list[Month]:
    """Draw the months from the first session to the last."""
    marks = dict.fromkeys(schedule.days, "session") | {skip.on: "skipped" for skip in schedule.skipped}
    first, last = schedule.days[0], schedule.last
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    spanned = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    return [_month(year, month + 1, marks, holidays) for year, month in spanned]


def _month(year: int, month: int, marks: dict[date, str], holidays: Sequence[Holiday]) -> Month:
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    drawn = tuple(
        tuple(Day(on.day, _mark(on, marks, holidays)) if on.month == month else None for on in week) for week in weeks
    )
    return Month(calendar.month_name[month], drawn)


def _mark(on: date, marks: dict[date, str], holidays: Sequence[Holiday]) -> str:
    return marks.get(on) or ("holiday" if on.weekday() < 5 and why_free(on, holidays, skip_school=True) else "")


def told(schedule: Schedule, at: time, holidays: Sequence[Holiday], never: Sequence[Collection[Slot]]) -> list[Hint]:
    """Say everything that is worth knowing of these dates, the clashes first."""
    return [*clash_hints(never, schedule.days, at), *hints(schedule, at, holidays)]


def told_of_shift(
    shift: Shift, session: Session, holidays: Sequence[Holiday], never: Sequence[Collection[Slot]]
) -> list[Hint]:
    """Say everything that is worth knowing of what moves, and of nothing that stays as it is."""
    at, anew = session.starts_at, Schedule(tuple(sorted(shift.moved)), shift.skipped)
    late = _late_end(anew, holidays) if shift.schedule.last == anew.last else []
    behind = steps.left_behind(session.cycle, shift.schedule.days)
    return [
        *clash_hints(never, anew.days, at, usual=shift.coming),
        *(Hint("look", f"“{step.title}” is on {day(step.on)}.", why) for step, why in behind if step.on),
        *_gaps(shift.schedule, among=anew.days),
        *late,
        *_mondays(anew),
        *_clocks(anew, at),
        *_hard_weeks(anew),
    ]


def hints(schedule: Schedule, at: time, holidays: Sequence[Holiday]) -> list[Hint]:
    """Say what is worth a look before these dates are accepted."""
    found = [*_gaps(schedule), *_late_end(schedule, holidays), *_mondays(schedule), *_clocks(schedule, at)]
    return [*found, *_hard_weeks(schedule)]


def clash(never: Sequence[Collection[Slot]], weekday: int, part: PartOfDay) -> Clash:
    """Count for how many members this part of the week never works, given for each the parts that never do."""
    return Clash(sum((weekday, part) in slots for slots in never), len(never))


def clash_hints(
    never: Sequence[Collection[Slot]], days: Sequence[date], at: time, *, usual: Sequence[date] = ()
) -> list[Hint]:
    """Say how many members can never come on these days: for the series, and for each on another day of the week.

    The series is what these days are, or the usual ones of which they are some. Numbers only, never who (journey 12).
    """
    if not never:
        return []
    part = part_of(at)
    weekday = Counter(on.weekday() for on in usual or days).most_common(1)[0][0]
    series = [_series(never, weekday, part)] if any(on.weekday() == weekday for on in days) else []
    apart = [(on, clash(never, on.weekday(), part)) for on in days if on.weekday() != weekday]
    return [*series, *(_apart(on, met) for on, met in apart if met.count)]


def _series(never: Sequence[Collection[Slot]], weekday: int, part: PartOfDay) -> Hint:
    found = clash(never, weekday, part)
    if found.count:
        return Hint("look", found.words, f"{_better(never, found, weekday, part)} We show numbers only.")
    return Hint("good", "No parent has ruled this slot out.")


def _apart(on: date, met: Clash) -> Hint:
    return Hint("look", f"{met.count} of {met.of} parents can’t do {day(on)}.", "It is not on the usual day.")


def _better(never: Sequence[Collection[Slot]], found: Clash, weekday: int, part: PartOfDay) -> str:
    others = [(clash(never, other, part).count, other) for other in WORKING_WEEK if other != weekday]
    least, other = min(others)
    if least >= found.count:
        return f"No other {part} of the working week suits more."
    more = in_words(found.count - least) if found.count - least < len(NUMBERS) else str(found.count - least)
    return f"{DAYS[other]} {part} would suit {more} more."


def _gaps(schedule: Schedule, among: Collection[date] | None = None) -> list[Hint]:
    pairs = zip(schedule.days, schedule.days[1:], strict=False)
    return [
        Hint("look", f"{(after - before).days} days pass after {day(before)}.", "Plan a call in between.")
        for before, after in pairs
        if (after - before).days > MOST_GAP and (among is None or before in among or after in among)
    ]


def _late_end(schedule: Schedule, holidays: Sequence[Holiday]) -> list[Hint]:
    why = why_free(schedule.last, holidays, skip_school=True)
    return [Hint("look", "The last session falls in a school holiday.", f"{why}.")] if why else []


def _mondays(schedule: Schedule) -> list[Hint]:
    if schedule.days[0].weekday() != MONDAY or not any(on.month == MAY for on in _weekly(schedule)):
        return []
    return [Hint("look", "Mondays lose weeks in May.", "Another day of the week would end sooner.")]


def _weekly(schedule: Schedule) -> list[date]:
    return [*schedule.days, *(skip.on for skip in schedule.skipped)]


def _clocks(schedule: Schedule, at: time) -> list[Hint]:
    return [
        Hint("good", f"The clocks go {way} on {day(on)}.", f"{clock(at)} stays {clock(at)}.")
        for on, way in clock_changes(schedule.days[0], schedule.last)
    ]


def _hard_weeks(schedule: Schedule) -> list[Hint]:
    years = range(schedule.days[0].year, schedule.last.year + 1)
    sundays = {sunday: name for year in years for name, sunday in hard_days(year).items()}
    met = [(name, sunday) for sunday, name in sundays.items() if any(_same_week(on, sunday) for on in schedule.days)]
    if not met:
        return [Hint("good", "Clear of Mother’s Day and Father’s Day.")]
    return [
        Hint("look", f"One session is in the week of {name}, {long_date(on)}.", "It may be hard.") for name, on in met
    ]


def _same_week(on: date, sunday: date) -> bool:
    return sunday - WEEK + timedelta(1) <= on <= sunday
