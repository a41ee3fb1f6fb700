"""A member's first page, whichever side of the table she sits on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coprod.action_log.queries import Log, action_log
from coprod.action_log.rules import Show, Wanted
from coprod.cycles import queries as cycles
from coprod.cycles.models import Session
from coprod.home import rules
from coprod.people.models import Person
from coprod.recommendations import queries as recommendations
from coprod.recommendations.models import Recommendation
from coprod.room import queries as room
from coprod.room.rules.clock import Now
from coprod.rsvp import queries as rsvp
from coprod.rsvp.models import Coming
from coprod.steering import queries as steering
from coprod.steering.models import Meeting
from coprod.threads import queries as threads
from coprod.threads.rules import Story, to_tell_first
from coprod.wellbeing import queries as wellbeing
from coprod.wellbeing.rules import Awaited
from coprod.workstreams import queries as workstreams


@dataclass(frozen=True)
class Table:
    """The steering group's table, for somebody who sits at another one too: when it meets, and what it decides."""

    next_meeting: Meeting | None
    to_decide: Sequence[Recommendation]


@dataclass(frozen=True)
class MemberView:
    """Next time we meet, what they said they would do, what came of what we said; and what is on just now."""

    next_session: Session | None
    coming: Coming | None
    on_now: Now | None
    calls: Sequence[Awaited]
    log: Log
    table: Table | None
    story: Story | None
    one_more_asked: bool
    """Somebody of the group asks for a decision to be looked at again, and it takes a second person."""


def for_member(person: Person, today: date, now: datetime) -> MemberView:
    """Gather a member's first page."""
    next_session, stories = cycles.next_session_for(person, today), threads.answers_to(person)
    return MemberView(
        next_session=next_session,
        coming=rsvp.answer_of(next_session, person) if next_session else None,
        on_now=room.on_now_for(person, now),
        calls=wellbeing.awaited_by(person, wellbeing.choices_of(person), today),
        log=action_log(person, today, Wanted(show=Show.MINE)),
        table=_steering_table(person),
        story=to_tell_first(stories),
        one_more_asked=bool(threads.to_second(stories)),
    )


def _steering_table(person: Person) -> Table | None:
    if not rules.is_on_steering(workstreams.memberships_of(person)):
        return None
    group = steering.steering_of(person)
    return Table(steering.next_meeting(group), recommendations.waiting_for(group))
