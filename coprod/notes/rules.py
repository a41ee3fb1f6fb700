"""Who may write, read, correct and agree the notes of a session, and what two who write at once are told."""

from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.core.forms import COURT_NUMBER, NHS_NUMBER
from coprod.core.words import day, has_court_number, has_nhs_number
from coprod.cycles.models import AgendaItem, Session, SessionState
from coprod.cycles.rules.moves import runs
from coprod.notes.models import Notes, NotesState
from coprod.people.models import Person

LONGEST_LINE, LONGEST_NOTE = 1000, 20_000
LEFT_OUT = frozenset({SessionState.DRAFT, SessionState.CANCELLED})


class Conflict(Exception):  # noqa: N818 - a name that says what happened
    """Somebody saved this note in between; here are their words, and the version they made."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__("Somebody else changed this note in between.")
        self.theirs, self.version = theirs, version


# --- Writing.


def may_open(person: Person, session: Session, today: date) -> Answer:
    """Facilitators may, from the session's day on, where the group was told of it."""
    out = no(f"This session is {session.state}, so it has no notes.") if session.state in LEFT_OUT else YES
    early = no(f"It is on {day(session.on)}. Notes begin on the day.") if today < session.on else YES
    return runs(person, session) & out & early


def may_write(person: Person, notes: Notes) -> Answer:
    """Facilitators may, until the notes are agreed."""
    agreed = no("These notes are agreed, so they stay as they are.") if notes.state == NotesState.AGREED else YES
    return runs(person, notes.session) & agreed


def may_say(words: str) -> Answer:
    """A line says something, is not endless, and holds no family's numbers (domain rule 1)."""
    return (
        (YES if words.strip() else no("Write something first."))
        & (no(f"Use {LONGEST_LINE} letters at most.") if len(words) > LONGEST_LINE else YES)
        & holds_no_number(words)
    )


def holds_no_number(words: str) -> Answer:
    """No note holds an NHS number or a court number."""
    nhs = no(NHS_NUMBER) if has_nhs_number(words) else YES
    return nhs & (no(COURT_NUMBER) if has_court_number(words) else YES)


def is_on_agenda(item: AgendaItem, session: Session) -> Answer:
    """A line belongs to an item of this very session."""
    return YES if item.session_id == session.id else no("This item is not on the agenda of this session.")


def with_line(words: str, line: str) -> str:
    """Answer a note with one more line at its end."""
    return f"{words}\n{line.strip()}" if words else line.strip()


def has_room(words: str) -> Answer:
    """A note of one item is not a book."""
    return YES if len(words) <= LONGEST_NOTE else no("This note is full. Make it shorter first.")
