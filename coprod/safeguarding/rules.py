"""Who may raise a concern, and who alone may see and answer one (domain rule 8, P7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.programmes.rules import is_lead, leads
from coprod.safeguarding.models import Concern, ConcernState
from coprod.workstreams.models import Membership

UNANSWERED = timedelta(minutes=30)


def may_raise(person: Person, seats: Sequence[Membership]) -> Answer:
    """Professionals who sit at a table may; a member with lived experience has Get support instead."""
    if person.is_professional and seats:
        return YES
    return no("Only professionals who sit at a table can raise a concern here. If somebody is in danger, ring 999.")


def can_be_received(programme: Programme) -> Answer:
    """Somebody must be there to receive it."""
    return YES if leads(programme) else no("Nobody is named to receive concerns here. Ring instead.")


def first_told(programme: Programme) -> Person | None:
    """Answer who is told at once: the lead, or the deputy where the lead's account is closed."""
    return next(iter(leads(programme)), None)


def second_told(programme: Programme) -> Person | None:
    """Answer who is told when the first has not received it in time."""
    return next(iter(leads(programme)[1:]), None)


def is_unanswered(concern: Concern, now: datetime) -> bool:
    """Answer whether nobody has received it within half an hour."""
    return concern.state == ConcernState.RAISED and now - concern.raised_at >= UNANSWERED


def _lead(person: Person, concern: Concern) -> Answer:
    return is_lead(person, concern.programme)


LIFECYCLE = Lifecycle[Concern](
    [
        Move("received", frozenset({ConcernState.RAISED}), ConcernState.RECEIVED, _lead, "I have it"),
        Move("passed on", frozenset({ConcernState.RECEIVED}), ConcernState.PASSED_ON, _lead, "Passed on"),
        Move("closed", frozenset({ConcernState.RECEIVED}), ConcernState.CLOSED, _lead, "Close it"),
    ]
)
