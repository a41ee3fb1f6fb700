"""Finding the notes of a session: those who run the group from the first draft, members once they are given them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.cycles import queries as cycles
from coprod.cycles.models import AgendaItem, Cycle, Session, SessionState
from coprod.cycles.rules.evening import CardPart
from coprod.cycles.rules.moves import TOLD
from coprod.notes import rules
from coprod.notes.models import CorrectionState, ItemNote, NoteCorrection, Notes, NotesState, NoteVersion
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, Round
from coprod.voting.models import Poll
from coprod.workstreams.models import Membership, MembershipState


def _whole() -> Select[Notes]:
    return select(Notes).options(selectinload(Notes.parts).joinedload(ItemNote.item), joinedload(Notes.session))


def notes_of(session: Session, *, anew: bool = False) -> Notes | None:
    """Answer a session's notes with what is written under each item, if any were begun; for pages that may show them.

    `anew` reads past what this transaction remembers, for who holds the lock and is about to write.
    """
    wanted = _whole().where(Notes.session_id == session.id).execution_options(populate_existing=anew)
    return db.session.scalars(wanted).one_or_none()


def given(session: Session) -> Notes | None:
    """Answer a session's notes once members may read them, never a draft."""
    notes = notes_of(session)
    return notes if notes and notes.state != NotesState.DRAFT else None


def one_read_by(person: Person, session_key: UUID) -> Notes:
    """Find the notes of a session this person may see, once they are with the members."""
    session = cycles.one_session_seen_by(person, session_key)
    return db.session.scalars(_whole().where(Notes.session_id == session.id, Notes.state != NotesState.DRAFT)).one()


def one_run_by(person: Person, session_key: UUID) -> Notes:
    """Find the notes of a session this person runs, if they were begun."""
    session = cycles.one_session_run_by(person, session_key)
    return db.session.scalars(_whole().where(Notes.session_id == session.id)).one()


def one_part_run_by(person: Person, key: UUID) -> ItemNote:
    """Find one item's note, for those who run the group."""
    return _part(one_run_by(person, _session_of(key)), key)


def one_part_read_by(person: Person, key: UUID) -> ItemNote:
    """Find one item's note, for members, once they were given it."""
    return _part(one_read_by(person, _session_of(key)), key)


def _session_of(part_key: UUID) -> UUID:
    return db.session.scalars(select(Notes.session_id).join(Notes.parts).where(ItemNote.id == part_key)).one()


def _part(notes: Notes, key: UUID) -> ItemNote:
    return next(part for part in notes.parts if part.id == key)


def versions_of(part: ItemNote) -> Sequence[tuple[NoteVersion, str]]:
    """List every version of an item's note with the name of who wrote it so, the newest first; for those who run it."""
    wanted = select(NoteVersion, Person.alias).join(Person, Person.id == NoteVersion.by_id)
    found = db.session.execute(wanted.where(NoteVersion.part_id == part.id).order_by(NoteVersion.number.desc()))
    return [(version, alias) for version, alias in found]


# --- Corrections.


def _corrections(notes: Notes) -> Select[NoteCorrection]:
    """Order by the agenda, and then by nothing that tells when it was asked (P4)."""
    wanted = select(NoteCorrection).join(NoteCorrection.part).join(ItemNote.item).where(ItemNote.notes_id == notes.id)
    return wanted.options(joinedload(NoteCorrection.part).joinedload(ItemNote.item)).order_by(
        AgendaItem.position, NoteCorrection.id
    )


def corrections_to(notes: Notes) -> Sequence[NoteCorrection]:
    """List what members asked to be corrected; for those who run the group."""
    return db.session.scalars(_corrections(notes)).all()


def corrections_by(person: Person, notes: Notes) -> Sequence[NoteCorrection]:
    """List what this person asked to be corrected, and what came of it."""
    return db.session.scalars(_corrections(notes).where(NoteCorrection.person_id == person.id)).all()


def waiting(notes: Notes) -> int:
    """Count the corrections that wait for an answer."""
    open_ = select(func.count()).select_from(NoteCorrection).join(NoteCorrection.part)
    return (
        db.session.scalar(open_.where(ItemNote.notes_id == notes.id, NoteCorrection.state == CorrectionState.ASKED))
        or 0
    )


def one_correction_run_by(person: Person, key: UUID) -> NoteCorrection:
    """Find one correction, for those who run the group."""
    correction = db.session.scalars(select(NoteCorrection).where(NoteCorrection.id == key)).one()
    one_part_run_by(person, correction.part_id)
    return correction


# --- Who could not come.


@cycles.on_the_card
def on_the_card(_person: Person, session: Session, _moment: datetime) -> CardPart:
    """Lead from the card of an evening that was held to what was said there."""
    state = db.session.scalars(select(Notes.state).where(Notes.session_id == session.id)).one_or_none()
    return CardPart(ways=rules.ways_on(session, state))


def days_of(session: Session) -> tuple[date, date]:
    """Answer since when, and before when, things belong to this session, whichever cycle the group meets in next."""
    later = (
        select(func.min(Session.on))
        .join(Session.cycle)
        .where(
            Cycle.workstream_id == session.cycle.workstream_id,
            Session.on > session.on,
            Session.state != SessionState.CANCELLED,
        )
    )
    return rules.days_of(session, db.session.scalar(later))


def results_of(session: Session, days: tuple[date, date]) -> list[tuple[Recommendation, Poll]]:
    """List what the group's votes came to in the days of this session; a vote in its published form alone (O10)."""
    since, before = days
    wanted = (
        select(Round)
        .join(Round.poll)
        .join(Round.recommendation)
        .where(Recommendation.workstream_id == session.cycle.workstream_id, Poll.result.has())
        .where(Poll.counted_on >= since, Poll.counted_on < before)
        .options(joinedload(Round.recommendation), joinedload(Round.poll).joinedload(Poll.result))
        .order_by(Recommendation.number, Round.number, Round.id)
    )
    return [(one.recommendation, one.poll) for one in db.session.scalars(wanted)]


def actions_of(session: Session, days: tuple[date, date]) -> Sequence[Action]:
    """List what somebody was given to do in the days of this session, first due first."""
    since, before = days
    wanted = select(Action).where(
        Action.workstream_id == session.cycle.workstream_id,
        Action.opened_on >= since,
        Action.opened_on < before,
        Action.state != ActionState.CANCELLED,
    )
    return db.session.scalars(wanted.options(joinedload(Action.owner)).order_by(Action.due, Action.id)).all()


def next_told(session: Session, today: date) -> Session | None:
    """Answer the group's next session that members were told of."""
    wanted = select(Session).join(Session.cycle).where(Cycle.workstream_id == session.cycle.workstream_id)
    coming = wanted.where(Session.on > session.on, Session.on >= today, Session.state.in_(TOLD | {SessionState.HELD}))
    return db.session.scalars(coming.order_by(Session.on, Session.starts_at, Session.id).limit(1)).one_or_none()


# --- The message.


def is_still_to_read(person: Person, notes_id: UUID) -> bool:
    """Answer whether this person still sits in the group, and its notes are with the members."""
    wanted = (
        select(Notes.id)
        .join(Notes.session)
        .join(Session.cycle)
        .join(Membership, Membership.workstream_id == Cycle.workstream_id)
        .where(
            Notes.id == notes_id,
            Notes.state == NotesState.WITH_MEMBERS,
            Membership.person_id == person.id,
            Membership.state == MembershipState.JOINED,
        )
    )
    return db.session.scalars(wanted).first() is not None
