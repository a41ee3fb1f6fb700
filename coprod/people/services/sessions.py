"""Sessions: begun at sign-in, found again at each request, ended at once (A1)."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from itsdangerous import BadSignature
from sqlalchemy import bindparam, delete, select

from coprod.core.db import db
from coprod.core.security_log import note
from coprod.people import rules
from coprod.people.models import Person, SignedIn
from coprod.people.sealing import hashed, real_now, signer

_PURPOSE = "session"
_LIVE = (
    select(SignedIn.id, SignedIn.task, Person)
    .join(Person, Person.id == SignedIn.person_id)
    .where(
        SignedIn.hash == bindparam("hash"),
        SignedIn.ends > bindparam("now"),
        SignedIn.rights == Person.rights,
        Person.active,
    )
)


@dataclass(frozen=True)
class Visit:
    """A session found again: whose it is, what it may open, and its cookie where that is due anew."""

    id: UUID
    person: Person
    task: str | None
    cookie: str | None


def begin_session(
    person: Person,
    device: str = "",
    task: str | None = None,
    *,
    by: str = "code",
    ends: datetime | None = None,
) -> str:
    """Sign this person in on one device; answer the new session's secret, of which only a hash is kept.

    A `task` makes it a session that opens one thing and nothing else (A3); of when it began, only the day is kept.
    """
    token = secrets.token_urlsafe(32)
    now = real_now()
    latest = now + rules.longest(person)
    session = SignedIn(
        hash=hashed(_PURPOSE, token),
        person_id=person.id,
        rights=person.rights,
        task=task,
        by=by,
        device=device[:80],
        began=rules.task_began(now) if task else now,
        ends=min(ends, latest) if ends else latest,
    )
    db.session.add(session)
    db.session.flush()
    return token


def cookie_for(token: str) -> str:
    """Sign a session's secret for its cookie; the signature's age is the idle time."""
    return signer(_PURPOSE).sign(token).decode()


def resume(cookie: str) -> Visit | None:
    """Find the live session behind a cookie, in one statement and without writing."""
    try:
        token, signed_at = signer(_PURPOSE).unsign(
            cookie, max_age=int(rules.IDLE.total_seconds()), return_timestamp=True
        )
    except BadSignature:
        return None
    secret, now = token.decode(), real_now()
    found = db.session.execute(_LIVE, {"hash": hashed(_PURPOSE, secret), "now": now}).one_or_none()
    if found is None:
        return None
    return Visit(found[0], found[2], found[1], cookie_for(secret) if rules.is_stale(signed_at, now) else None)


def end_session(cookie: str) -> None:
    """End the session behind a cookie, however old its signature; where there is none, nothing happens."""
    try:
        token = signer(_PURPOSE).unsign(cookie).decode()
    except BadSignature:
        return
    db.session.execute(delete(SignedIn).where(SignedIn.hash == hashed(_PURPOSE, token)))


def end_one(person: Person, key: UUID) -> None:
    """End one of this person's own sessions, here or on another device; another's is not there (P2)."""
    session = db.session.scalars(select(SignedIn).where(SignedIn.id == key, SignedIn.person_id == person.id)).one()
    db.session.delete(session)
    note("session ended", person, person)


def end_others(person: Person, kept: UUID) -> None:
    """End all of this person's sessions but the one they are in."""
    db.session.execute(delete(SignedIn).where(SignedIn.person_id == person.id, SignedIn.id != kept))
    note("all other sessions ended", person, person)


def renew_rights(person: Person, why: str = "rights changed", *, by: Person | None = None) -> None:
    """After a change of role, factor or contact: everything this person has open is dead at the next request (A1)."""
    person.rights += 1
    db.session.flush()
    db.session.execute(delete(SignedIn).where(SignedIn.person_id == person.id))
    note(why, person, by)


def end_sessions_for(task: str) -> None:
    """End every session that was opened for this one task, as when its vote closes (A3)."""
    db.session.execute(delete(SignedIn).where(SignedIn.task == task))
