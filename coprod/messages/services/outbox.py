"""Writing down what is to be sent, with its cause, and taking it back (O2)."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from coprod.core.clock import moment_of, now, today
from coprod.core.db import db
from coprod.messages import queries, rules
from coprod.messages.models import Message, MessageState, Way
from coprod.messages.rules import Purpose
from coprod.messages.services.putting import insert
from coprod.people.models import Person

_IN_ONE_GO = 1000
_UNTOUCHED = {"synchronize_session": False}


def announce(
    purpose: Purpose,
    still_right: Callable[[Person, UUID], bool],
    address: Callable[[Person, UUID], tuple[Way, str] | None] | None = None,
    says: Callable[[Person, UUID], Mapping[str, str]] | None = None,
    rests: Callable[[], bool] = bool,
) -> Purpose:
    """Make a purpose known; whether its message is still right is asked again as it is sent (O3).

    An `address` says where it goes where that is not where its person is reached now; None means nowhere any more.
    What `says` answers is put into the places of its own. While it `rests` it waits, as over a bank holiday.
    """
    queries.KINDS[purpose.name] = rules.Kind(purpose, still_right, address, says, rests)
    return purpose


def queue(purpose: Purpose, person: Person, thing_id: UUID, *, due: datetime | None = None) -> None:
    """Write down that this is to be sent; the same again is the same message, and takes back its being withdrawn.

    Without a moment it is due today, so that one cause, told twice in a day, is one message.
    """
    queue_all(purpose, [person.id], thing_id, due=due)


def queue_all(purpose: Purpose, people: Collection[UUID], thing_id: UUID, *, due: datetime | None = None) -> None:
    """Write down, in one go, that this is to be sent to each of these people, by their keys."""
    same = {
        "purpose": purpose.name,
        "thing_id": thing_id,
        "due": due or moment_of(today(), time(0)),
        "state": MessageState.WAITING,
        "tries": 0,
        "unsure": 0,
    }
    again = {"state": MessageState.WAITING, "tries": 0, "unsure": 0, "held_until": None}
    one, withdrawn = ["purpose", "person_id", "thing_id", "due"], Message.state == MessageState.WITHDRAWN
    rows = [same | {"id": uuid4(), "person_id": key} for key in dict.fromkeys(people)]
    for start in range(0, len(rows), _IN_ONE_GO):
        put = insert(Message).values(rows[start : start + _IN_ONE_GO])
        db.session.execute(put.on_conflict_do_update(index_elements=one, set_=again, where=withdrawn))


def withdraw(person: Person, thing_id: UUID | None = None) -> None:
    """Take back what still waits to be sent to this person, or what of it is about this one thing."""
    mine = Message.person_id == person.id, Message.state == MessageState.WAITING
    _withdraw(*mine, *([Message.thing_id == thing_id] if thing_id else []))


def withdraw_all(purpose: Purpose, thing_id: UUID) -> None:
    """Take back what still waits to be sent to anybody for this purpose about this thing."""
    about = Message.purpose == purpose.name, Message.thing_id == thing_id
    _withdraw(*about, Message.state == MessageState.WAITING)


def _withdraw(*which: Any) -> None:
    taken_back = update(Message).where(*which).values(state=MessageState.WITHDRAWN, held_until=None)
    db.session.execute(taken_back, execution_options=_UNTOUCHED)


def withdraw_what_is_wrong() -> int:
    """Take back what waits for somebody's hand or for safe hours and is right no more; answer how many.

    A job of its own, and so it commits; what goes out by itself is asked again as it goes.
    """
    keys = queries.wrong(now())
    _withdraw(Message.id.in_(keys), Message.state == MessageState.WAITING)
    db.session.commit()
    return len(keys)


def done_by_hand(message: Message) -> None:
    """Note that somebody has told this person; the caller has asked whether they may."""
    told = update(Message).where(Message.id == message.id, Message.state == MessageState.WAITING)
    db.session.execute(told.values(state=MessageState.SENT, sent_on=today()), execution_options=_UNTOUCHED)
