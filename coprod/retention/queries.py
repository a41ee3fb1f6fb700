"""Finding what has been kept long enough, and how the last runs went."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from coprod.contacts.models import ContactChange
from coprod.core.db import Base, db
from coprod.core.journal import Entry
from coprod.interests.models import Interest
from coprod.messages.models import Reach
from coprod.needs.models import Needs, NeverTime
from coprod.people.models import Person, Side
from coprod.programmes.models import Programme
from coprod.retention import rules
from coprod.retention.models import RetentionRun
from coprod.supporters.models import Support
from coprod.workstreams.models import Membership, MembershipState, SeparationRequest

SHOWN = 14
PRIVATE: tuple[Any, ...] = (Reach, Needs, NeverTime, SeparationRequest, ContactChange, Interest)
"""What is kept about one person so that somebody can reach her and she can come."""


def last_runs(person: Person) -> Sequence[RetentionRun]:
    """List the last runs, the newest first, to programme admins; to everybody else there are none."""
    if not rules.may_see_runs(person):
        return []
    newest = select(RetentionRun).order_by(RetentionRun.began_at.desc(), RetentionRun.id)
    return db.session.scalars(newest.limit(SHOWN)).all()


def last_finished() -> datetime | None:
    """Answer when a run finished last."""
    return db.session.scalar(select(func.max(RetentionRun.finished_at)))


def needs_a_look(person: Person, now: datetime) -> bool:
    """Answer whether this person must see to it that runs finish: the alarm on a programme admin's first page."""
    return bool(rules.may_see_runs(person)) and rules.is_late(last_finished(), now)


def older(model: type[Base], column: Any, than: Any, *which: ColumnElement[bool]) -> list[Any]:
    """List the keys of what is older than this."""
    found = select(model.id).where(column <= than, *which).order_by(model.id)
    return list(db.session.scalars(found))


def leavers(until: date) -> list[Any]:
    """List who left their last group by this day, of whom something is still kept."""
    places = exists().where(Membership.person_id == Person.id)
    still = places.where(Membership.state != MembershipState.LEFT)
    since = func.coalesce(Membership.left_on, Membership.asked_on)
    lately = places.where(since > until)
    return _keys(select(Person.id).where(places, ~still, ~lately, ~_has_a_part()))


def closed_accounts(until: datetime) -> list[Any]:
    """List whose account was closed by this moment, and not opened again."""
    lately = exists().where(
        Entry.subject == Person.__tablename__,
        Entry.subject_id == Person.id,
        Entry.verb == "turned away",
        Entry.at > until,
    )
    return _keys(select(Person.id).where(~Person.active, ~lately))


def helps_nobody(person: Person) -> bool:
    """Answer whether a supporter has nobody left to help."""
    left = exists().where(Support.supporter_id == person.id)
    return person.side == Side.SUPPORTER and not db.session.scalar(select(left))


def _has_a_part() -> ColumnElement[bool]:
    leads = or_(Programme.safeguarding_lead_id == Person.id, Programme.deputy_lead_id == Person.id)
    return or_(Person.is_admin, exists().where(leads))


def _keys(found: Select[Any]) -> list[Any]:
    """Leave out those of whom nothing is kept any more, so that nobody is counted day after day."""
    private = (exists().where(model.person_id == Person.id) for model in PRIVATE)
    has = or_(Person.email.is_not(None), Person.phone.is_not(None), *private)
    return list(db.session.scalars(found.where(Person.erased_on.is_(None), has).order_by(Person.id)))
