"""Everything that changes the notes of a session."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.forms import clean
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.cycles.models import AgendaItem, Session
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.notes import queries, rules
from coprod.notes.models import ItemNote, NoteCorrection, Notes, NoteVersion
from coprod.people.models import Person
from coprod.workstreams.rules import voters

READY = messages.announce(
    Purpose(
        "notes ready",
        about="Notes to read",
        text="Hi {alias}. There is something to read from your group. {link}",
        email="Hello {alias}.\n\nThere is something to read from your group.\n\n{link}\n",
        endpoint="home.show",
    ),
    queries.is_still_to_read,
)


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


def append(session: Session, item: AgendaItem, words: str, *, by: Person) -> None:
    """Add one line to an item's note, whoever else is writing (F14); sent again, its form's key counts it once.

    A line that may not be kept is refused with the reason, so that who typed it is told.
    """
    line = clean(words) or ""
    require(rules.may_open(by, session, today()) & rules.may_say(line) & rules.is_on_agenda(item, session))
    notes = open_notes(session, by=by)
    lock(notes, shared=True)
    require(rules.may_write(by, notes))
    part = _held(next(part for part in notes.parts if part.item_id == item.id))
    longer = rules.with_line(part.words, line)
    require(rules.has_room(longer))
    _keep(part, longer, by)


def write(part: ItemNote, words: str, version: int, *, by: Person) -> None:
    """Save an item's note as a whole, or raise Overtaken where somebody saved it in between (R4, F14)."""
    lock(part.notes, shared=True)
    require(rules.may_write(by, part.notes))
    fresh, text = _held(part), clean(words) or ""
    require(rules.holds_no_number(text) & rules.has_room(text))
    if fresh.words == text:
        return
    if rules.is_overtaken(fresh, version):
        raise Overtaken(fresh)
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


# --- With members, and agreed.


def give(notes: Notes, *, by: Person) -> None:
    """Let the members read the notes, and write to each of them once."""
    lock(notes)
    require(rules.may_give(by, notes))
    _move(notes, "given to members", by=by)
    notes.with_members_on = today()
    for place in voters(notes.session.cycle.workstream):
        messages.queue(READY, place.person, notes.id)


def agree(notes: Notes, *, by: Person) -> None:
    """Note that the group agrees; from now on the notes stay as they are."""
    lock(notes)
    require(rules.may_agree(by, notes, queries.waiting(notes), today()))
    _move(notes, "agreed", by=by)
    notes.agreed_on = today()
    messages.withdraw_all(READY, notes.id)


def _move(notes: Notes, name: str, *, by: Person) -> None:
    before, after = rules.NOTES.make(by, name, notes)
    record(by, name, notes, before=before, after=after)


# --- Corrections. No journal speaks of who asked for one.


def ask_correction(part: ItemNote, words: str, *, by: Person) -> NoteCorrection:
    """Keep what a member says should read otherwise."""
    lock(part.notes, shared=True)
    require(rules.may_correct(by, part.notes, today()))
    correction = NoteCorrection(part=part, person=by, words=words)
    db.session.add(correction)
    db.session.flush()
    return correction


def take(correction: NoteCorrection, words: str, version: int, *, by: Person) -> None:
    """Save the note so that it says what the member asked for."""
    write(correction.part, words, version, by=by)
    _settle(correction, "taken", by=by)


def answer(correction: NoteCorrection, words: str, *, by: Person) -> None:
    """Say kindly why a correction is not taken."""
    _settle(correction, "not taken", by=by)
    correction.answer = words


def _settle(correction: NoteCorrection, name: str, *, by: Person) -> None:
    lock(correction)
    before, after = rules.CORRECTION.make(by, name, correction)
    record(by, name, correction, before=before, after=after)
