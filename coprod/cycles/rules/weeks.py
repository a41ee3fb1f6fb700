"""The ten weeks of a cycle as facts for the drawing, and which of them comes next."""

from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Move
from coprod.core.words import day_short, near
from coprod.cycles.models import Cycle, Session, SessionState, SkippedWeek
from coprod.cycles.rules.moves import CYCLE, OVER
from coprod.cycles.rules.schedule import NUMBERS, in_words
from coprod.drawings.ten_weeks import TenWeeksFacts, Week, WeekState
from coprod.people.models import Person

BY_GATE = "closed"
"""The last move of a cycle, which is made at its last gate and by no button of its own."""


def next_of(cycle: Cycle, today: date) -> Session | None:
    """Answer the session that comes next: the first that is neither over nor past."""
    return next((session for session in cycle.sessions if session.state not in OVER and session.on >= today), None)


def called(count: int) -> str:
    """Name so many weeks: Ten weeks."""
    number = in_words(count).capitalize() if count < len(NUMBERS) else str(count)
    return f"{number} {'week' if count == 1 else 'weeks'}"


def by_button(name: str) -> Answer:
    """Everything but closing is done by a button on the cycle’s page."""
    return no("A cycle is closed at its last gate.") if name == BY_GATE else YES


def open_moves(person: Person, cycle: Cycle) -> list[Move[Cycle]]:
    """List the buttons this person finds on the cycle’s page."""
    return [move for move in CYCLE.open_to(person, cycle) if by_button(move.name)]


def ten_weeks(cycle: Cycle, today: date) -> TenWeeksFacts:
    """Tell the drawing what became of each week, skipped ones in their place."""
    sessions = [(session.on, _week(session, next_of(cycle, today), today)) for session in cycle.sessions]
    skipped = [(week.on, _skipped(week)) for week in cycle.skipped]
    ordered = sorted([*sessions, *skipped], key=lambda pair: pair[0])
    return TenWeeksFacts(str(cycle.id), f"The weeks of cycle {cycle.number}", tuple(week for _, week in ordered))


def _week(session: Session, coming: Session | None, today: date) -> Week:
    phase = session.phase.name
    if session.state == SessionState.CANCELLED:
        return Week(day_short(session.on), WeekState.SKIPPED, None, phase, "Cancelled")
    note = "Agreement review" if session.number == 5 else ""
    if session is coming:
        label = near(session.on, today) if (session.on - today).days < 2 else day_short(session.on)
        return Week(label, WeekState.NEXT, session.number, phase, note)
    state = WeekState.HELD if session.state == SessionState.HELD else WeekState.TO_COME
    return Week(day_short(session.on), state, session.number, phase, note)


def _skipped(week: SkippedWeek) -> Week:
    return Week(day_short(week.on), WeekState.SKIPPED, None, "", week.why.split(",")[0])
