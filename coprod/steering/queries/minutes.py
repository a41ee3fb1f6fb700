"""Reading what a meeting's minutes tell."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from coprod.core.db import db
from coprod.people.models import Person
from coprod.steering.models import Attended, Decision, Meeting, decision_taker
from coprod.workstreams.models import Membership


def _came_to(meeting: Meeting) -> Select[Attended]:
    found = select(Attended).join(Attended.membership).join(Membership.person).where(Attended.meeting_id == meeting.id)
    return found.options(contains_eager(Attended.membership).contains_eager(Membership.person))


def who_came(meeting: Meeting) -> Sequence[Membership]:
    """List who was there at some time of a meeting, by name; who was not is nowhere written."""
    came = db.session.scalars(_came_to(meeting).order_by(Person.alias, Person.id))
    return [one.membership for one in came]


def one_who_came(meeting: Meeting, place: UUID) -> Attended:
    """Find one who was there; the caller may see the meeting."""
    return db.session.scalars(_came_to(meeting).where(Attended.membership_id == place)).one()


def deciders_at(meeting: Meeting) -> set[UUID]:
    """Answer the places of those who decided something at a meeting."""
    took = select(decision_taker.c.membership_id).join(Decision).where(Decision.meeting_id == meeting.id)
    return set(db.session.scalars(took.order_by(decision_taker.c.membership_id)))
