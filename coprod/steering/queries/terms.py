"""Reading a steering group's terms of reference."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coprod.core.db import db
from coprod.people.models import Person
from coprod.steering.models import Terms
from coprod.steering.queries.meetings import tables_of
from coprod.workstreams.models import Kind, Membership, Workstream


def table_seen_by(person: Person, key: UUID) -> Workstream:
    """Find a steering group this person sits on, with everybody who sits there."""
    found = select(Workstream).where(
        Workstream.id == key, Workstream.kind == Kind.STEERING, Workstream.id.in_(tables_of(person))
    )
    return db.session.scalars(found.options(selectinload(Workstream.memberships).joinedload(Membership.person))).one()


def terms_of(steering: Workstream) -> Sequence[Terms]:
    """List the versions of a group's terms, the one that holds first."""
    found = select(Terms).where(Terms.workstream_id == steering.id)
    return db.session.scalars(found.order_by(Terms.number.desc())).all()
