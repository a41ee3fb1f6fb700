"""Reading the steering groups and their meetings."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import ItemInterest, Meeting, MeetingItem, MeetingState, Presence
from coprod.workstreams.models import Kind, Membership, MembershipState, Workstream


def tables_of(person: Person) -> Select[UUID]:
    """Answer the tables this person sits at."""
    return select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )


def steering_of(person: Person) -> Workstream:
    """Find the steering group this person sits on."""
    found = select(Workstream).where(Workstream.kind == Kind.STEERING, Workstream.id.in_(tables_of(person)))
    found = found.options(selectinload(Workstream.memberships).joinedload(Membership.person))
    return db.session.scalars(found.order_by(Workstream.name, Workstream.id).limit(1)).one()


def _meetings_seen_by(person: Person) -> Select[Meeting]:
    return (
        select(Meeting)
        .where(Meeting.workstream_id.in_(tables_of(person)))
        .options(
            joinedload(Meeting.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
            selectinload(Meeting.present).joinedload(Presence.membership),
        )
    )


def meetings_seen_by(person: Person) -> Sequence[Meeting]:
    """List the meetings of this person's steering group, the latest first."""
    return db.session.scalars(_meetings_seen_by(person).order_by(Meeting.on.desc(), Meeting.id)).all()


def meeting_seen_by(person: Person, key: UUID) -> Meeting:
    """Find one meeting, with who is there, if this person sits at its table."""
    found = _meetings_seen_by(person).where(Meeting.id == key)
    items = selectinload(Meeting.items)
    found = found.options(
        items.joinedload(MeetingItem.recommendation).joinedload(Recommendation.workstream),
        items.joinedload(MeetingItem.decision),
        items.selectinload(MeetingItem.interests).joinedload(ItemInterest.membership).joinedload(Membership.person),
        joinedload(Meeting.minutes_approved_at),
    )
    return db.session.scalars(found).one()


def next_meeting(steering: Workstream) -> Meeting | None:
    """Find the meeting that is open, or is to come first."""
    found = select(Meeting).where(Meeting.workstream_id == steering.id, Meeting.state != MeetingState.CLOSED)
    order = (Meeting.state == MeetingState.PLANNED, Meeting.on, Meeting.id)
    return db.session.scalars(found.order_by(*order).limit(1)).one_or_none()


def last_meeting(steering: Workstream) -> Meeting | None:
    """Find the meeting that was closed last."""
    found = select(Meeting).where(Meeting.workstream_id == steering.id, Meeting.state == MeetingState.CLOSED)
    return db.session.scalars(found.order_by(Meeting.on.desc(), Meeting.id).limit(1)).one_or_none()


def open_meeting(steering: Workstream) -> Meeting | None:
    """Find the meeting that is going on, if there is one."""
    found = select(Meeting).where(Meeting.workstream_id == steering.id, Meeting.state == MeetingState.OPEN)
    return db.session.scalars(found.order_by(Meeting.on, Meeting.id).limit(1)).one_or_none()


def contested_at(steering: Workstream) -> Sequence[Recommendation]:
    """List what a group has contested, and this table has not taken up again."""
    found = select(Recommendation).where(
        Recommendation.steering_id == steering.id, Recommendation.state == State.CONTESTED
    )
    return db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()


def is_planned(steering: Workstream, on: date) -> bool:
    """Answer whether the group has a meeting on this day already."""
    return bool(db.session.scalar(select(Meeting.id).where(Meeting.workstream_id == steering.id, Meeting.on == on)))
