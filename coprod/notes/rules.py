"""Who may write, read, correct and agree the notes of a session, and what two who write at once are told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from coprod.core.answers import YES, Answer, no
from coprod.core.forms import COURT_NUMBER, NHS_NUMBER
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import day, has_court_number, has_nhs_number
from coprod.cycles.models import AgendaItem, Purpose, Session, SessionState
from coprod.cycles.rules.evening import PLAIN, WayOn
from coprod.cycles.rules.moves import runs
from coprod.notes.models import CorrectionState, ItemNote, NoteCorrection, Notes, NotesState
from coprod.people.models import Person
from coprod.workstreams.rules import is_member, seated

LONGEST_LINE, LONGEST_NOTE = 1000, 20_000
MOST_COMPARED = 1_000_000
TO_CORRECT = timedelta(days=7)
AFTERWARDS = timedelta(days=14)
LEFT_OUT = frozenset({SessionState.DRAFT, SessionState.CANCELLED})


@dataclass(frozen=True)
class Bit:
    """A few words of a text, and whether they stand in this one alone."""

    words: str
    is_new: bool


@dataclass(frozen=True)
class Line:
    """One line of a text beside another, and whether any of it stands in this one alone."""

    bits: list[Bit]
    differs: bool


def _runs_notes(person: Person, notes: Notes) -> Answer:
    return runs(person, notes.session)


def _runs_its_notes(person: Person, correction: NoteCorrection) -> Answer:
    return may_write(person, correction.part.notes)


NOTES = Lifecycle[Notes](
    [
        Move(
            "given to members",
            frozenset({NotesState.DRAFT}),
            NotesState.WITH_MEMBERS,
            _runs_notes,
            "Give them to the members",
        ),
        Move("agreed", frozenset({NotesState.WITH_MEMBERS}), NotesState.AGREED, _runs_notes, "The group agrees"),
    ]
)
CORRECTION = Lifecycle[NoteCorrection](
    [
        Move("taken", frozenset({CorrectionState.ASKED}), CorrectionState.TAKEN, _runs_its_notes, "Take it"),
        Move("not taken", frozenset({CorrectionState.ASKED}), CorrectionState.NOT_TAKEN, _runs_its_notes, "Answer it"),
    ]
)


# --- Writing.


def may_open(person: Person, session: Session, today: date) -> Answer:
    """Facilitators may, from the session's day on, where the group was told of it."""
    out = no(f"This session is {session.state}, so it has no notes.") if session.state in LEFT_OUT else YES
    early = no(f"It is on {day(session.on)}. Notes begin on the day.") if today < session.on else YES
    return runs(person, session) & out & early


def may_write(person: Person, notes: Notes) -> Answer:
    """Facilitators may, until the notes are agreed."""
    agreed = no("These notes are agreed, so they stay as they are.") if notes.state == NotesState.AGREED else YES
    return _runs_notes(person, notes) & agreed


def is_overtaken(part: ItemNote, version: int) -> bool:
    """Answer whether somebody saved this note after this version of it was read (R4)."""
    return part.version != version


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


def in_order(notes: Notes) -> list[ItemNote]:
    """List what is written in the order of the agenda."""
    return sorted(notes.parts, key=lambda part: part.item.position)


def written(notes: Notes) -> list[ItemNote]:
    """List the items under which something stands, in the order of the agenda."""
    return [part for part in in_order(notes) if part.words]


def decided(notes: Notes) -> list[ItemNote]:
    """List what stands under the items at which the group was to decide."""
    return [part for part in written(notes) if part.item.purpose == Purpose.DECIDE]


def talked(notes: Notes) -> list[ItemNote]:
    """List what stands under all other items."""
    return [part for part in written(notes) if part.item.purpose != Purpose.DECIDE]


def named_in(notes: Notes) -> list[tuple[str, str]]:
    """Find names of people of the group in the notes, each with the item it stands under: such paper stays inside."""
    names = sorted({place.person.alias for place in seated(notes.session.cycle.workstream)})
    return [
        (name, part.item.title)
        for part in written(notes)
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", part.words)
    ]


# --- With members, and agreed.


def may_give(person: Person, notes: Notes) -> Answer:
    """Facilitators may give the notes to the members once the session was held and something stands in them."""
    held = YES if notes.session.state == SessionState.HELD else no("Mark the session as held first.")
    return (
        NOTES.may(person, "given to members", notes) & held & (YES if written(notes) else no("Nothing is written yet."))
    )


def until(notes: Notes) -> date | None:
    """Answer the last day on which a member may ask for a correction."""
    return notes.with_members_on + TO_CORRECT if notes.with_members_on else None


def next_on(session: Session) -> date | None:
    """Answer the day of the session after this one, where one stands."""
    later = [other.on for other in session.cycle.sessions if _follows(other, session)]
    return min(later, default=None)


def _follows(other: Session, session: Session) -> bool:
    return other.on > session.on and other.state != SessionState.CANCELLED


def may_agree(person: Person, notes: Notes, waiting: int, today: date) -> Answer:
    """Facilitators may say at the next session that the group agrees, once members had seven days and are answered."""
    last, following = until(notes), next_on(notes.session)
    return (
        NOTES.may(person, "agreed", notes)
        & (no(f"Members may correct them until {day(last)}.") if last and today < last else YES)
        & (no(f"The group meets next on {day(following)}.") if following and today < following else YES)
        & (no("Corrections wait for an answer.") if waiting else YES)
    )


# --- Corrections.


def may_correct(person: Person, notes: Notes, today: date) -> Answer:
    """Members may, for seven days; no reason is asked, and nobody is told who it was."""
    last = until(notes)
    over = notes.state != NotesState.WITH_MEMBERS or last is None or today > last
    return (
        is_member(person, notes.session.cycle.workstream)
        & (no("You can change the notes yourself.") if runs(person, notes.session) else YES)
        & (no("The time to change these notes is over.") if over else YES)
    )


def waiting(corrections: Sequence[NoteCorrection]) -> list[NoteCorrection]:
    """List the corrections nobody has answered yet."""
    return [one for one in corrections if one.state == CorrectionState.ASKED]


# --- Who could not come.


def called(item: AgendaItem) -> str:
    """Answer what members call an item, as on the card of the evening."""
    title, _ = PLAIN.get(item.part, (item.title, ""))
    return title


def ways_on(session: Session, notes: NotesState | None) -> tuple[WayOn, ...]:
    """Lead from the card of an evening that was held to what was said, and to the page for who could not come."""
    if not may_catch_up(session):
        return ()
    said = (WayOn("What we said", "notes.read"),) if notes and notes != NotesState.DRAFT else ()
    return (*said, WayOn("What happened, on one page", "notes.missed"))


def may_catch_up(session: Session) -> Answer:
    """What happened is told once it has happened: when the session is held, whatever the clock says."""
    off = no("We did not meet that day.") if session.state == SessionState.CANCELLED else YES
    early = no("You can read here what happened once we have met.") if session.state != SessionState.HELD else YES
    return off & early


def comes_by(session: Session, today: date) -> date | None:
    """Answer the day by which a session's notes are to be read: before the next one, or else within a week."""
    by = next_on(session) or session.on + TO_CORRECT
    return by if by >= today else None


def days_of(session: Session, following: date | None) -> tuple[date, date]:
    """Answer since when, and before when, things belong to a session: till the group meets again, two weeks at most."""
    latest = session.on + AFTERWARDS
    return session.on, min(following or latest, latest)


# --- Two texts beside each other.


def compare(words: str, other: str) -> list[Line]:
    """Lay out a text line by line, and mark what does not stand in the other one."""
    mine, theirs = words.splitlines(), other.splitlines()
    told: list[Line] = []
    for kind, first, last, from_, to in _steps(mine, theirs):
        if kind == "equal":
            told += [Line([Bit(line, False)], False) for line in mine[first:last]]
        else:
            beside = [*theirs[from_:to], *[""] * (last - first)]
            told += [_marked(line, beside[n]) for n, line in enumerate(mine[first:last])]
    return told


def _marked(line: str, other: str) -> Line:
    mine, theirs = line.split(), other.split()
    bits = [
        Bit(" ".join(mine[first:last]), kind != "equal")
        for kind, first, last, _, _ in _steps(mine, theirs)
        if last > first
    ]
    return Line(bits, any(bit.is_new for bit in bits))


def _steps(mine: list[str], theirs: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Find what is the same; of two very long texts, that they differ has to do."""
    if len(mine) * len(theirs) > MOST_COMPARED:
        return [("replace", 0, len(mine), 0, len(theirs))]
    return SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
