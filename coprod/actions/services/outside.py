"""Owners without an account: a name and an e-mail address, and no way to sign in."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from coprod.actions import queries, rules
from coprod.actions.models import OutsideOwner
from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.people.models import Person, Side
from coprod.people.rules import looks_like_address, same_address

HERE_ALREADY = "Somebody in your group has this address. Choose them from the list."
NO_ADDRESS = "This is not an e-mail address. Write it like this: kim@example.org."


def outside_owner(name: str, email: str, *, by: Person) -> Person:
    """Answer who has this name and address without an account, known from now on if not before.

    Only a professional at a table of whoever asks is pointed to: what else the address belongs to, nobody learns (P2).
    The same address is the same person, under the name given first; but not one who was let in since and has an
    account: whoever types her address is to learn nothing of that either.
    """
    require(rules.may_name(by, queries.places_of(by)))
    address = same_address(email)
    if not looks_like_address(address):
        raise Refused(NO_ADDRESS)
    if queries.professional_at_a_table_of(by, address):
        raise Refused(HERE_ALREADY)
    known = queries.outside_owner_at(address)
    if known and known.active:
        db.session.execute(delete(OutsideOwner).where(OutsideOwner.person_id == known.id))
        known = None
    return known or _keep(name, address, by=by)


def _keep(name: str, address: str, *, by: Person) -> Person:
    person = Person(alias=name, side=Side.PROFESSIONAL, active=False)
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
            db.session.add(OutsideOwner(person_id=person.id, email=address, named_on=today(), named_by_id=by.id))
            db.session.flush()
    except IntegrityError:
        known = queries.outside_owner_at(address)
        if known is None:
            raise
        return known
    record(by, "named without an account", person)
    return person
