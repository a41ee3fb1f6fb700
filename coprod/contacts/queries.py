"""Reading how people are reached: by themselves, and by those who run their groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from coprod.contacts import rules
from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.core.db import db
from coprod.messages import queries as messages
from coprod.messages.models import Message, Reach
from coprod.messages.queries import ByHand
from coprod.people.models import Person
from coprod.people.sealing import unseal
from coprod.workstreams.models import Membership, MembershipState, Role
from coprod.workstreams.rules import COMING_OR_HERE

SEALED_FOR = "contact"
LIVE = (ChangeState.ASKED, ChangeState.CONFIRMED)
COLUMNS = {Channel.EMAIL: Person.email, Channel.PHONE: Person.phone}


@dataclass(frozen=True)
class Reached:
    """A member, and how they want to be reached."""

    person: Person
    reach: Reach

    @property
    def way(self) -> str:
        """Say which way."""
        return rules.WAYS[self.reach.way] if self.reach.way else "Has not said"

    @property
    def phone(self) -> str:
        """Say what is to be known before somebody rings."""
        facts = [
            "not a safe phone" if self.reach.phone_is_safe is False else "",
            "a shared phone" if self.reach.phone_is_shared else "",
            *(rules.HOURS[part] for part in rules.HOURS if part in self.reach.hours),
        ]
        return " · ".join(fact for fact in facts if fact)


# --- Whom somebody helps.


def runs_a_table_of(by: Person, person: Person) -> bool:
    """Answer whether one runs a group that the other sits in, or is asked to."""
    return bool(db.session.scalar(select(exists().where(Person.id == person.id, _sits_where_is_run_by(by)))))


def _sits_where_is_run_by(by: Person) -> ColumnElement[bool]:
    run, sitting = aliased(Membership), aliased(Membership)
    is_run = run.person_id == by.id, run.role == Role.FACILITATOR, run.state == MembershipState.JOINED
    return (
        exists()
        .where(sitting.person_id == Person.id, sitting.state.in_(COMING_OR_HERE))
        .where(run.workstream_id == sitting.workstream_id, *is_run)
    )


def people_of(by: Person) -> Sequence[Person]:
    """List whom this person helps as a facilitator: everybody in the groups they run."""
    wanted = select(Person).where(_sits_where_is_run_by(by), Person.active, Person.id != by.id)
    return db.session.scalars(wanted.order_by(Person.alias, Person.id)).all()


def reached(people: Sequence[Person]) -> list[Reached]:
    """Answer of the members among these how they want to be reached."""
    said = messages.reach_of_all([person for person in people if person.is_lived])
    return [Reached(person, said[person.id]) for person in people if person.is_lived]


def to_do_by_hand(by: Person, now: datetime, can_text: bool) -> list[ByHand]:
    """List what a facilitator has to tell people by telephone, by post, or through who helps them."""
    standing = messages.by_hand(people_of(by), now, can_text)
    return sorted(standing, key=lambda one: (one.person.alias, one.about, one.message.id))


def has_to_tell_somebody(by: Person, now: datetime, can_text: bool) -> bool:
    """Answer whether there is something to tell somebody by hand, in two statements."""
    return bool(messages.by_hand(people_of(by), now, can_text))


def one_to_do_by_hand(by: Person, key: UUID, now: datetime, can_text: bool) -> Message:
    """Find one of these; what is not among them is not there."""
    wanted = select(Message).where(Message.id == key, Message.person_id.in_([p.id for p in people_of(by)]))
    message = db.session.scalars(wanted.options(joinedload(Message.person))).one()
    return next(one.message for one in messages.by_hand([message.person], now, can_text) if one.message is message)


def one_changed_by(by: Person, key: UUID) -> Person:
    """Find whose contact somebody may change: any account for a programme admin, one of their groups' for others."""
    wanted = select(Person).where(Person.id == key, Person.id != by.id, Person.active)
    return db.session.scalars(wanted if by.is_admin else wanted.where(_sits_where_is_run_by(by))).one()


# --- Changes.


def live_changes(person: Person) -> Sequence[ContactChange]:
    """List the changes of this person's contact that wait."""
    wanted = select(ContactChange).where(ContactChange.person_id == person.id, ContactChange.state.in_(LIVE))
    both = joinedload(ContactChange.asked_by), joinedload(ContactChange.person)
    return db.session.scalars(wanted.options(*both).order_by(ContactChange.asked_at, ContactChange.id)).all()


def one_live_change(person: Person, key: UUID) -> ContactChange:
    """Find one of them."""
    wanted = select(ContactChange).where(ContactChange.id == key, ContactChange.person_id == person.id)
    found = wanted.where(ContactChange.state.in_(LIVE)).options(joinedload(ContactChange.person))
    return db.session.scalars(found).one()


def to_make() -> Sequence[UUID]:
    """List the changes that may take effect: the confirmed ones, and those that could not yet."""
    confirmed = ContactChange.state == ChangeState.CONFIRMED
    waiting = (ContactChange.state == ChangeState.MADE) & ContactChange.sealed.is_not(None)
    wanted = select(ContactChange.id).where(confirmed | waiting)
    return db.session.scalars(wanted.order_by(ContactChange.asked_at, ContactChange.id)).all()


def changed_last(person: Person) -> datetime | None:
    """Answer when this person's number or address was changed last, if it was of late; what waits counts (A5)."""
    return db.session.scalar(select(func.max(ContactChange.effective_at)).where(ContactChange.person_id == person.id))


def shown(person: Person) -> dict[Channel, str]:
    """Say of this person's number and address just enough; whether another account has it shows nowhere (A5)."""
    waiting = ContactChange.state == ChangeState.MADE, ContactChange.sealed.is_not(None)
    found = select(ContactChange).where(ContactChange.person_id == person.id, *waiting)
    given = {
        change.channel: unseal(SEALED_FOR, change.sealed or b"")
        for change in db.session.scalars(found.order_by(ContactChange.asked_at, ContactChange.id))
    }
    kept = {channel: getattr(person, column.key) for channel, column in COLUMNS.items()}
    return {channel: rules.masked(channel, given.get(channel) or kept[channel]) for channel in Channel}
