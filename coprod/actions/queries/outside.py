"""Owners without an account, and who may name one."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from coprod.actions.models import Action, OutsideOwner
from coprod.core.db import db
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Workstream


def is_outside(person: Person) -> bool:
    """Answer whether this is somebody who was named for an action and has no account."""
    named = exists().where(OutsideOwner.person_id == person.id)
    return not person.active and bool(db.session.scalar(select(named)))


def outside_owner_at(email: str) -> Person | None:
    """Find who was named with this address before."""
    return outside_owners_at([email]).get(email)


def outside_owners_at(emails: Collection[str]) -> dict[str, Person]:
    """Find who was named with each of these addresses before."""
    found = select(OutsideOwner).where(OutsideOwner.email.in_(emails)).options(joinedload(OutsideOwner.person))
    return {known.email: known.person for known in db.session.scalars(found.order_by(OutsideOwner.id))}


def owners_from_outside(table: Workstream) -> Sequence[Person]:
    """List who without an account has had something to do for this table, by name; for those who may give more."""
    here = select(Action.owner_id).where(Action.workstream_id == table.id)
    found = select(Person).join(OutsideOwner, OutsideOwner.person_id == Person.id)
    kept = ~Person.active, Person.erased_on.is_(None), Person.id.in_(here)
    return db.session.scalars(found.where(*kept).order_by(Person.alias, Person.id)).all()


def addresses_of(owners: Collection[Person]) -> dict[UUID, str]:
    """Answer the addresses that owners without an account were named with, to tell namesakes apart; for no page."""
    wanted = OutsideOwner.person_id.in_([person.id for person in owners])
    known = db.session.scalars(select(OutsideOwner).where(wanted).order_by(OutsideOwner.id))
    return {one.person_id: one.email for one in known}


def places_of(person: Person) -> Sequence[Membership]:
    """List where this person sits now."""
    mine = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    return db.session.scalars(select(Membership).where(*mine).order_by(Membership.id)).all()


def professional_at_a_table_of(person: Person, email: str) -> Person | None:
    """Find the professional with this address who sits where this person sits."""
    return professionals_at_tables_of(person, [email]).get(email)


def professionals_at_tables_of(person: Person, emails: Collection[str]) -> dict[str, Person]:
    """Find the professionals with these addresses who sit where this person sits, by the address.

    Members are left out, and so is everybody else: nobody learns from an address who is here (P2).
    """
    tables = select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )
    sits = exists().where(
        Membership.person_id == Person.id,
        Membership.workstream_id.in_(tables),
        Membership.state == MembershipState.JOINED,
    )
    found = select(Person).where(Person.email.in_(emails), Person.side == Side.PROFESSIONAL, Person.active, sits)
    return {one.email: one for one in db.session.scalars(found.order_by(Person.id)) if one.email}


def unneeded_addresses(until: date) -> Sequence[UUID]:
    """List where an address is kept of somebody who had nothing to do after this day, by the keys of what is kept."""
    busy = exists().where(
        Action.owner_id == OutsideOwner.person_id, or_(Action.settled_on.is_(None), Action.settled_on > until)
    )
    found = select(OutsideOwner.id).where(OutsideOwner.named_on <= until, ~busy).order_by(OutsideOwner.id)
    return db.session.scalars(found).all()
