"""Finding cycles, their sessions, and what needs a facilitator's hand."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import Load

from coprod.agreements.queries import Ahead, agreed_among, looks_ahead, sat_at_by
from coprod.core.db import db
from coprod.cycles.models import (
    AgendaItem,
    Attendance,
    Cycle,
    How,
    PlanStep,
    Session,
    SessionState,
    SuggestedItem,
    SuggestionState,
)
from coprod.cycles.rules import agenda, evening, outlines, schedule, shifting
from coprod.cycles.rules.shifting import Scope, Shift
from coprod.library import queries as library
from coprod.library.models import Template
from coprod.library.rules.templates import FEWEST_WEEKS
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.programmes.queries import holidays
from coprod.workstreams.models import Membership, Role, Workstream
from coprod.workstreams.queries import MEETS


@dataclass(frozen=True)
class Stuck:
    """A session that must be out soon and cannot be, and why."""

    session: Session
    reason: str


def _to_the_people(cycle: Load) -> tuple[Load, ...]:
    stream = cycle.joinedload(Cycle.workstream)
    return (
        stream.joinedload(Workstream.programme),
        stream.selectinload(Workstream.memberships).joinedload(Membership.person),
    )


def _seen_by(person: Person) -> Select[Cycle]:
    return (
        select(Cycle)
        .where(Cycle.workstream_id.in_(sat_at_by(person)))
        .options(
            *_to_the_people(Load(Cycle)),
            selectinload(Cycle.sessions).joinedload(Session.phase),
            selectinload(Cycle.skipped),
            selectinload(Cycle.steps),
        )
    )


def seen_by(person: Person) -> Sequence[Cycle]:
    """List the cycles of this person's groups, the latest first."""
    return db.session.scalars(_seen_by(person).order_by(Cycle.starts_on.desc(), Cycle.id)).all()


def one_seen_by(person: Person, key: UUID) -> Cycle:
    """Find one cycle, if this person sits at its group."""
    return db.session.scalars(_seen_by(person).where(Cycle.id == key)).one()


def cycles_of(stream: Workstream) -> Sequence[Cycle]:
    """List a stream's cycles with their sessions, the first one first."""
    return db.session.scalars(
        select(Cycle)
        .where(Cycle.workstream_id == stream.id)
        .options(selectinload(Cycle.sessions).joinedload(Session.phase), selectinload(Cycle.skipped))
        .order_by(Cycle.number)
    ).all()


def _run_by(person: Person) -> Select[UUID]:
    return sat_at_by(person).where(Membership.role == Role.FACILITATOR)


def _may_be_seen(person: Person) -> ColumnElement[bool]:
    out = and_(Cycle.workstream_id.in_(sat_at_by(person)), Session.state != SessionState.DRAFT)
    return or_(out, Cycle.workstream_id.in_(_run_by(person)))


def _sessions_seen_by(person: Person) -> Select[Session]:
    return (
        select(Session)
        .join(Session.cycle)
        .where(_may_be_seen(person))
        .options(
            joinedload(Session.phase),
            selectinload(Session.items),
            joinedload(Session.cycle).selectinload(Cycle.sessions),
            *_to_the_people(Load(Session).joinedload(Session.cycle)),
        )
        .order_by(Session.on, Session.starts_at, Session.id)
    )


def one_session_seen_by(person: Person, key: UUID) -> Session:
    """Find one session: facilitators see theirs from the first draft, everybody else once it is published."""
    return db.session.scalars(_sessions_seen_by(person).where(Session.id == key)).one()


def one_session_run_by(person: Person, key: UUID) -> Session:
    """Find one session of a group this person runs; nobody else finds its register."""
    wanted = _sessions_seen_by(person).where(Session.id == key, Cycle.workstream_id.in_(_run_by(person)))
    return db.session.scalars(wanted).one()


def register_of(session: Session) -> dict[UUID, How]:
    """Answer how everybody ticked was at this session; for its facilitators."""
    wanted = select(Attendance.person_id, Attendance.how).where(Attendance.session_id == session.id)
    return {row.person_id: row.how for row in db.session.execute(wanted.order_by(Attendance.person_id))}


def one_item_seen_by(person: Person, key: UUID) -> AgendaItem:
    """Find one agenda item of a session this person may see."""
    of_it = select(AgendaItem.session_id).where(AgendaItem.id == key).scalar_subquery()
    session = db.session.scalars(_sessions_seen_by(person).where(Session.id == of_it)).one()
    return next(item for item in session.items if item.id == key)


def next_session_for(person: Person, today: date) -> Session | None:
    """Answer the next session this person may come to, if one stands."""
    return db.session.scalars(_coming(person, today).limit(1)).first()


def sessions_between(person: Person, first: date, last: date) -> Sequence[Session]:
    """List the sessions of these days, cancelled ones left out."""
    return db.session.scalars(_coming(person, first).where(Session.on <= last)).all()


def _coming(person: Person, today: date) -> Select[Session]:
    over = SessionState.HELD, SessionState.CANCELLED
    stands = Session.state.not_in(over), Cycle.workstream.has(MEETS)
    return _sessions_seen_by(person).where(Session.on >= today, *stands)


def stuck(person: Person, today: date) -> list[Stuck]:
    """List the sessions this facilitator must publish within five days and cannot, each with its reason."""
    latest = today + 2 * timedelta(agenda.DAYS_BEFORE)
    wanted = _coming(person, today).where(
        Session.state == SessionState.DRAFT, Session.on <= latest, Cycle.workstream_id.in_(_run_by(person))
    )
    sessions = db.session.scalars(wanted).all()
    agreed = agreed_among({session.cycle.workstream_id for session in sessions})
    answers = [
        (session, agenda.is_ready(session, agreed=session.cycle.workstream_id in agreed, today=today))
        for session in sessions
    ]
    return [Stuck(session, answer.reason) for session, answer in answers if not answer]


def place(start: date, *, skip_school: bool, count: int = schedule.TEN) -> schedule.Schedule:
    """Place so many sessions by the holidays that are known."""
    return schedule.place(start, holidays(*schedule.span(start)), skip_school=skip_school, count=count)


def shifted(session: Session, scope: Scope, to: date | timedelta) -> tuple[Shift, Sequence[Holiday]]:
    """Lay out the weeks with these sessions moved, by the holidays that are known, and tell which those are."""
    first = shifting.aim(session, scope, to)
    known = holidays(*schedule.span(first))
    return shifting.shift(session, scope, first, known), known


# --- What later features put on the card a member reads.

OnTheCard = Callable[[Person, Session, datetime], evening.CardPart]
_ON_THE_CARD: list[OnTheCard] = []


def on_the_card(tells: OnTheCard) -> OnTheCard:
    """Let a later feature say on the card what its reader should know of this session, and where to go on."""
    _ON_THE_CARD.append(tells)
    return tells


def card_for(person: Person, session: Session, now: datetime) -> evening.CardPart:
    """Answer all that is good to know of a session for this very reader."""
    return evening.card_of([evening.by_phone(session), *(tells(person, session, now) for tells in _ON_THE_CARD)])


# --- What members ask to talk about.


def _suggested() -> Select[SuggestedItem]:
    return select(SuggestedItem).options(
        joinedload(SuggestedItem.item).joinedload(AgendaItem.session), joinedload(SuggestedItem.person)
    )


def own_suggestions(person: Person, stream: Workstream) -> Sequence[SuggestedItem]:
    """List what somebody has asked this group to talk about, by the alphabet: no order tells when (P4)."""
    hers = SuggestedItem.person_id == person.id, SuggestedItem.workstream_id == stream.id
    return db.session.scalars(_suggested().where(*hers).order_by(SuggestedItem.words, SuggestedItem.id)).all()


def one_own_suggestion(person: Person, key: UUID) -> SuggestedItem:
    """Find one of her own, and nobody else's."""
    return db.session.scalars(_suggested().where(SuggestedItem.id == key, SuggestedItem.person_id == person.id)).one()


def waiting_of(person: Person, stream: Workstream) -> int:
    """Count how many of hers wait for an answer."""
    waiting = SuggestedItem.state == SuggestionState.SUGGESTED
    hers = SuggestedItem.person_id == person.id, SuggestedItem.workstream_id == stream.id
    return db.session.scalar(select(func.count()).select_from(SuggestedItem).where(waiting, *hers)) or 0


def suggestions_of(stream: Workstream) -> Sequence[SuggestedItem]:
    """List what a group was asked to talk about, by the alphabet; for those who run it."""
    ours = _suggested().where(SuggestedItem.workstream_id == stream.id)
    return db.session.scalars(ours.order_by(SuggestedItem.words, SuggestedItem.id)).all()


def one_suggestion_run_by(person: Person, key: UUID) -> SuggestedItem:
    """Find one suggestion to a group this person runs; nobody else finds who asked."""
    at_table = joinedload(SuggestedItem.workstream).selectinload(Workstream.memberships)
    wanted = _suggested().options(at_table).where(SuggestedItem.id == key)
    return db.session.scalars(wanted.where(SuggestedItem.workstream_id.in_(_run_by(person)))).one()


def drafts_of(stream_id: UUID, today: date) -> Sequence[Session]:
    """List a group's evenings to come that are still being built, the first one first."""
    ours = select(Session).join(Session.cycle).where(Cycle.workstream_id == stream_id)
    built = ours.where(Session.state == SessionState.DRAFT, Session.on >= today)
    whole = joinedload(Session.cycle).joinedload(Cycle.workstream).selectinload(Workstream.memberships)
    found = built.options(selectinload(Session.items), whole)
    return db.session.scalars(found.order_by(Session.on, Session.starts_at, Session.id)).all()


# --- What a plan may start from, and what is done before and after its weeks.


def _is_run_of_weeks_of(person: Person) -> ColumnElement[bool]:
    """A day on which groups come together is no plan to start weeks from."""
    several = Cycle.sessions.any(Session.number >= FEWEST_WEEKS)
    return and_(Cycle.workstream_id.in_(_run_by(person)), several)


def plans_run_by(person: Person) -> list[tuple[UUID, str]]:
    """List the cycles of the groups this person runs, by key and name, the latest first: each may be copied."""
    wanted = (
        select(Cycle.id, Workstream.name, Cycle.number)
        .join(Cycle.workstream)
        .where(_is_run_of_weeks_of(person))
        .order_by(Cycle.starts_on.desc(), Cycle.id)
    )
    return [(row.id, f"{row.name}, cycle {row.number}") for row in db.session.execute(wanted)]


def one_plan_run_by(person: Person, key: UUID) -> Cycle:
    """Find one cycle of a group this person runs, with everything a copy takes along."""
    wanted = _seen_by(person).where(Cycle.id == key, Cycle.workstream_id.in_(_run_by(person)))
    return db.session.scalars(wanted.options(selectinload(Cycle.sessions).selectinload(Session.items))).one()


def plan_to_copy(person: Person, typed: str) -> Cycle | None:
    """Answer the cycle an address names to be copied, if it is one of a group this person runs."""
    try:
        wanted = _seen_by(person).where(Cycle.id == UUID(typed), _is_run_of_weeks_of(person))
    except ValueError:
        return None
    return db.session.scalars(wanted).one_or_none()


def outline_from(person: Person, key: UUID) -> Template:
    """Answer what a plan starts from: a template this person may read, or a cycle of a group she runs."""
    try:
        return library.one_seen_by(person, key)
    except NoResultFound:
        return outlines.outline_of(one_plan_run_by(person, key))


def one_step_run_by(person: Person, key: UUID) -> PlanStep:
    """Find one step of a plan of a group this person runs."""
    of_it = select(PlanStep.cycle_id).where(PlanStep.id == key).scalar_subquery()
    cycle = db.session.scalars(
        _seen_by(person).where(Cycle.id == of_it, Cycle.workstream_id.in_(_run_by(person)))
    ).one()
    return next(step for step in cycle.steps if step.id == key)


WEEK_FIVE = 5


@looks_ahead
def ahead(streams: Collection[UUID], today: date) -> dict[UUID, Ahead]:
    """Answer when week 5 of each group's latest ten weeks is, and on which day it meets next (domain rule 17)."""
    columns = Cycle.workstream_id, Session.number, Session.on, Session.state
    stands = Cycle.workstream_id.in_(streams), Session.state != SessionState.CANCELLED
    wanted = select(*columns).join(Session.cycle).where(*stands).order_by(Cycle.number, Session.number)
    found: dict[UUID, Ahead] = {}
    for row in db.session.execute(wanted):
        known = found.get(row.workstream_id, Ahead())
        coming = row.on if row.on >= today and row.state != SessionState.HELD else None
        days = [day for day in (known.next_on, coming) if day]
        fifth = row.on if row.number == WEEK_FIVE else known.week_five
        found[row.workstream_id] = Ahead(fifth, min(days, default=None))
    return found
