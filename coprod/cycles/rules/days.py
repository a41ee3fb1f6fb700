"""One day or evening of groups together: when it may stand, how long it may be, and the agenda it starts from."""

from collections.abc import Sequence
from datetime import date, time

from coprod.core.answers import YES, Answer, no
from coprod.core.words import day
from coprod.cycles.models import AgendaItem, Part, Purpose
from coprod.cycles.rules.agenda import LONGEST_DAY
from coprod.cycles.rules.schedule import is_on_the_clock, why_free
from coprod.library.rules.templates import LONGEST
from coprod.programmes.models import Holiday

SHORTEST = 90
LUNCH_FROM = 240
LUNCH, BREAK, BLOCK = 45, 15, 60
LEAST_BREAK = 10
EVENING_WORK = (
    ("Who we are, and what each group does", Purpose.SHARE, "We know each other"),
    ("What our groups have in common", Purpose.EXPLORE, "We know what to do together"),
)
DAY_WORK = (
    ("Who we are, and what each group does", Purpose.SHARE, "We know each other"),
    ("What our groups found out", Purpose.SHARE, "We know what the others know"),
    ("What our groups have in common", Purpose.EXPLORE, "We know what to do together"),
    ("What we do next, together", Purpose.EXPLORE, "We know who starts what"),
)


def fits(minutes: int, longest: int) -> Answer:
    """An evening together is as long as any; a development day may take six hours."""
    if SHORTEST <= minutes <= longest:
        return YES
    return no(f"Choose from {SHORTEST} to {longest} minutes.")


def longest(is_day: bool) -> int:
    """Answer how many minutes it may take."""
    return LONGEST_DAY if is_day else LONGEST


def may_stand_on(on: date, at: time, holidays: Sequence[Holiday], today: date) -> Answer:
    """It stands on a coming day that is no bank holiday; school holidays are for those who plan it to weigh."""
    free = why_free(on, holidays, skip_school=False)
    return (
        (no("That day is over. Choose a day to come.") if on < today else YES)
        & (no(f"{day(on)} is free: {free}. Choose another.") if free else YES)
        & is_on_the_clock(on, at)
    )


def agenda_for(minutes: int) -> list[AgendaItem]:
    """Lay out what keeps every timing rule in this many minutes: work between breaks, and lunch on a long day."""
    middle = _evening_middle(minutes) if minutes <= LONGEST else _day_middle(minutes)
    items = [
        AgendaItem(part=Part.ARRIVE, title="Arrive and food", minutes=10 if minutes <= 90 else 15),
        AgendaItem(part=Part.CHECK_IN, title="Check-in", purpose=Purpose.SHARE, method="Passing is fine.", minutes=10),
        *middle,
        AgendaItem(part=Part.ACTIONS, title="Who does what next", minutes=10),
        AgendaItem(part=Part.CHECK_OUT, title="Check-out", purpose=Purpose.SHARE, method="One word each.", minutes=10),
    ]
    for position, item in enumerate(items, 1):
        item.position = position
    return items


def _evening_middle(minutes: int) -> list[AgendaItem]:
    rest = minutes - (40 if minutes <= 90 else 45) - LEAST_BREAK
    first = min(rest // 2, 30)
    return [_work(EVENING_WORK[0], first), _break(LEAST_BREAK), _work(EVENING_WORK[1], min(rest - first, BLOCK))]


def _day_middle(minutes: int) -> list[AgendaItem]:
    """Work in blocks of an hour at most; the break nearest to the middle of a long day is lunch."""
    lunch = LUNCH if minutes >= LUNCH_FROM else 0
    work = minutes - 45 - lunch
    blocks = 2
    while (work - BREAK * _breaks(blocks, lunch)) > BLOCK * blocks:
        blocks += 1
    left = work - BREAK * _breaks(blocks, lunch)
    middle: list[AgendaItem] = []
    for number in range(blocks):
        if number:
            is_lunch = lunch and number == (blocks + 1) // 2
            middle.append(_break(LUNCH, "Lunch") if is_lunch else _break(BREAK))
        length = left // blocks + (left % blocks if number == blocks - 1 else 0)
        middle.append(_work(DAY_WORK[min(number * len(DAY_WORK) // blocks, 3)], length, number))
    return middle


def _breaks(blocks: int, lunch: int) -> int:
    return blocks - 1 - (1 if lunch else 0)


def _break(minutes: int, title: str = "Break") -> AgendaItem:
    return AgendaItem(part=Part.BREAK, title=title, minutes=minutes)


def _work(work: tuple[str, Purpose, str], minutes: int, number: int = 0) -> AgendaItem:
    title, purpose, outcome = work
    method = "Small groups, mixed. Passing is fine." if number % 2 == 0 else "All together, then round the wall."
    return AgendaItem(
        part=Part.WORK, title=title, purpose=purpose, outcome_wanted=outcome, method=method, minutes=minutes
    )
