"""The day before: one reminder for each session and person, inside their safe hours (domain rule 13, journey 3)."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from coprod.core.clock import today
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.people.models import Person
from coprod.rsvp import queries
from coprod.rsvp.rules import answers


def _says(_: Person, key: UUID) -> Mapping[str, str]:
    session = queries.session_reminded_of(key)
    return {"when": answers.when_said(session, today()) if session else ""}


REMINDER = messages.announce(
    Purpose(
        queries.REMINDER,
        text="Hi {alias}. Group is {when}. Coming? {link}",
        email="Hi {alias}.\n\nGroup is {when}. Are you coming? Yes, no or not sure: all are fine.\n\n{link}\n",
        link="coming",
        endpoint="rsvp.by_link",
        lasts=timedelta(2),
        about="The day before: coming or not?",
        fills=(("when", answers.LONGEST_WHEN),),
    ),
    queries.is_still_to_hear,
    says=_says,
)


def queue_reminders() -> int:
    """Write down the reminders that are due and not written down yet; answer how many.

    Safe hours are kept as they are sent. What has found none by the time the session begins is taken back.
    """
    queued = 0
    for session in queries.to_remind_of():
        for person in queries.to_remind(session):
            messages.queue(REMINDER, person, session.id, due=answers.remind_at(session))
            queued += 1
    return queued
