"""Finding whom a facilitator may help, and what was done for somebody."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from coprod.assistance import rules
from coprod.assistance.models import Assisted
from coprod.core.db import db
from coprod.people.models import Person
from coprod.workstreams.models import Membership
from coprod.workstreams.queries import one_seen_by


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
