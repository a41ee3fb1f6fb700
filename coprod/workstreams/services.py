"""Making tables, asking people to them, checking them, and moving both on."""

from collections.abc import Iterator
from typing import Any

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.workstreams import rules
from coprod.workstreams.models import CaseCheck, Kind, Membership, Role, Run, Seat, Workstream


def create(programme: Programme, name: str, kind: Kind = Kind.STREAM, *, by: Person, **words: Any) -> Workstream:
    """Propose a new table; `words` are its purpose, neutral name, and whether it is open-ended."""
    require(rules.is_admin(by))
    stream = Workstream(programme=programme, name=name, kind=kind, **words)
    stream.runs = [Run(number=1, began=f"{today():%Y-%m}")]
    db.session.add(stream)
    db.session.flush()
    record(by, "proposed", stream)
    return stream


def move_stream(stream: Workstream, name: str, *, by: Person) -> None:
    """Make one of the table's moves, and write it down."""
    before, after = rules.LIFECYCLE.make(by, name, stream)
    record(by, name, stream, before=before, after=after)


def call(stream: Workstream, neutral_name: str, *, by: Person) -> None:
    """Say what members' pages call this table where anyone might look."""
    require(rules.is_admin(by))
    stream.neutral_name = neutral_name
    record(by, "given a neutral name", stream)


def invite(stream: Workstream, person: Person, seat: Seat, role: Role = Role.MEMBER, *, by: Person) -> Membership:
    """Ask somebody to the table, in this seat and this role."""
    require(rules.may_seat(by, stream, person, seat, role))
    membership = Membership(workstream=stream, person=person, seat=seat, role=role)
    db.session.add(membership)
    db.session.flush()
    record(by, "invited", membership)
    return membership


def move(membership: Membership, name: str, *, by: Person) -> None:
    """Make one of the membership's moves, and write it down; nobody else comes to the table meanwhile."""
    hold(membership.workstream)
    before, after = rules.MEMBERSHIP.make(by, name, membership)
    record(by, name, membership, before=before, after=after)
    db.session.flush()


def hold(stream: Workstream) -> None:
    """Keep others from coming and going until this is saved, and read afresh who is here."""
    lock(stream)
    for membership in stream.memberships:
        db.session.expire(membership)


def confirm_no_family_case(stream: Workstream, professional: Person, *, by: Person) -> None:
    """Keep that this professional was asked, and works on no family's case at this table (domain rule 2)."""
    hold(stream)
    membership = next(m for m in stream.memberships if m.person_id == professional.id)
    require(rules.may_confirm(by, membership))
    db.session.add_all(_checks(membership, by))
    db.session.flush()
    record(by, "own-case check confirmed", membership)
    hold(stream)


def _checks(professional: Membership, by: Person) -> Iterator[CaseCheck]:
    for lived in rules.unchecked(professional):
        yield CaseCheck(
            professional_id=professional.person_id,
            lived_id=lived.person_id,
            confirmed_on=today(),
            confirmed_by_id=by.id,
        )
