"""One-task links: opened as often as need be, for one person and one thing, until their end (A2, A3)."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update

from coprod.core.db import db
from coprod.people import queries
from coprod.people.models import Person, Ticket
from coprod.people.sealing import hashed, real_now
from coprod.people.services.sessions import end_sessions_for

_PURPOSE = "link"
_UNTOUCHED = {"synchronize_session": False}


def draw_link(person: Person, task: str, ends: datetime) -> str:
    """Draw the secret of a link to one task, such as "vote" and its poll's id; only its hash is kept."""
    secret = secrets.token_urlsafe(16)
    kept = hashed(_PURPOSE, secret)
    db.session.add(Ticket(purpose=_PURPOSE, person_id=person.id, hash=kept, task=task, ends=ends))
    db.session.flush()
    return secret


def by_link(secret: str, kind: str) -> tuple[Person, UUID]:
    """Answer whose link this is and to what, without writing; one that opens nothing of this kind is not there."""
    person, task = queries.link(hashed(_PURPOSE, secret), kind, real_now())
    return person, UUID(task.removeprefix(f"{kind} "))


def spend_links(task: str) -> None:
    """Once the task is over: its links open nothing more, and what they opened is closed."""
    spent = update(Ticket).where(Ticket.purpose == _PURPOSE, Ticket.task == task, Ticket.used.is_(None))
    db.session.execute(spent.values(used=real_now()), execution_options=_UNTOUCHED)
    end_sessions_for(task)


def forget_links(person: Person) -> None:
    """When messages go elsewhere from now on: what was sent to the old address opens nothing more (A6)."""
    db.session.execute(delete(Ticket).where(Ticket.person_id == person.id, Ticket.purpose == _PURPOSE))
