"""The second step of professionals: an authenticator's code, or a recovery code."""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pyotp
from sqlalchemy import delete, update

from coprod.core.answers import require
from coprod.core.db import db
from coprod.core.journal import record
from coprod.core.security_log import note
from coprod.people import queries, rules
from coprod.people.models import Person, Ticket
from coprod.people.sealing import as_text, from_text, hashed, real_now, seal, unseal
from coprod.people.services.codes import spend

_PURPOSE = "authenticator"
_UNTOUCHED = {"synchronize_session": False}


@dataclass(frozen=True)
class Passed:
    """Somebody who has done both steps, and the recovery codes that are shown this once."""

    person: Person
    recovery_codes: list[str]


def begin_step(person: Person) -> UUID:
    """After the first step: a ticket for the second, with a new secret for who has no authenticator yet."""
    drawn = None if person.totp else as_text(seal(_PURPOSE, pyotp.random_base32()))
    ticket = Ticket(purpose="step", person_id=person.id, task=drawn, ends=real_now() + rules.CODE_LASTS)
    db.session.add(ticket)
    db.session.flush()
    return ticket.id


def new_secret(step: Ticket) -> str | None:
    """Answer the secret to type into an authenticator, while it is being set up."""
    return unseal(_PURPOSE, from_text(step.task)) if step.task else None


def authenticator_address(secret: str) -> str:
    """Answer what an authenticator reads from the picture; it names the site, and nobody."""
    return pyotp.TOTP(secret).provisioning_uri(name="sign in", issuer_name="Coprod")


def pass_step(key: UUID, typed: str) -> Passed | None:
    """Do the second step, once; where anything is wrong, nothing says what."""
    step = queries.step(key, real_now())
    if step is None or step.person is None:
        return None
    person = step.person
    passed = _set_up(person, step, typed) if step.task else _use(person, typed)
    if passed is None or not _spend_step(key):
        return None
    db.session.refresh(person)
    return passed


def start_again(person: Person, *, by: Person) -> None:
    """Take a lost authenticator away; the next sign-in sets up a new one."""
    require(rules.may_start_authenticator_again(by, person))
    person.totp = None
    _forget_recovery_codes(person)
    record(by, "authenticator taken away", person)


def _set_up(person: Person, step: Ticket, typed: str) -> Passed | None:
    secret = new_secret(step) or ""
    counter = _counter(secret, typed, after=0)
    if counter is None:
        return None
    free = update(Person).where(Person.id == person.id, Person.totp.is_(None))
    kept = free.values(totp=seal(_PURPOSE, secret), totp_last=counter, rights=Person.rights + 1)
    if db.session.execute(kept.returning(Person.id), execution_options=_UNTOUCHED).scalar_one_or_none() is None:
        return None
    record(person, "authenticator set up", person)
    note("authenticator set up", person)
    return Passed(person, _draw_recovery_codes(person))


def _use(person: Person, typed: str) -> Passed | None:
    counter = _counter(unseal(_PURPOSE, person.totp or b""), typed, after=person.totp_last)
    if counter is None:
        recovered = spend("recovery", f"{person.id} {rules.plain(typed)}", Ticket.person_id == person.id)
        if recovered:
            note("recovery code used", person)
        return Passed(person, []) if recovered else None
    newer = update(Person).where(Person.id == person.id, Person.totp_last < counter).values(totp_last=counter)
    used = db.session.execute(newer.returning(Person.id), execution_options=_UNTOUCHED).scalar_one_or_none()
    return Passed(person, []) if used else None


def _counter(secret: str, typed: str, *, after: int) -> int | None:
    """Answer which half-minute this code is of, if it is of now or of either side, and not used before."""
    totp, now = pyotp.TOTP(secret), real_now()
    for away in (-1, 0, 1):
        counter = totp.timecode(now + timedelta(seconds=away * totp.interval))
        if counter > after and secrets.compare_digest(totp.generate_otp(counter), rules.plain(typed)):
            return counter
    return None


def _spend_step(key: UUID) -> bool:
    spent = update(Ticket).where(Ticket.id == key, Ticket.used.is_(None)).values(used=real_now()).returning(Ticket.id)
    return db.session.execute(spent, execution_options=_UNTOUCHED).scalar_one_or_none() is not None


def _draw_recovery_codes(person: Person) -> list[str]:
    _forget_recovery_codes(person)
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(rules.RECOVERY_CODES)]
    ends = real_now() + rules.RECOVERY_LASTS
    for code in codes:
        kept = hashed("recovery", f"{person.id} {code}")
        db.session.add(Ticket(purpose="recovery", person_id=person.id, hash=kept, ends=ends))
    return [" ".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _forget_recovery_codes(person: Person) -> None:
    db.session.execute(delete(Ticket).where(Ticket.person_id == person.id, Ticket.purpose == "recovery"))
