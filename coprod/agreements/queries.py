"""Finding a group's agreement."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.agreements.models import Agreement, AgreementState
from coprod.core.db import db
from coprod.people.models import Person
from coprod.workstreams.models import Membership, MembershipState, Workstream


def sat_at_by(person: Person) -> Select[UUID]:
    """Select the keys of the groups at which this person has joined."""
    sits = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    return select(Membership.workstream_id).where(*sits)


def one_seen_by(person: Person, key: UUID) -> Agreement:
    """Find one version, if this person sits at its group."""
    wanted = select(Agreement).where(Agreement.id == key, Agreement.workstream_id.in_(sat_at_by(person)))
    people = selectinload(Workstream.memberships).joinedload(Membership.person)
    return db.session.scalars(wanted.options(joinedload(Agreement.workstream).options(people))).one()


def versions_of(stream: Workstream) -> Sequence[Agreement]:
    """List a group's versions, the first one first."""
    return db.session.scalars(
        select(Agreement).where(Agreement.workstream_id == stream.id).order_by(Agreement.number)
    ).all()


def agreed_among(streams: Iterable[UUID]) -> set[UUID]:
    """Answer which of these groups have agreed how they work together."""
    wanted = select(Agreement.workstream_id).where(Agreement.workstream_id.in_(list(streams)))
    return set(db.session.scalars(wanted.where(Agreement.state == AgreementState.AGREED).order_by(Agreement.id)))


def has_agreed(stream: Workstream) -> bool:
    """Answer whether this group has agreed how it works together."""
    return stream.id in agreed_among([stream.id])
