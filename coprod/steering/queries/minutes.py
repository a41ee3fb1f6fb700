"""Reading what a meeting's minutes tell."""

from collections.abc import Sequence

from sqlalchemy import select

from coprod.core.db import db
from coprod.people.models import Person
from coprod.steering.models import Attended, Meeting
from coprod.workstreams.models import Membership


def who_came(meeting: Meeting) -> Sequence[Person]:
    """List who was there at some time of a meeting, by name; who was not is nowhere written."""
    found = select(Person).join(Membership, Membership.person_id == Person.id)
    found = found.join(Attended, Attended.membership_id == Membership.id).where(Attended.meeting_id == meeting.id)
    return db.session.scalars(found.order_by(Person.alias, Person.id)).all()
