"""What waits to be sent, what somebody has to do by hand, and which words are sent here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from coprod.core.db import db
from coprod.messages import rules
from coprod.messages.models import Message, MessageState, Reach, Way, Wording
from coprod.people.models import Person

KINDS: dict[str, rules.Kind] = {}
"""Every purpose there is, by name; features announce theirs as they are imported."""


@dataclass(frozen=True)
class ByHand:
    """Something a person is to hear by telephone, by post, or through the one who helps them."""

    message: Message
    reach: Reach

    @property
    def person(self) -> Person:
        """Answer who is to hear it."""
        return self.message.person

    @property
    def about(self) -> str:
        """Answer what it is about, as staff call it."""
        return KINDS[self.message.purpose].purpose.title

    @property
    def way(self) -> Way | None:
        """Answer how this person wants to be reached, if they have said."""
        return self.reach.way


def reach_of(person: Person) -> Reach | None:
    """Answer what this person has said about how to reach them, if anything."""
    return db.session.scalars(select(Reach).where(Reach.person_id == person.id)).one_or_none()


def reach_of_all(people: Sequence[Person]) -> dict[UUID, Reach]:
    """Answer it for all of these, in one statement; of who has said nothing, nothing is known."""
    said = select(Reach).where(Reach.person_id.in_([person.id for person in people])).order_by(Reach.person_id)
    known = {reach.person_id: reach for reach in db.session.scalars(said)}
    return {person.id: known.get(person.id) or nothing_said(person) for person in people}


def nothing_said(person: Person) -> Reach:
    """Answer how to reach somebody who has said nothing; it is not kept."""
    return Reach(person_id=person.id, way=None, phone_is_safe=None, phone_is_shared=None, hours=[])


def _waiting(moment: datetime) -> Select[Message, Reach]:
    due = Message.state == MessageState.WAITING, Message.due <= moment
    waiting = select(Message, Reach).join(Message.person).outerjoin(Reach, Reach.person_id == Person.id).where(*due)
    return waiting.options(contains_eager(Message.person)).order_by(Message.due, Message.id)


def to_send(moment: datetime, real: datetime, can_text: bool) -> list[UUID]:
    """List what can go out now, the longest due first: nobody has it, and nothing holds it back."""
    free = or_(Message.held_until.is_(None), Message.held_until <= real)
    found = [
        (message, reach or nothing_said(message.person))
        for message, reach in db.session.execute(_waiting(moment).where(free))
    ]
    return [message.id for message, reach in found if not is_held(message, reach, moment, can_text)]


def where(message: Message, reach: Reach, can_text: bool) -> tuple[Way, str] | None:
    """Answer which way a message goes, and to what number or address; None where it goes nowhere by itself."""
    person, kind = message.person, KINDS[message.purpose]
    if kind.address:
        found = kind.address(person, message.thing_id)
    else:
        way = rules.channel(person, reach, can_text)
        found = (way, (person.phone if way == Way.TEXT else person.email) or "") if way else None
    return None if found and found[0] == Way.TEXT and person.no_text_links else found


def is_held(message: Message, reach: Reach, moment: datetime, can_text: bool) -> bool:
    """Answer whether a message waits: for a day on which it may go, for safe hours, or for somebody's hand."""
    kind, person = KINDS.get(message.purpose), message.person
    if kind is None or not person.active or kind.purpose.any_hour:
        return False
    if kind.rests() or (not kind.address and rules.channel(person, reach, can_text) is None):
        return True
    found = where(message, reach, can_text)
    return found is not None and found[0] == Way.TEXT and not rules.may_text(reach, moment)


def claimed(key: UUID) -> Message:
    """Answer the message that has just been claimed, as it is now."""
    wanted = select(Message).where(Message.id == key).options(joinedload(Message.person))
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def by_hand(people: Sequence[Person], moment: datetime, can_text: bool = True) -> list[ByHand]:
    """List what somebody has to tell these people by telephone, by post, or through who helps them."""
    keys = [person.id for person in people if person.active]
    found = db.session.execute(_waiting(moment).where(Message.person_id.in_(keys))).all()
    standing = [ByHand(message, reach or nothing_said(message.person)) for message, reach in found]
    return [one for one in standing if _is_by_hand(one, can_text)]


def wrong(moment: datetime) -> list[UUID]:
    """List what waits though it is right no more, as after a vote has closed or somebody has left (O3)."""
    waiting = [message for message, _ in db.session.execute(_waiting(moment))]
    return [message.id for message in waiting if not _is_still_right(message)]


def _is_by_hand(one: ByHand, can_text: bool) -> bool:
    kind = KINDS.get(one.message.purpose)
    if kind is None or kind.address or kind.purpose.any_hour:
        return False
    return rules.channel(one.person, one.reach, can_text) is None


def _is_still_right(message: Message) -> bool:
    kind = KINDS.get(message.purpose)
    open_to = kind is not None and rules.goes_to(kind.purpose, message.person)
    return kind is not None and open_to and kind.still_right(message.person, message.thing_id)


def wording(purpose: rules.Purpose) -> str:
    """Answer the words of this purpose that this installation sends: its own, or ours."""
    own = db.session.scalar(select(Wording.words).where(Wording.purpose == purpose.name))
    return own or purpose.text


def wordings() -> dict[str, Wording]:
    """Answer the words this installation has made its own, by purpose."""
    return {own.purpose: own for own in db.session.scalars(select(Wording).order_by(Wording.purpose))}


def given_up() -> dict[str, int]:
    """Count what could not be sent, by purpose, and say nothing of whom it was for (P1).

    A message for any hour tells one of two people of a concern, and a concern is not to be found by counting (P7).
    """
    urgent = [name for name, kind in KINDS.items() if kind.purpose.any_hour]
    lost = Message.state == MessageState.GIVEN_UP, Message.purpose.not_in(urgent)
    counted = select(Message.purpose, func.count().label("lost")).where(*lost)
    found = db.session.execute(counted.group_by(Message.purpose).order_by(Message.purpose))
    return {row.purpose: row.lost for row in found}
