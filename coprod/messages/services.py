"""The outbox: a message is written down with its cause, and sent by the sender alone, once (O1-O3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import Select, select, update
from sqlalchemy.dialects import postgresql, sqlite

from coprod.core import mail, texts
from coprod.core.answers import require
from coprod.core.clock import moment_of, now, today
from coprod.core.db import Base, db, here
from coprod.core.journal import record
from coprod.messages import queries, rules
from coprod.messages.models import Message, MessageState, Reach, Way, Wording
from coprod.messages.rules import Purpose
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.sealing import real_now

_UNTOUCHED = {"synchronize_session": False}
_SECRET_IS_LONG = 22


# --- Writing a message down.


def announce(
    purpose: Purpose,
    still_right: Callable[[Person, UUID], bool],
    address: Callable[[Person, UUID], tuple[Way, str] | None] | None = None,
) -> Purpose:
    """Make a purpose known; whether its message is still right is asked again as it is sent (O3).

    An `address` says where it goes where that is not where its person is reached now; None means nowhere any more.
    """
    queries.KINDS[purpose.name] = rules.Kind(purpose, still_right, address)
    return purpose


def queue(purpose: Purpose, person: Person, thing_id: UUID, *, due: datetime | None = None) -> None:
    """Write down that this is to be sent; the same again is the same message, and takes back its being withdrawn.

    Without a moment it is due today, so that one cause, told twice in a day, is one message.
    """
    put = _insert(Message).values(
        id=uuid4(),
        purpose=purpose.name,
        person_id=person.id,
        thing_id=thing_id,
        due=due or moment_of(today(), time(0)),
        state=MessageState.WAITING,
        tries=0,
        unsure=0,
    )
    again = {"state": MessageState.WAITING, "tries": 0, "unsure": 0, "held_until": None}
    same, withdrawn = ["purpose", "person_id", "thing_id", "due"], Message.state == MessageState.WITHDRAWN
    db.session.execute(put.on_conflict_do_update(index_elements=same, set_=again, where=withdrawn))


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


# --- How somebody is reached.


def reach_of(person: Person) -> Reach:
    """Answer what this person has said about how to reach them; who has said nothing has nothing kept."""
    return queries.reach_of(person) or queries.nothing_said(person)


def set_reach(person: Person, *, by: Person, **fields: Any) -> None:
    """Keep how this person wants to be reached; no journal speaks of it."""
    require(rules.may_set_reach(by, person))
    said = {"hours": []} | fields
    put = _insert(Reach).values(id=uuid4(), person_id=person.id, **said)
    db.session.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=fields))
    _read_anew(select(Reach).where(Reach.person_id == person.id))


# --- Sending: the sender's own job, outside any request, and so it commits.


@dataclass(frozen=True)
class _Letter:
    """What is handed over, put together and not kept."""

    key: UUID
    way: Way
    to: str
    words: str


def send_due() -> int:
    """Send what is due; answer how many went out.

    Each message is claimed in one conditional statement, asked again whether it is right, given its words and its
    link, and kept so, before anything is handed over. Where handing over fails it is put back, and this run ends: what
    stands in the way of one stands in the way of others.
    """
    keys = queries.to_send(now(), real_now(), texts.can_text())
    db.session.commit()
    sent = 0
    for key in keys:
        letter = _take(key)
        if letter is not None and not _hand_over(letter):
            break
        sent += letter is not None
    return sent


def _take(key: UUID) -> _Letter | None:
    """Of several senders at once, one gets the message; what must not go out any more is withdrawn instead."""
    message = queries.claimed(key) if _claim(key) else None
    if message is None or _waits(message):
        db.session.rollback()
        return None
    letter = _letter(message)
    db.session.commit()
    return letter


def _claim(key: UUID) -> bool:
    at = real_now()
    free = Message.held_until.is_(None) | (Message.held_until <= at)
    claim = update(Message).where(Message.id == key, Message.state == MessageState.WAITING, free)
    held = claim.values(held_until=at + rules.LEASE, tries=Message.tries + 1, unsure=Message.unsure + 1)
    return db.session.execute(held.returning(Message.id), execution_options=_UNTOUCHED).first() is not None


def _waits(message: Message) -> bool:
    return queries.is_held(message, reach_of(message.person), now(), texts.can_text())


def _letter(message: Message) -> _Letter | None:
    if rules.is_over(message.tries - 1, message.unsure - 1):
        _end(message.id, MessageState.GIVEN_UP, unsure=message.unsure - 1)
        return None
    person, reach, kind = message.person, reach_of(message.person), queries.KINDS.get(message.purpose)
    where = queries.where(message, reach, texts.can_text()) if kind and person.active else None
    if kind is None or where is None or not kind.still_right(person, message.thing_id):
        _end(message.id, MessageState.WITHDRAWN)
        return None
    way, to = where
    alias, link = rules.alias_for(person, reach), _link(kind.purpose, person, message.thing_id)
    if way == Way.TEXT:
        return _Letter(message.id, way, to, rules.text_of(queries.wording(kind.purpose), alias, link))
    return _Letter(message.id, way, to, rules.compose(kind.purpose.email, alias, link))


def _link(purpose: Purpose, person: Person, thing_id: UUID) -> str:
    if not purpose.endpoint:
        return ""
    if not purpose.link:
        return address_of(purpose.endpoint)
    secret = people.draw_link(person, f"{purpose.link} {thing_id}", real_now() + purpose.lasts)
    return address_of(purpose.endpoint, secret=secret)


def address_of(endpoint: str, **values: Any) -> str:
    """Answer the address of a page of ours, outside any request; no host header has a say in it (F27)."""
    return here().address.rstrip("/") + current_app.url_map.bind("").build(endpoint, values)


def longest_link(purpose: Purpose) -> int:
    """Answer how long the link of this purpose is here."""
    if not purpose.endpoint:
        return 0
    return len(address_of(purpose.endpoint, **({"secret": "x" * _SECRET_IS_LONG} if purpose.link else {})))


def _hand_over(letter: _Letter) -> bool:
    try:
        if letter.way == Way.TEXT:
            texts.send(letter.to, letter.words)
        else:
            mail.send(letter.to, rules.SUBJECT, letter.words, key=letter.key)
    except OSError as error:
        current_app.logger.error("A message could not be sent: %s", type(error).__name__)
        _put_back(letter.key, error)
        return False
    _end(letter.key, MessageState.SENT, sent_on=today(), unsure=Message.unsure - 1)
    db.session.commit()
    return True


def _put_back(key: UUID, error: OSError) -> None:
    """Let it be tried again after a pause, or give it up; one that may have arrived counts as that (F7)."""
    message = queries.claimed(key)
    unsure = message.unsure - (0 if isinstance(error, mail.MaybeSent) else 1)
    if rules.is_over(message.tries, unsure) or not getattr(error, "again", True):
        _end(key, MessageState.GIVEN_UP, unsure=unsure)
    else:
        _end(key, message.state, unsure=unsure, held_until=real_now() + rules.pause(message.tries))
    db.session.commit()


def _end(key: UUID, state: MessageState, **also: Any) -> None:
    ended = update(Message).where(Message.id == key).values({"held_until": None} | also | {"state": state})
    db.session.execute(ended, execution_options=_UNTOUCHED)


# --- The words an installation has made its own.


def set_wording(purpose: Purpose, words: str, *, by: Person) -> None:
    """Send these words from now on in place of ours."""
    require(rules.may_word(by) & rules.may_say(words, purpose, longest_link(purpose)))
    put = _insert(Wording).values(id=uuid4(), purpose=purpose.name, words=words, changed_on=today())
    changed = {"words": words, "changed_on": today()}
    db.session.execute(put.on_conflict_do_update(index_elements=["purpose"], set_=changed))
    record(by, "reworded", _read_anew(select(Wording).where(Wording.purpose == purpose.name)))


def reset_wording(purpose: Purpose, *, by: Person) -> None:
    """Send our words again."""
    require(rules.may_word(by))
    for own in db.session.scalars(select(Wording).where(Wording.purpose == purpose.name).order_by(Wording.id)):
        db.session.delete(own)
        record(by, "set back to the first words", own)


def _read_anew(one: Select[Any]) -> Any:
    """Read what has just been put into its table, in place of what the session remembers."""
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def _insert(table: type[Base]) -> Any:
    dialect = db.session.get_bind().dialect.name
    return {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[dialect](table)
