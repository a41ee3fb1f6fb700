"""Everything that changes the notes of a session."""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.forms import clean
from coprod.core.journal import record
from coprod.cycles.models import AgendaItem, Session
from coprod.notes import queries, rules
from coprod.notes.models import ItemNote, Notes, NoteVersion, SentLine
from coprod.people.models import Person


def open_notes(session: Session, *, by: Person) -> Notes:
    """Answer a session's notes, begun now if they were not, with a part for each item of its agenda."""
    require(rules.may_open(by, session, today()))
    lock(session)
    notes = queries.notes_of(session, anew=True)
    if notes is None:
        notes = Notes(session=session, parts=[])
        db.session.add(notes)
        db.session.flush()
        record(by, "begun", notes)
    known = {part.item_id for part in notes.parts}
    notes.parts += [ItemNote(item=item) for item in session.items if item.id not in known]
    db.session.flush()
    return notes


def append(session: Session, item: AgendaItem, words: str, key: UUID, *, by: Person) -> bool:
    """Add one line to an item's note, whoever else is writing; the same key again is the same line (F14).

    Answer whether it was new. A line that may not be kept is refused with the reason, so that who typed it is told.
    """
    line = clean(words) or ""
    require(rules.may_open(by, session, today()) & rules.may_say(line) & rules.is_on_agenda(item, session))
    with db.session.begin_nested():
        notes = open_notes(session, by=by)
        lock(notes, shared=True)
        require(rules.may_write(by, notes))
        if not _is_new(key):
            return False
        part = _held(next(part for part in notes.parts if part.item_id == item.id))
        longer = rules.with_line(part.words, line)
        require(rules.has_room(longer))
        _keep(part, longer, by)
        return True


def _is_new(key: UUID) -> bool:
    """Claim the key; of two requests with the same one, the second waits for the first and finds it taken."""
    try:
        with db.session.begin_nested():
            db.session.execute(insert(SentLine).values(key=key, on=today()))
    except IntegrityError:
        return False
    return True


def write(part: ItemNote, words: str, version: int, *, by: Person) -> None:
    """Save an item's note as a whole, or raise a Conflict where somebody saved it in between (R4, F14)."""
    lock(part.notes, shared=True)
    require(rules.may_write(by, part.notes))
    fresh, text = _held(part), clean(words) or ""
    require(rules.holds_no_number(text) & rules.has_room(text))
    if fresh.words == text:
        return
    if fresh.version != version:
        raise rules.Conflict(fresh.words, fresh.version)
    _keep(fresh, text, by)


def _held(part: ItemNote) -> ItemNote:
    """Hold an item's note, as it stands now, until the transaction ends."""
    lock(part)
    return part


def _keep(part: ItemNote, words: str, by: Person) -> None:
    """Put these words in the place of the last ones, and keep them as a version of their own."""
    part.words, part.version = words, part.version + 1
    db.session.add(NoteVersion(part_id=part.id, number=part.version, words=words, by_id=by.id, on=today()))
    db.session.flush()
