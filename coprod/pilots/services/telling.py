"""Telling the people who asked for a pilot what has become of it: on working days, each the way they chose."""

from uuid import UUID

from coprod.actions.queries import days_off
from coprod.core.clock import today
from coprod.core.db import db, next_number
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.people.models import Person
from coprod.pilots import queries
from coprod.pilots.models import Milestone, Pilot
from coprod.programmes.rules import is_working_day
from coprod.steering.queries import authors_of


def _is_day_off() -> bool:
    return not is_working_day(today(), days_off(today(), today()))


def _is_still_theirs(person: Person, key: UUID) -> bool:
    return queries.is_milestone_of(person, key)


NEWS = messages.announce(
    Purpose(
        "pilot news",
        text="Hi {alias}. There is news of what your group asked for. {link}",
        email="Hello {alias}.\n\nThere is news of what your group asked for. You can read it here:\n\n{link}\n",
        endpoint="threads.answers",
        about="News of what the group asked for",
    ),
    _is_still_theirs,
    rests=_is_day_off,
)


def tell(pilot: Pilot, words: str) -> Milestone:
    """Write down a milestone, and tell everybody in the group that asked; the message says only that there is news."""
    number = next_number(Milestone.number, Milestone.pilot_id == pilot.id)
    milestone = Milestone(number=number, on=today(), words=words)
    pilot.milestones.append(milestone)
    db.session.flush()
    messages.queue_all(NEWS, authors_of(pilot.recommendation), milestone.id)
    return milestone
