"""Moving sessions to other days: one, this and those after it, or all that are not over; numbers never change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coprod.core.answers import YES, Answer, no
from coprod.core.words import day
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.cycles.rules import moves, schedule
from coprod.cycles.rules.moves import OVER, TOLD
from coprod.cycles.rules.schedule import Schedule, Skipped
from coprod.people.models import Person
from coprod.programmes.models import Holiday


class Scope(StrEnum):
    """How much of a cycle moves."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True)
class Change:
    """One session on its old and on its new day."""

    session: Session
    was: date
    on: date

    @property
    def moves(self) -> bool:
        """Answer whether it goes to another day."""
        return self.on != self.was

    @property
    def is_told(self) -> bool:
        """Answer whether people knew of the old day and are told of the new one."""
        return self.moves and self.session.state in TOLD


@dataclass(frozen=True)
class Shift:
    """What a cycle looks like once some of its sessions have moved."""

    wanted: int
    changes: tuple[Change, ...]
    """Those that may move, each with its day then; fewer than wanted where holidays leave no room."""
    others: tuple[Session, ...]
    """Those that stay: held ones, and those before."""
    skipped: tuple[Skipped, ...]

    @property
    def moved(self) -> list[date]:
        """List the new days of those that really move."""
        return [change.on for change in self.changes if change.moves]

    @property
    def coming(self) -> list[date]:
        """List the days of all that are still to come."""
        return [*(change.on for change in self.changes), *(s.on for s in self.others if s.state not in OVER)]

    @property
    def schedule(self) -> Schedule:
        """Tell it as a schedule, called-off sessions left out."""
        return Schedule(tuple(sorted([*(c.on for c in self.changes), *(s.on for s in self.others)])), self.skipped)


def moving(session: Session, scope: Scope) -> list[Session]:
    """List the sessions that move: never one that is over."""
    if scope == Scope.THIS:
        return [session]
    open_ones = [other for other in session.cycle.sessions if other.state not in OVER]
    return [other for other in open_ones if scope == Scope.ALL or other.number >= session.number]


def aim(session: Session, scope: Scope, to: date | timedelta) -> date:
    """Answer on which day the first that moves is meant to stand."""
    return to if isinstance(to, date) else moving(session, scope)[0].on + to


def shift(session: Session, scope: Scope, first: date, holidays: Sequence[Holiday]) -> Shift:
    """Lay out the cycle with these sessions moved: weekly from the first's new day, with holidays left out anew."""
    cycle, going = session.cycle, moving(session, scope)
    others = tuple(s for s in cycle.sessions if s not in going and s.state != SessionState.CANCELLED)
    if scope == Scope.THIS:
        change = Change(session, session.on, first)
        return Shift(1, (change,), others, _still_true(cycle, (), {first, *(s.on for s in others)}, None))
    skip_school = cycle.skips_school_holidays
    placed = schedule.place(first, holidays, skip_school=skip_school, count=len(going))
    changes = tuple(Change(one, one.on, on) for one, on in zip(going, placed.days, strict=False))
    days = {*placed.days, *(s.on for s in others)}
    return Shift(len(going), changes, others, _still_true(cycle, placed.skipped, days, first))


def _still_true(cycle: Cycle, anew: Sequence[Skipped], days: set[date], first: date | None) -> tuple[Skipped, ...]:
    """Keep the skipped weeks that still are, from where the sessions move on those found anew."""
    before = [Skipped(week.on, week.why) for week in cycle.skipped if first is None or week.on < first]
    last = max(days, default=date.max)
    return tuple(skip for skip in (*before, *anew) if skip.on not in days and skip.on <= last)


def may_choose(person: Person, session: Session) -> Answer:
    """Facilitators may move a session that is not over."""
    return moves.may_reschedule(person, session)


def may_shift(person: Person, found: Shift, holidays: Sequence[Holiday], today: date) -> Answer:
    """Facilitators may, to days to come that are free, where every session keeps its turn."""
    first = found.changes[0] if found.changes else None
    if first is None or len(found.changes) < found.wanted:
        return no("So many sessions do not fit: too many of these days are holidays. Choose another day.")
    who = moves.may_reschedule(person, first.session)
    if found.wanted == 1:
        return who & moves.may_stand_on(first.session, first.on, holidays, today)
    return who & _moves_at_all(found) & _is_to_come(first.on, today) & _keeps_turns(found) & _on_the_clock(found)


def _moves_at_all(found: Shift) -> Answer:
    return YES if any(change.moves for change in found.changes) else no("They are on these days already.")


def _is_to_come(on: date, today: date) -> Answer:
    return no("That day is over. Choose a day to come.") if on < today else YES


def _keeps_turns(found: Shift) -> Answer:
    for change in found.changes:
        for other in found.others:
            if other.number < change.session.number and other.on >= change.on:
                return no(f"Session {other.number} is on {day(other.on)}. Choose a day after it.")
            if other.number > change.session.number and other.on <= change.on:
                return no(f"Session {other.number} is on {day(other.on)}. Choose a day before it.")
    return YES


def _on_the_clock(found: Shift) -> Answer:
    answer = YES
    for change in found.changes:
        answer = answer & schedule.is_on_the_clock(change.on, change.session.starts_at, change.session.zone)
    return answer
