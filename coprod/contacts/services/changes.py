"""Changing a phone number or an e-mail address, by oneself at once, by staff with two people and a day (A6)."""

from secrets import compare_digest
from uuid import UUID, uuid4

from coprod.contacts import queries, rules
from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.contacts.queries import COLUMNS, SEALED_FOR
from coprod.contacts.services.effect import take_effect
from coprod.core.answers import Answer, require
from coprod.core.clock import now
from coprod.core.db import db, lock
from coprod.core.security_log import note
from coprod.messages import services as messages
from coprod.messages.models import Way
from coprod.messages.rules import Purpose
from coprod.people.models import Person
from coprod.people.rules import same_address, same_number
from coprod.people.sealing import seal, unseal


def _last_word_goes_to(_: Person, key: UUID) -> tuple[Way, str] | None:
    change = db.session.get(ContactChange, key)
    if change is None or change.old is None:
        return None
    return Way.TEXT if change.channel == Channel.PHONE else Way.EMAIL, unseal(SEALED_FOR, change.old)


LAST_WORD = messages.announce(
    Purpose(
        "contact changed",
        about="A last word to an old number or address",
        text="We will not write here any more, as you asked. If that was not you, tell us.",
        email="Hello.\n\nWe will not write here any more, as you asked. If that was not you, please tell us.\n",
    ),
    lambda _, key: db.session.get(ContactChange, key) is not None,
    _last_word_goes_to,
)


def change_own(person: Person, channel: Channel, value: str | None, *, tell_the_old: bool = False) -> None:
    """Reach this person there from now on, because they say so themself; their every session is begun anew."""
    change = _new_change(person, channel, value, by=person)
    old = getattr(person, COLUMNS[channel].key)
    if old and tell_the_old:
        change.old = seal(SEALED_FOR, old)
        messages.queue(LAST_WORD, person, change.id)
    rules.LIFECYCLE.make(person, "made at once", change)
    take_effect(change, by=person)


def ask_change(person: Person, channel: Channel, value: str, *, by: Person) -> ContactChange:
    """Write down what a member, in the room, asked to be changed; a second person confirms it."""
    require(rules.may_change_for(by, person, runs_a_table_of=queries.runs_a_table_of(by, person)))
    return _new_change(person, channel, value, by=by)


def _new_change(person: Person, channel: Channel, value: str | None, *, by: Person) -> ContactChange:
    lock(person)
    for earlier in queries.live_changes(person):
        if earlier.channel == channel:
            stop(earlier, by=by)
    sealed = seal(SEALED_FOR, plain(channel, value)) if value else None
    change = ContactChange(
        id=uuid4(), person=person, channel=channel, sealed=sealed, asked_by=by, asked_at=now(), state=ChangeState.ASKED
    )
    db.session.add(change)
    db.session.flush()
    note("contact change asked for", person, by)
    return change


def plain(channel: Channel, value: str) -> str:
    """Answer a number or an address as it is kept and compared."""
    return same_address(value) if channel == Channel.EMAIL else same_number(value) or value


def confirm(change: ContactChange, value: str, *, by: Person) -> bool:
    """Confirm a change as a second person, who types the new one again; answer whether the two are the same."""
    lock(change)
    require(_staff(by, change) & rules.LIFECYCLE.may(by, "confirmed", change))
    typed, first = plain(change.channel, value), unseal(SEALED_FOR, change.sealed or b"")
    if not compare_digest(typed.encode(), first.encode()):
        return False
    rules.LIFECYCLE.make(by, "confirmed", change)
    change.confirmed_by, change.confirmed_at = by, now()
    note("contact change confirmed", change.person, by)
    return True


def _staff(by: Person, change: ContactChange) -> Answer:
    return rules.may_change_for(by, change.person, runs_a_table_of=queries.runs_a_table_of(by, change.person))


def stop(change: ContactChange, *, by: Person) -> None:
    """Stop a change before it takes effect: she may, and so may who may change it for her."""
    lock(change)
    if by.id != change.person_id:
        require(_staff(by, change))
    rules.LIFECYCLE.make(by, "stopped", change)
    change.sealed = None
    note("contact change stopped", change.person, by)
