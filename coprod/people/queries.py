"""Who is here, as far as the one who asks may know it; and which secrets are still good."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from coprod.core.db import db
from coprod.people import rules
from coprod.people.models import Person, SignedIn, Ticket


def _in_order(people: Select[Person]) -> Select[Person]:
    return people.order_by(Person.alias, Person.id)


def seen_by(person: Person) -> Sequence[Person]:
    """List everybody with an account, for those who keep the accounts; for all others there is no such list (P2)."""
    if not rules.may_keep_accounts(person):
        raise NoResultFound
    return db.session.scalars(_in_order(select(Person))).all()


def one_seen_by(person: Person, key: UUID) -> Person:
    """Find one account, for those who keep the accounts."""
    if not rules.may_keep_accounts(person):
        raise NoResultFound
    return db.session.scalars(select(Person).where(Person.id == key)).one()


def nobody_is_here() -> bool:
    """Answer whether this installation has no account at all yet."""
    return not db.session.scalar(select(exists().where(Person.id.is_not(None))))


def is_taken(email: str | None, phone: str | None) -> bool:
    """Answer whether another account has this e-mail address or this phone number."""
    same = [column == kept for column, kept in ((Person.email, email), (Person.phone, phone)) if kept]
    return bool(same and db.session.scalar(select(exists().where(or_(*same)))))


def demonstration_people() -> Sequence[Person]:
    """List everybody one can try the demonstration as."""
    return db.session.scalars(_in_order(select(Person).where(Person.active))).all()


def demonstration_person(key: UUID) -> Person:
    """Find one of them."""
    return db.session.scalars(select(Person).where(Person.id == key, Person.active)).one()


def sessions_of(person: Person, now: datetime) -> Sequence[SignedIn]:
    """List where this person is signed in, the newest first."""
    live = SignedIn.person_id == person.id, SignedIn.ends > now, SignedIn.rights == person.rights
    return db.session.scalars(select(SignedIn).where(*live).order_by(SignedIn.began.desc(), SignedIn.id)).all()


def by_email(email: str) -> Person | None:
    """Find who may sign in with this address; for the sender alone, never while somebody waits for an answer (A5)."""
    return db.session.scalars(select(Person).where(Person.email == email, Person.active)).one_or_none()


def codes_to_send(now: datetime) -> list[tuple[UUID, str]]:
    """List what was asked for and may still be answered, the oldest first: the ticket and the address."""
    waiting = Ticket.purpose == "code", Ticket.asked.is_not(None), Ticket.hash.is_(None), Ticket.ends > now
    asked = select(Ticket.id, Ticket.asked).where(*waiting).order_by(Ticket.ends, Ticket.id)
    return [(key, address) for key, address in db.session.execute(asked) if address]


def step(key: UUID, now: datetime) -> Ticket | None:
    """Find the half-done sign-in of a professional, with who it is."""
    good = Ticket.id == key, Ticket.purpose == "step", Ticket.used.is_(None), Ticket.ends > now
    return db.session.scalars(
        select(Ticket).join(Ticket.person).where(*good, Person.active).options(joinedload(Ticket.person))
    ).one_or_none()


def link(kept: str, kind: str, now: datetime) -> tuple[Person, str]:
    """Find whose one-task link this is, if it still opens a thing of this kind, and its task."""
    good = Ticket.purpose == "link", Ticket.hash == kept, Ticket.used.is_(None), Ticket.ends > now
    mine = select(Person, Ticket.task).join(Ticket, Ticket.person_id == Person.id).where(*good, Person.active)
    person, task = db.session.execute(mine.where(Ticket.task.startswith(f"{kind} ", autoescape=True))).one()
    return person, task or ""
