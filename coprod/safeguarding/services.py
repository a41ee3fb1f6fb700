"""Raising a concern, answering it, and telling who must know; no journal ever speaks of it (P7)."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete

from coprod.core import texts
from coprod.core.answers import require
from coprod.core.clock import now
from coprod.core.db import db, lock
from coprod.messages.models import Message, Way
from coprod.messages.rules import Purpose
from coprod.messages.services import announce, queue
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.programmes.rules import is_lead, leads
from coprod.safeguarding import queries, rules
from coprod.safeguarding.models import Concern, Told, Urgency
from coprod.workstreams.queries import memberships_of

# In the outbox its name says no more than the text does.
RING = Purpose(
    "look",
    text="Please sign in now and look at your page. {link}",
    email="Please sign in now and look at your page.\n\n{link}\n",
    endpoint="home.show",
    any_hour=True,
    about="Look at your page",
)


def _still_right(person: Person, key: UUID) -> bool:
    concern = queries.still_waits(key)
    return concern is not None and bool(is_lead(person, concern.programme))


def _address(person: Person, _: UUID) -> tuple[Way, str] | None:
    """A text is seen soonest; without a number, or where texts are stopped, an e-mail."""
    if person.phone and texts.can_text() and not person.no_text_links:
        return Way.TEXT, person.phone
    return (Way.EMAIL, person.email) if person.email else None


announce(RING, _still_right, _address)


def raise_concern(
    programme: Programme, *, by: Person, about: str, number: str, urgency: Urgency, told: Told, words: str = ""
) -> Concern:
    """Tell the lead that somebody may be in danger; the message itself says nothing."""
    require(rules.may_raise(by, memberships_of(by)) & rules.can_be_received(programme))
    concern = Concern(
        programme=programme,
        raised_by=by,
        about=about,
        number=number,
        urgency=urgency,
        told=told,
        words=words,
        raised_at=now(),
    )
    db.session.add(concern)
    db.session.flush()
    queue(RING, leads(programme)[0], concern.id, due=concern.raised_at)
    return concern


def receive(concern: Concern, *, by: Person) -> None:
    """Say that somebody has it in hand."""
    _make(by, "received", concern)
    concern.received_by, concern.received_at = by, now()


def pass_on(concern: Concern, to: str, *, by: Person) -> None:
    """Say to whom it was passed on."""
    _make(by, "passed on", concern)
    concern.passed_to, concern.closed_at = to, now()


def close(concern: Concern, *, by: Person) -> None:
    """Say that nothing more is to be done."""
    _make(by, "closed", concern)
    concern.closed_at = now()


def _make(by: Person, name: str, concern: Concern) -> None:
    """Make one of the moves; of the lead and the deputy at once, one has it. It is written down nowhere else."""
    lock(concern)
    rules.LIFECYCLE.make(by, name, concern)


def alert_deputies() -> None:
    """Tell the deputy of every concern that nobody has received within half an hour; told twice is told once."""
    for concern in queries.unanswered(now() - rules.UNANSWERED):
        if second := rules.second_told(concern.programme):
            queue(RING, second, concern.id, due=concern.raised_at + rules.UNANSWERED)


def forget_closed_before(day: date) -> None:
    """Let go of what was passed on or closed before this day, and of the messages about it; how many, nobody learns."""
    gone = [concern.id for concern in queries.over_before(day)]
    untouched = {"synchronize_session": False}
    for table, column in ((Message, Message.thing_id), (Concern, Concern.id)):
        db.session.execute(delete(table).where(column.in_(gone)), execution_options=untouched)
