"""When a call is due and when it is late, who may be asked to ring, and who may say how they are (journey 11)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from config import HERE
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import day
from coprod.cycles.models import Session, SessionState
from coprod.cycles.rules.evening import WayOn
from coprod.cycles.rules.moves import runs
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.programmes.rules import add_working_days, is_working_day
from coprod.wellbeing.models import CallBack, CallState, CheckIn, CheckInCall, Moment
from coprod.workstreams.rules import is_member

CLOSES = time(17)
"""Whoever asks before this is rung on the same working day."""
HELPS = "Helps you"
"""Why somebody can be asked who runs no group of hers."""
NUMBER = re.compile(r"\+?\d[\d ]{4,}\d")


class Wish(StrEnum):
    """When somebody would like to be rung."""

    TODAY = "today"
    NEXT = "next"


@dataclass(frozen=True)
class Choice:
    """Somebody who can be asked to ring, as this member knows them, and why they can."""

    person: Person
    called: str
    why: str


# --- When.


def is_in_time(moment: datetime, holidays: Sequence[Holiday]) -> bool:
    """Answer whether whoever asks now can be rung today: on a working day, before five."""
    wall = moment.astimezone(HERE)
    return wall.time() < CLOSES and is_working_day(wall.date(), holidays)


def due_on(wish: Wish, moment: datetime, holidays: Sequence[Holiday]) -> date:
    """Answer the day somebody is rung: today where there is time, else the next working day."""
    today = moment.astimezone(HERE).date()
    return today if wish == Wish.TODAY and is_in_time(moment, holidays) else add_working_days(today, 1, holidays)


def offered(moment: datetime, holidays: Sequence[Holiday]) -> list[tuple[Wish, date]]:
    """List the days that can be asked for now."""
    wishes = list(Wish) if is_in_time(moment, holidays) else [Wish.NEXT]
    return [(wish, due_on(wish, moment, holidays)) for wish in wishes]


def on_day(when: date, today: date) -> str:
    """Say a day inside a sentence: today, tomorrow, on Friday 21 November."""
    return {today: "today", today + timedelta(1): "tomorrow"}.get(when) or f"on {day(when)}"


def is_late(call: CallBack, today: date) -> bool:
    """Answer whether somebody waits for a call that should have come."""
    return call.state == CallState.DUE and call.due < today


def day_after(session: Session) -> date:
    """Answer when whoever wants it is rung after a session: on the next day, whatever day that is."""
    return session.on + timedelta(1)


def last_day(due: date, holidays: Sequence[Holiday]) -> date:
    """Answer until when that call is in time: a weekend and a holiday give until the next working day."""
    return due if is_working_day(due, holidays) else add_working_days(due, 1, holidays)


def said_on(due: date, today: date, holidays: Sequence[Holiday]) -> str:
    """Say for which day that call is promised: once the day itself has passed, for the last one in time."""
    return on_day(due if today <= due else last_day(due, holidays), today)


def is_overdue(call: CheckInCall, today: date, holidays: Sequence[Holiday]) -> bool:
    """Answer whether the call after a session is late."""
    return call.state == CallState.DUE and last_day(call.due, holidays) < today


def counts(stands: date, asked: date, today: date) -> date:
    """Answer the day that counts once a call is asked for again: the sooner one, but none that has passed."""
    return asked if stands < today else min(stands, asked)


@dataclass(frozen=True)
class Awaited:
    """A call somebody waits for: who rings, on which day, whether it should have come, and what she asked for."""

    who: str
    on: str
    missed: bool
    asked: CallBack | None = None

    @property
    def words(self) -> str:
        """Say it in a line."""
        return f"{self.who} did not ring you in time" if self.missed else f"{self.who} rings you {self.on}"


# --- Somebody is asked to ring.


def may_ask(by: Person, person: Person, asked: UUID, choices: Iterable[Choice]) -> Answer:
    """A member may ask those who run her groups, and those who help her."""
    herself = YES if by.id == person.id else no("Only you can ask for this.")
    known = any(choice.person.id == asked for choice in choices)
    return herself & (YES if known else no("Ask somebody who runs your group, or who helps you."))


def may_take_back(by: Person, call: CallBack) -> Answer:
    """Whoever asked may take it back until it is done."""
    own = YES if by.id == call.person_id else no("Only who asked can take this back.")
    return own & (YES if call.state == CallState.DUE else no("That call is over."))


def _is_asked(person: Person, call: CallBack) -> Answer:
    return YES if person.id == call.asked_id else no("Only who was asked can say this.")


CALL_BACK = Lifecycle[CallBack](
    [Move("rung", frozenset({CallState.DUE}), CallState.RUNG, _is_asked, "I rang")],
)


# --- The call on the day after a session: offered in the room, ticked by a person.


def may_offer(by: Person, session: Session, person: Person, today: date, holidays: Sequence[Holiday]) -> Answer:
    """Facilitators may offer it to whoever sits there, from the session's day on, while it can still be in time."""
    off = no("This session was cancelled.") if session.state == SessionState.CANCELLED else YES
    early = no(f"It is on {day(session.on)}. Offer a call on the day.") if today < session.on else YES
    over = no("The day for this call is over.") if today > last_day(day_after(session), holidays) else YES
    return runs(by, session) & is_member(person, session.cycle.workstream) & off & early & over


def _runs_it(person: Person, call: CheckInCall) -> Answer:
    return runs(person, call.session)


CALL = Lifecycle[CheckInCall](
    [
        Move("rung", frozenset({CallState.DUE}), CallState.RUNG, _runs_it, "We rang"),
        Move("not wanted", frozenset({CallState.DUE}), CallState.NOT_WANTED, _runs_it, "They did not want one"),
    ]
)


# --- How somebody is, before and after.


def moment_of(session: Session, now: datetime) -> Moment:
    """Answer whether this is before a session or after it has begun."""
    return Moment.BEFORE if now < session.begins else Moment.AFTER


def may_check_in(by: Person, session: Session, today: date) -> Answer:
    """Whoever sits there may, until the end of the next day; not about an evening that does not take place."""
    off = no("We do not meet this time.") if session.state == SessionState.CANCELLED else YES
    early = no("This evening is not out yet.") if session.state == SessionState.DRAFT else YES
    over = no("This is over. You can still get support.") if today > day_after(session) else YES
    return is_member(by, session.cycle.workstream) & off & early & over


def may_take_back_said(by: Person, session: Session, said: Sequence[CheckIn], today: date) -> Answer:
    """Whoever said something may take it back as long as it is kept, whatever became of the evening."""
    return YES if said and all(one.person_id == by.id for one in said) else may_check_in(by, session, today)


def way_on(by: Person, session: Session, today: date) -> tuple[WayOn, ...]:
    """Lead from a session's card to the question, from the day before to the day after."""
    is_near = session.on - timedelta(1) <= today and bool(may_check_in(by, session, today))
    return (WayOn("Say how you are", "wellbeing.check_in"),) if is_near else ()


# --- A number near by.


def local_line(words: str) -> tuple[str, str]:
    """Answer the name and the number of the line near by, from the words of the setting."""
    found = NUMBER.search(words)
    if found is None:
        return words, ""
    name = (words[: found.start()] + words[found.end() :]).strip(" :,-–")
    return name or "Near you", found[0]
