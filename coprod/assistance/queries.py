"""Finding whom a facilitator may help, and what was done for somebody."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from coprod.agreements.models import Agreement
from coprod.agreements.queries import versions_of
from coprod.agreements.rules import may_say_yes, shown
from coprod.assistance import rules
from coprod.assistance.models import Assisted
from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.cycles.models import Session
from coprod.cycles.queries import sessions_between
from coprod.payments.models import Payment
from coprod.payments.queries import to_answer
from coprod.people.models import Person
from coprod.rsvp.rules.answers import is_asked, is_open
from coprod.workstreams.models import Membership
from coprod.workstreams.queries import one_seen_by

Found = TypeVar("Found", Session, Agreement, Payment)
AHEAD = timedelta(weeks=5)


def one_helped_by(person: Person, stream: UUID, member: UUID) -> Membership:
    """Find the place of a member whom this person may help; for everybody else there is no such page."""
    places = one_seen_by(person, stream).memberships
    found = next((place for place in places if place.person_id == member), None)
    if found is None or not rules.may_help(person, found):
        raise NoResultFound
    return found


def done_for(member: Person) -> Sequence[Assisted]:
    """List what was done for this member, the latest first."""
    wanted = select(Assisted).where(Assisted.member_id == member.id).options(joinedload(Assisted.by))
    return db.session.scalars(wanted.order_by(Assisted.done_on.desc(), Assisted.id)).all()


def one_done_for(member: Person, key: UUID) -> Assisted:
    """Find one of these; another's is not there."""
    wanted = select(Assisted).where(Assisted.id == key, Assisted.member_id == member.id)
    return db.session.scalars(wanted.options(joinedload(Assisted.member))).one()


# --- What she may be helped with now.


def sessions_for(place: Membership) -> list[Session]:
    """List the sessions of this group that this member may still answer for, the next one first."""
    if not is_asked(place.person, place.workstream):
        return []
    return [session for session in sessions_between(place.person, today(), today() + AHEAD) if _is_of(session, place)]


def _is_of(session: Session, place: Membership) -> bool:
    return session.cycle.workstream_id == place.workstream_id and bool(is_open(session, now()))


def one_session_for(place: Membership, key: UUID) -> Session:
    """Find one of these."""
    return _one(sessions_for(place), key)


def agreement_for(place: Membership) -> Agreement | None:
    """Answer the version this member may say yes to."""
    version = shown(versions_of(place.workstream))
    return version if version and may_say_yes(place.person, place.person, version) else None


def one_agreement_for(place: Membership, key: UUID) -> Agreement:
    """Find it."""
    version = agreement_for(place)
    return _one([version] if version else [], key)


def offers_for(place: Membership) -> list[Payment]:
    """List what this group offers her and she has not answered."""
    return [offer for offer in to_answer(place.person, now()) if offer.workstream_id == place.workstream_id]


def one_offer_for(place: Membership, key: UUID) -> Payment:
    """Find one of these."""
    return _one(offers_for(place), key)


def _one(found: Sequence[Found], key: UUID) -> Found:
    one = next((each for each in found if each.id == key), None)
    if one is None:
        raise NoResultFound
    return one
