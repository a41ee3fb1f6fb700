"""Reading what helps people to come: the person herself, and those who run her groups (journey 2)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.needs import rules
from coprod.needs.models import Needs, NeverTime
from coprod.people.models import Person
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import COMING_OR_HERE, is_facilitator


@dataclass(frozen=True)
class Line:
    """One person, what is to be arranged for her, and when she can never come."""

    membership: Membership
    wanted: rules.Wanted
    never: frozenset[rules.Slot]


def is_in_a_group(person: Person) -> bool:
    """Answer whether this person has a place in any group, or on the way to one."""
    held = exists().where(Membership.person_id == person.id, Membership.state.in_(COMING_OR_HERE))
    return bool(db.session.scalar(select(held)))


def needs_of(person: Person) -> Needs | None:
    """Answer what this person said would help."""
    return db.session.scalars(select(Needs).where(Needs.person_id == person.id)).one_or_none()


def wanted_by(people: Sequence[UUID]) -> dict[UUID, rules.Wanted]:
    """Answer what each of these people said would help; who said nothing is left out."""
    found = db.session.scalars(select(Needs).where(Needs.person_id.in_(people)).order_by(Needs.id))
    return {needs.person_id: rules.wanted(needs) for needs in found}


def never_of(person: Person) -> frozenset[rules.Slot]:
    """Answer which parts of the week never work for this person."""
    return _never([person.id])[person.id]


def _never(people: Sequence[UUID]) -> dict[UUID, frozenset[rules.Slot]]:
    found: defaultdict[UUID, frozenset[rules.Slot]] = defaultdict(frozenset)
    kept = select(NeverTime).where(NeverTime.person_id.in_(people)).order_by(NeverTime.id)
    for time in db.session.scalars(kept):
        found[time.person_id] |= {(time.weekday, time.part)}
    return found


def run_by(person: Person, key: UUID) -> Workstream:
    """Answer a group this person facilitates now; for everybody else there is no such page (journey 2)."""
    stream = one_seen_by(person, key)
    if not is_facilitator(person, stream):
        raise NoResultFound
    return stream


def lines_of(stream: Workstream) -> list[Line]:
    """List who is in the group or coming to it, and what each of them needs."""
    members = rules.coming(stream)
    people = [m.person_id for m in members]
    wants, never = wanted_by(people), _never(people)
    return [Line(m, wants.get(m.person_id, rules.Wanted()), never[m.person_id]) for m in members]


def never_among(stream: Workstream) -> list[frozenset[rules.Slot]]:
    """List the parts of the week that never work, one entry a member and no names: for who plans (journey 12)."""
    never = _never([m.person_id for m in rules.coming(stream)])
    return [never[m.person_id] for m in rules.coming(stream)]
