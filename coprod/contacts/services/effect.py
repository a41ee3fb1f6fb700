"""A new number or address takes the place of the old one, whoever else may have it (A5, A6)."""

from sqlalchemy import case, exists, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.contacts.queries import COLUMNS, SEALED_FOR
from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.sealing import unseal

_UNTOUCHED = {"synchronize_session": False}


def take_effect(change: ContactChange, *, by: Person) -> None:
    """Drop the old one and use the new one; what another account has waits, and nothing tells so (A5)."""
    person, new = change.person, unseal(SEALED_FOR, change.sealed) if change.sealed else None
    _forget_what_waits(change)
    still = None if _use(person, change.channel, new) else change.sealed
    kept = update(ContactChange).where(ContactChange.id == change.id).values(sealed=still, effective_at=now())
    db.session.execute(kept, execution_options=_UNTOUCHED)
    db.session.refresh(change)
    if change.channel == Channel.PHONE and messages.reach_of(person).id:
        messages.set_reach(person, by=person, phone_is_safe=None, phone_is_shared=None)
    people.forget_links(person)
    people.renew_rights(person, "contact changed", by=by)


def _forget_what_waits(change: ContactChange) -> None:
    same = ContactChange.person_id == change.person_id, ContactChange.channel == change.channel
    earlier = update(ContactChange).where(*same, ContactChange.id != change.id, ContactChange.state == ChangeState.MADE)
    db.session.execute(earlier.values(sealed=None), execution_options=_UNTOUCHED)


def _use(person: Person, channel: Channel, new: str | None) -> bool:
    """Put the new one in place of the old, in one statement whether or not another account has it."""
    column, other = COLUMNS[channel], aliased(Person)
    taken = exists().where(getattr(other, column.key) == new, other.id != person.id)
    put = update(Person).where(Person.id == person.id).values({column: case((taken, None), else_=new)})
    try:
        with db.session.begin_nested():
            kept = db.session.execute(put.returning(column), execution_options=_UNTOUCHED).scalar_one()
    except IntegrityError:
        kept = None
        db.session.execute(put.values({column: None}), execution_options=_UNTOUCHED)
    db.session.refresh(person)
    return kept == new
