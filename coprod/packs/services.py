"""Sending the agenda to the group: one message a person and session, which says nothing but that it is there."""

from uuid import UUID

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import lock
from coprod.core.journal import record
from coprod.cycles.models import Session
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.packs import queries, rules
from coprod.people.models import Person


def _is_still_theirs(person: Person, key: UUID) -> bool:
    session = queries.session_told_to(person, key)
    return session is not None and rules.is_to_come(session, today())


AGENDA = messages.announce(
    Purpose(
        "agenda",
        about="The plan for a session",
        text="Hi {alias}. The plan for our next time is ready. Sign in to read it. {link}",
        email="Hello {alias}.\n\nThe plan for our next time is ready. Sign in to read it.\n\n{link}\n",
        endpoint="people.sign_in",
    ),
    _is_still_theirs,
)


def send_agenda(session: Session, *, by: Person) -> int:
    """Tell everybody in the group who has not been told that the plan is there; answer how many."""
    lock(session)
    waiting = queries.without(AGENDA.name, session)
    require(rules.may_send(by, session, {person.id for person in waiting}, today()))
    for person in waiting:
        messages.queue(AGENDA, person, session.id)
    record(by, "sent the agenda", session)
    return len(waiting)
