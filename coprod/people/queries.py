"""Who is here, as far as the one who asks may know it; and which secrets are still good."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased, joinedload

from coprod.core.db import db
from coprod.core.security_log import SecurityEvent
from coprod.people import rules
from coprod.people.models import Passkey, Person, SignedIn, Ticket

PAGE = 100
_READERS: list[Callable[[Person], bool]] = []


@dataclass(frozen=True)
class Noted:
    """One line of the security log: the event, whose doors it was about, and who did it."""

    event: SecurityEvent
    whose: str | None
    by: str | None


def _in_order(people: Select[Person]) -> Select[Person]:
    return people.order_by(Person.alias, Person.id)


def also_sees_security_log(holds_a_duty: Callable[[Person], bool]) -> None:
    """Let a later feature name its own people who may read the security log beside the programme admins (L2)."""
    _READERS.append(holds_a_duty)


def may_see_security_log(person: Person) -> bool:
    """Answer whether this person may: programme admins, and who receives concerns."""
    return bool(rules.may_keep_accounts(person)) or any(holds_a_duty(person) for holds_a_duty in _READERS)


def security_log(person: Person, page: int) -> tuple[list[Noted], bool]:
    """List what touched the doors, the newest first, with the names of today; and whether there is more."""
    if not may_see_security_log(person):
        raise NoResultFound
    whose, who = aliased(Person), aliased(Person)
    events = (
        select(SecurityEvent, whose.alias, who.alias)
        .outerjoin(whose, whose.id == SecurityEvent.person_id)
        .outerjoin(who, who.id == SecurityEvent.by_id)
        .order_by(SecurityEvent.at.desc(), SecurityEvent.id)
    )
    found = db.session.execute(events.offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    return [Noted(*row) for row in found[:PAGE]], len(found) > PAGE


def seen_by(person: Person) -> Sequence[Person]:
    """List everybody known, for those who keep the accounts; for all others there is no such list (P2)."""
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


def by_contact(asked: str) -> Person | None:
    """Find who may sign in with this address or number; for the sender alone, never while somebody waits (A5).

    Whoever wants no texts is sent none, whoever asks.
    """
    reached = Person.email == asked if "@" in asked else and_(Person.phone == asked, Person.no_text_links.is_(False))
    return db.session.scalars(select(Person).where(reached, Person.active)).one_or_none()


def began(key: UUID) -> datetime:
    """Answer when this session began."""
    return db.session.scalars(select(SignedIn.began).where(SignedIn.id == key)).one()


def passkeys_of(person: Person) -> Sequence[Passkey]:
    """List somebody's passkeys by name."""
    mine = select(Passkey).where(Passkey.person_id == person.id)
    return db.session.scalars(mine.order_by(Passkey.name, Passkey.id)).all()


def passkey_of(person: Person, key: UUID) -> Passkey:
    """Find one of somebody's own passkeys; another's is not there (P2)."""
    return db.session.scalars(select(Passkey).where(Passkey.id == key, Passkey.person_id == person.id)).one()


def passkey(credential: bytes) -> Passkey | None:
    """Find the passkey that a device says it has, with whose it is."""
    kept = select(Passkey).where(Passkey.credential == credential).options(joinedload(Passkey.person))
    return db.session.scalars(kept).one_or_none()


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
