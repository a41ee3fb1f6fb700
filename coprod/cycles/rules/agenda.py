"""What a session's agenda must hold before it is published (domain rules 17 to 19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coprod.core.answers import YES, Answer, no
from coprod.core.words import day
from coprod.cycles.models import AgendaItem, ItemState, Part, Purpose, Session
from coprod.cycles.rules.hints import Hint
from coprod.library.rules.templates import LONGEST
from coprod.workstreams.models import Kind

LONGEST_DAY = 360
LEAST = 10
BREAK_BY = 60
BREAK_EVERY = 90
BEFORE_CHECK_OUT = 10
BEFORE_END = 20
DAYS_BEFORE = 5
LEAST_LIVED = 2
LET_GO = frozenset({ItemState.DROPPED, ItemState.CARRIED_OVER})


@dataclass(frozen=True)
class Timed:
    """An agenda item with the minutes at which it starts and ends."""

    item: AgendaItem
    starts: int
    ends: int


def timed(items: Sequence[AgendaItem]) -> list[Timed]:
    """Lay the items end to end, those let go left out."""
    laid: list[Timed] = []
    minute = 0
    for item in kept(items):
        laid.append(Timed(item, minute, minute + item.minutes))
        minute += item.minutes
    return laid


def kept(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """List what is not dropped and not carried over."""
    return [item for item in items if item.state not in LET_GO]


def let_go(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """List what was dropped or carried over."""
    return [item for item in items if item.state in LET_GO]


def minutes(items: Sequence[AgendaItem]) -> int:
    """Count the minutes of all that is not let go."""
    laid = timed(items)
    return laid[-1].ends if laid else 0


def place_for_more(items: Sequence[AgendaItem]) -> int:
    """Answer where an item that comes from elsewhere stands first: before the jobs, else before check-out."""
    parts = [item.part for item in items]
    ends = [parts.index(part) for part in (Part.ACTIONS, Part.CHECK_OUT) if part in parts]
    return ends[0] if ends else len(parts)


def limit(session: Session) -> int:
    """Answer how many minutes this evening may take, or this day."""
    return min(session.minutes, LONGEST_DAY if is_day(session) else LONGEST)


def break_by(session: Session) -> int | None:
    """Answer the minute by which an evening's break starts; a day has several, and none is drawn."""
    return None if is_day(session) else BREAK_BY


def is_day(session: Session) -> bool:
    """Answer whether groups spend a longer day together, with breaks of its own."""
    return session.minutes > LONGEST and session.cycle.workstream.kind == Kind.GATHERING


def called(session: Session) -> str:
    """Answer what it is: a day, or an evening."""
    return "day" if is_day(session) else "evening"


def checks(session: Session) -> list[Hint]:
    """Try every timing rule, those to mend first."""
    laid = timed(session.items)
    found = [
        *_length(laid, limit(session)),
        *_check_in(laid),
        *(_breaks_of_a_day(laid) if is_day(session) else _break(laid)),
        *_decide(laid),
        *_hard(laid),
        *_check_out(laid),
    ]
    return sorted(found, key=lambda hint: hint.kind != "mend")


def is_sound(session: Session) -> Answer:
    """No timing rule may be broken (domain rule 18)."""
    broken = [hint for hint in checks(session) if hint.kind == "mend"]
    return no(f"{broken[0].words} {broken[0].todo}") if broken else YES


def is_out_in_time(session: Session, today: date) -> Answer:
    """People must have it five days before (domain rule 18)."""
    latest = publish_by(session)
    if today <= latest:
        return YES
    return no(f"It had to be out by {day(latest)}, {DAYS_BEFORE} days before. Move the session to a later day.")


def publish_by(session: Session) -> date:
    """Answer the last day on which this session may be published."""
    return session.on - timedelta(DAYS_BEFORE)


def has_agreement(agreed: bool) -> Answer:
    """A group agrees how it works together before it works (domain rule 17)."""
    return YES if agreed else no("No working-together agreement is agreed yet. Agree one before the first session.")


def is_ready(session: Session, *, agreed: bool, today: date) -> Answer:
    """Everything but who: the timing rules, the agreement, and five days' notice."""
    return is_sound(session) & has_agreement(agreed) & is_out_in_time(session, today)


def lived_hint(expected: int) -> Hint:
    """Warn where fewer than two people with lived experience would come (domain rule 19)."""
    if expected >= LEAST_LIVED:
        return Hint("good", f"{expected} parents expected")
    return Hint("look", "Fewer than 2 parents are in the group.", "Ask who is missing before you publish.")


def _length(laid: Sequence[Timed], most: int) -> list[Hint]:
    total = laid[-1].ends if laid else 0
    if total <= most:
        return [Hint("good", f"{total} of {most} minutes")]
    return [Hint("mend", f"The items take {total} minutes, and the session has {most}.", f"Take {total - most} off.")]


def _check_in(laid: Sequence[Timed]) -> list[Hint]:
    parts = [entry.item.part for entry in laid]
    if parts[:2] != [Part.ARRIVE, Part.CHECK_IN]:
        words, todo = "Check-in must come right after arrival.", "Start with arrival, then check-in."
        return [Hint("mend", words, todo, _first(laid, Part.CHECK_IN))]
    return _long_enough("Check-in", laid[1].item, "right after arrival")


def _check_out(laid: Sequence[Timed]) -> list[Hint]:
    if not laid or laid[-1].item.part != Part.CHECK_OUT:
        return [Hint("mend", "Check-out must come last.", "End with check-out.", _first(laid, Part.CHECK_OUT))]
    return _long_enough("Check-out", laid[-1].item, "at the end")


def _first(laid: Sequence[Timed], part: Part) -> AgendaItem | None:
    return next((entry.item for entry in laid if entry.item.part == part), None)


def _long_enough(name: str, item: AgendaItem, where: str) -> list[Hint]:
    if item.minutes >= LEAST:
        return [Hint("good", f"{name} is {item.minutes} minutes, {where}")]
    return [Hint("mend", f"{name} has {item.minutes} minutes. It needs {LEAST}.", f"Add {LEAST - item.minutes}.", item)]


def _break(laid: Sequence[Timed]) -> list[Hint]:
    breaks = [entry for entry in laid if entry.item.part == Part.BREAK]
    fine = next((entry for entry in breaks if entry.item.minutes >= LEAST and entry.starts <= BREAK_BY), None)
    if fine:
        return [Hint("good", f"Break starts at minute {fine.starts}")]
    words = f"No break of {LEAST} minutes starts by minute {BREAK_BY}."
    return [Hint("mend", words, "Move the break up, or make it longer.", breaks[0].item if breaks else None)]


def _breaks_of_a_day(laid: Sequence[Timed]) -> list[Hint]:
    breaks = [entry for entry in laid if entry.item.part == Part.BREAK and entry.item.minutes >= LEAST]
    begins = [0, *(entry.ends for entry in breaks)]
    ends = [*(entry.starts for entry in breaks), laid[-1].ends if laid else 0]
    longest, since = max((end - begin, begin) for begin, end in zip(begins, ends, strict=True))
    if longest <= BREAK_EVERY:
        return [Hint("good", f"A break at least every {BREAK_EVERY} minutes")]
    words = f"{longest} minutes go by without a break of {LEAST} minutes. {BREAK_EVERY} is the most."
    held = next((entry.item for entry in laid if entry.starts <= since + BREAK_EVERY < entry.ends), None)
    return [Hint("mend", words, "Put a break in, or move one.", held)]


def _decide(laid: Sequence[Timed]) -> list[Hint]:
    outs = [entry.starts for entry in laid if entry.item.part == Part.CHECK_OUT]
    check_out = outs[-1] if outs else laid[-1].ends if laid else 0
    deciding = [entry for entry in laid if entry.item.purpose == Purpose.DECIDE and entry.item.part != Part.ACTIONS]
    late = [entry for entry in deciding if check_out - entry.ends < BEFORE_CHECK_OUT]
    if late:
        return [_decides_late(entry, check_out - entry.ends) for entry in late]
    return [Hint("good", f"Deciding ends {BEFORE_CHECK_OUT} minutes before check-out")] if deciding else []


def _decides_late(entry: Timed, left: int) -> Hint:
    over = BEFORE_CHECK_OUT - left
    if left < 0:
        words = f"Deciding must end {BEFORE_CHECK_OUT} minutes before check-out."
        return Hint("mend", words, "Move this item up.", entry.item)
    words = f"Deciding ends {left} minutes before check-out. It needs {BEFORE_CHECK_OUT}."
    todo = f"Take {over} minutes off this item, or give {over} more to what comes after."
    return Hint("mend", words, todo, entry.item)


def _hard(laid: Sequence[Timed]) -> list[Hint]:
    hard = [entry for entry in laid if entry.item.is_hard]
    broken = [hint for entry in hard for hint in _hard_faults(entry, laid[-1].ends)]
    if hard and not broken:
        left = min(laid[-1].ends - entry.ends for entry in hard)
        return [Hint("good", f"The hard item ends {left} minutes before the close, has a note, and can be skipped")]
    return broken


def _hard_faults(entry: Timed, end: int) -> list[Hint]:
    faults = []
    left = end - entry.ends
    if left < BEFORE_END:
        words = f"The hard item ends {left} minutes before the end. It needs {BEFORE_END}."
        faults.append(Hint("mend", words, "Move it up.", entry.item))
    if not entry.item.content_note:
        todo = "Say what it is about, so that people can sit it out."
        faults.append(Hint("mend", "The hard item has no content note.", todo, entry.item))
    return faults
