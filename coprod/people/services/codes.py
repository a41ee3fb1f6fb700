"""Codes by e-mail or text: asked for, sent by the sender alone, and spent once (A2, A5)."""

import secrets
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import delete, update

from coprod.core import mail, texts
from coprod.core.db import db
from coprod.people import queries, rules
from coprod.people.models import Hit, Person, SignedIn, Ticket
from coprod.people.sealing import hashed, real_now

SUBJECT = "Your code"
WORDS = """Your code is {code}

Type it on the page where you asked for it. It works for ten minutes.

If you did not ask for a code, you need not do anything.
"""
TEXT = "Your code is {code}. It works for ten minutes."


def ask_for_code(contact: str) -> UUID:
    """Keep what was typed for the sender; nobody is looked up here, so known and unknown take the same time."""
    ticket = Ticket(id=uuid4(), purpose="code", asked=contact, ends=real_now() + rules.CODE_LASTS)
    db.session.add(ticket)
    return ticket.id


def spend_code(key: UUID, digits: str) -> Person | None:
    """Take this code, once, and answer whose it was."""
    return spend("code", f"{key} {digits}", Ticket.id == key)


def spend(purpose: str, secret: str, *conditions: object) -> Person | None:
    """Take a secret in one conditional statement, so that of many at once only one gets in."""
    now = real_now()
    good = Ticket.purpose == purpose, Ticket.hash == hashed(purpose, secret), Ticket.used.is_(None), Ticket.ends > now
    taken = update(Ticket).where(*good, *conditions).values(used=now).returning(Ticket.person_id)  # type: ignore[arg-type]
    key = db.session.execute(taken, execution_options={"synchronize_session": False}).scalar_one_or_none()
    person = db.session.get(Person, key) if key else None
    return person if person is not None and person.active else None


def send_codes() -> int:
    """Send every code that was asked for by somebody who is known; answer how many went out.

    This is the sender's own job, outside any request, and so it commits: first that a code is drawn and for whom,
    then it hands the message over. One that could not be handed over is put back, and tried again.
    """
    _sweep()
    sent = sum(_send(key, asked) for key, asked in queries.codes_to_send(real_now()))
    db.session.commit()
    return sent


def _send(key: UUID, asked: str) -> bool:
    person = queries.by_contact(asked)
    code = f"{secrets.randbelow(1_000_000):06}"
    if person is None or not _claim(key, person, hashed("code", f"{key} {code}")):
        return False
    try:
        _hand_over(asked, code)
    except OSError as error:
        current_app.logger.error("A code could not be sent: %s", type(error).__name__)
        if getattr(error, "again", True):
            _put_back(key, asked)
        return False
    return True


def _hand_over(asked: str, code: str) -> None:
    if "@" in asked:
        mail.send(asked, SUBJECT, WORDS.format(code=code))
    else:
        texts.send(asked, TEXT.format(code=code))


def _claim(key: UUID, person: Person, kept: str) -> bool:
    """Of several senders at once, one gets the ticket."""
    free = update(Ticket).where(Ticket.id == key, Ticket.hash.is_(None), Ticket.asked.is_not(None))
    claim = free.values(person_id=person.id, hash=kept, asked=None).returning(Ticket.id)
    claimed = db.session.execute(claim, execution_options={"synchronize_session": False}).scalar_one_or_none()
    db.session.commit()
    return claimed is not None


def _put_back(key: UUID, asked: str) -> None:
    back = update(Ticket).where(Ticket.id == key).values(person_id=None, hash=None, asked=asked)
    db.session.execute(back, execution_options={"synchronize_session": False})
    db.session.commit()


def _sweep() -> None:
    """Forget what is over: tickets with what strangers typed, sessions, counts."""
    for kind in (Ticket, SignedIn, Hit):
        db.session.execute(delete(kind).where(kind.ends <= real_now()))
    db.session.commit()
