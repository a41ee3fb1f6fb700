"""A facilitator's first page: what is next, what is stuck, what runs by itself, and what waits for a hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from coprod.action_log.queries import Log, action_log
from coprod.agreements import queries as agreements
from coprod.contacts import queries as contacts
from coprod.core.db import db
from coprod.core.texts import can_text
from coprod.cycles import queries as cycles
from coprod.cycles.models import Cycle, Session, SessionState, SuggestedItem, SuggestionState
from coprod.gatherings import queries as gatherings
from coprod.gatherings.models import GatheringState
from coprod.home.queries import learning, votes
from coprod.notes.models import CorrectionState, ItemNote, NoteCorrection, Notes, NotesState
from coprod.payments import queries as payments
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.rsvp import queries as rsvp
from coprod.rsvp.rules.arranging import Part
from coprod.steering import queries as steering
from coprod.steering.queries import OwedReply
from coprod.wellbeing import queries as wellbeing
from coprod.wellbeing.models import CheckInCall
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Membership, Workstream

WEEK = timedelta(7)
LATELY = 4 * WEEK
UNFINISHED = frozenset({State.AGREED, State.NEEDS_TALK, State.NOT_AGREED, State.NO_RESULT})


@dataclass(frozen=True)
class Matter:
    """Something that waits for a facilitator's hand: what, where, and the page it is done on."""

    words: str
    source: str
    endpoint: str
    key: UUID


@dataclass(frozen=True)
class FacilitatorView:
    """What is next, what is stuck, what runs by itself, and what waits."""

    next_session: Session | None
    this_week: Sequence[Session]
    cycle: Cycle | None
    stuck: Sequence[cycles.Stuck]
    votes: Sequence[votes.OpenVote]
    unfinished: Sequence[Recommendation]
    owed: Sequence[OwedReply]
    log: Log
    to_ring: Sequence[Membership]
    tells_by_hand: bool
    calls: Sequence[tuple[CheckInCall, bool]]
    matters: Sequence[Matter]
    arrangements: Sequence[Part]


def for_facilitator(person: Person, today: date, now: datetime) -> FacilitatorView:
    """Gather a facilitator's first page."""
    coming = cycles.next_session_for(person, today)
    return FacilitatorView(
        next_session=coming,
        this_week=cycles.sessions_between(person, today, today + WEEK),
        cycle=cycles.one_seen_by(person, coming.cycle_id) if coming else None,
        stuck=cycles.stuck(person, today),
        votes=votes.open_votes(person),
        unfinished=_unfinished(person),
        owed=steering.owed_to_groups_of(person, today),
        log=action_log(person, today),
        to_ring=workstreams.to_ring(person),
        tells_by_hand=contacts.has_to_tell_somebody(person, now, can_text()),
        calls=wellbeing.to_ring_after(person, today),
        matters=_matters(person, today),
        arrangements=rsvp.parts_of(coming, rsvp.answers_of(coming)) if coming else (),
    )


# --- What waits for a hand.


def _matters(person: Person, today: date) -> list[Matter]:
    of_their_time = (_of_agreements, _of_notes, _of_payments)
    timed = [matter for told in of_their_time for matter in told(person, today)]
    asked = [Matter(*told) for told in (*votes.to_see_to(person), *learning.stories_to_check(person))]
    return [*asked, *_of_groups(person), *timed, *_of_gatherings(person)]


def _of_groups(person: Person) -> Iterator[Matter]:
    for group in _with_suggestions(person):
        yield Matter("Somebody would like to talk about something", group.name, "cycles.suggestions", group.id)
    for group in agreements.groups_with_wishes(person):
        yield Matter("Somebody would like the agreement changed", group.name, "agreements.wishes", group.id)
    for group in agreements.groups_with_breaches(person):
        yield Matter("Something went against the agreement", group.name, "agreements.breaches", group.id)


def _of_agreements(person: Person, today: date) -> Iterator[Matter]:
    for agreement, review in agreements.reviews_due(person, today):
        if review.on and review.on > today + WEEK:
            continue
        source = f"{agreement.workstream.name}. {review.why}"
        yield Matter("Look at the agreement again", source, "agreements.show", agreement.workstream_id)


def _with_suggestions(person: Person) -> Sequence[Workstream]:
    waits = select(SuggestedItem.workstream_id).where(SuggestedItem.state == SuggestionState.SUGGESTED)
    return _run_among(person, waits)


def _run_among(person: Person, groups: Select[UUID]) -> Sequence[Workstream]:
    """List those of these groups that this person runs."""
    both = Workstream.id.in_(agreements.run_by(person)), Workstream.id.in_(groups)
    return db.session.scalars(select(Workstream).where(*both).order_by(Workstream.name, Workstream.id)).all()


def _of_notes(person: Person, today: date) -> Iterator[Matter]:
    """Tell of the evenings of the last weeks whose notes are not agreed, and of what members asked about them."""
    asked = (
        select(func.count(NoteCorrection.id))
        .join(NoteCorrection.part)
        .where(ItemNote.notes_id == Notes.id, NoteCorrection.state == CorrectionState.ASKED)
        .scalar_subquery()
    )
    held = (
        select(Session, Notes.state, asked)
        .join(Session.cycle)
        .join(Cycle.workstream)
        .outerjoin(Notes, Notes.session_id == Session.id)
        .where(Cycle.workstream_id.in_(agreements.run_by(person)), Session.state == SessionState.HELD)
        .where(Session.on > today - LATELY)
        .options(contains_eager(Session.cycle).contains_eager(Cycle.workstream))
        .order_by(Session.on, Session.id)
    )
    for session, state, corrections in db.session.execute(held):
        source = f"Session {session.number}, {session.cycle.workstream.name}"
        if state in (None, NotesState.DRAFT):
            yield Matter("Notes to write up and give to the members", source, "notes.show", session.id)
        elif corrections:
            yield Matter("A member asked for the notes to be corrected", source, "notes.show", session.id)


def _of_payments(person: Person, today: date) -> Iterator[Matter]:
    for group in _run_among(person, payments.groups_to_mark_done(today)):
        yield Matter("Thank-yous that can be marked as done", group.name, "payments.group", group.id)


def _of_gatherings(person: Person) -> Iterator[Matter]:
    words = "Groups that come together wait for a check"
    for gathering in [one for one in gatherings.seen_by(person) if one.state == GatheringState.WAITING]:
        yield Matter(words, gathering.workstream.name, "gatherings.show", gathering.id)


# --- What is asked for.


def _unfinished(person: Person) -> Sequence[Recommendation]:
    """List what was counted and is not sent yet, of the groups this person runs."""
    run = Recommendation.workstream_id.in_(agreements.run_by(person)), Recommendation.state.in_(UNFINISHED)
    found = select(Recommendation).where(*run).options(joinedload(Recommendation.workstream))
    return db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()
