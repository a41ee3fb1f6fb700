"""Finding concerns: for the lead and the deputy of their programme, and for nobody else at all (P7)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from coprod.agreements.models import Agreement, AgreementState
from coprod.core.clock import moment_of
from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.programmes.queries import led_by
from coprod.programmes.rules import is_lead
from coprod.safeguarding.models import Concern, ConcernState, Urgency
from coprod.workstreams.queries import memberships_of

_SOONEST = case({state: place for place, state in enumerate(ConcernState)}, value=Concern.state)
_MOST_URGENT = case({urgency: place for place, urgency in enumerate(Urgency)}, value=Concern.urgency)


def _with_both(wanted: Select[Concern]) -> Select[Concern]:
    programme = joinedload(Concern.programme)
    return wanted.options(
        programme.joinedload(Programme.safeguarding_lead),
        programme.joinedload(Programme.deputy_lead),
        joinedload(Concern.raised_by),
        joinedload(Concern.received_by),
    )


def _seen_by(person: Person) -> Select[Concern]:
    led = [programme.id for programme in led_by(person) if is_lead(person, programme)]
    return _with_both(select(Concern).where(Concern.programme_id.in_(led)))


def receives_any(person: Person) -> bool:
    """Answer whether concerns come to this person: then, and only then, are there pages about them."""
    return any(is_lead(person, programme) for programme in led_by(person))


def seen_by(person: Person) -> Sequence[Concern]:
    """List the concerns that came to this person, those nobody has received first."""
    return db.session.scalars(_seen_by(person).order_by(_SOONEST, _MOST_URGENT, Concern.raised_at, Concern.id)).all()


def one_seen_by(person: Person, key: UUID) -> Concern:
    """Find one concern that came to this person."""
    return db.session.scalars(_seen_by(person).where(Concern.id == key)).one()


def waiting_for(person: Person) -> Sequence[Concern]:
    """List the concerns nobody has received yet, for the first page of who receives them."""
    return [concern for concern in seen_by(person) if concern.state == ConcernState.RAISED]


def unanswered(by: datetime) -> Sequence[Concern]:
    """List what was raised by this moment and nobody has received."""
    wanted = select(Concern).where(Concern.state == ConcernState.RAISED, Concern.raised_at <= by)
    return db.session.scalars(_with_both(wanted).order_by(Concern.id)).all()


def over_before(day: date) -> Sequence[Concern]:
    """List what was passed on or closed before this day."""
    wanted = select(Concern).where(Concern.closed_at < moment_of(day, time(0)))
    return db.session.scalars(wanted.order_by(Concern.id)).all()


def still_waits(key: UUID) -> Concern | None:
    """Answer this concern while nobody has received it."""
    wanted = select(Concern).where(Concern.id == key, Concern.state == ConcernState.RAISED)
    return db.session.scalars(_with_both(wanted)).one_or_none()


def programme_of(person: Person) -> Programme:
    """Answer the programme at whose table this person sits, with who receives its concerns."""
    keys = [seat.workstream.programme_id for seat in memberships_of(person)]
    both = joinedload(Programme.safeguarding_lead), joinedload(Programme.deputy_lead)
    wanted = select(Programme).where(Programme.id.in_(keys)).options(*both).order_by(Programme.name)
    return db.session.scalars(wanted.limit(1)).one()


def agreed_words(person: Person) -> list[str]:
    """List what this person's groups have agreed to do if somebody may be in danger, each wording once."""
    keys = [seat.workstream_id for seat in memberships_of(person)]
    agreed = Agreement.workstream_id.in_(keys), Agreement.state == AgreementState.AGREED
    found = db.session.scalars(select(Agreement.words).where(*agreed).order_by(Agreement.workstream_id))
    return sorted({words["danger"] for words in found if words.get("danger")})
