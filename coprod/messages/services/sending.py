"""The sender: its own job, outside any request, and so it commits; each message goes out once (O1-O3, F7)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import update

from coprod.core import mail, texts
from coprod.core.clock import now, today
from coprod.core.db import db, here
from coprod.messages import queries, rules
from coprod.messages.models import Message, MessageState, Way
from coprod.messages.rules import Purpose
from coprod.messages.services.reach import reach_of
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.sealing import real_now

_UNTOUCHED = {"synchronize_session": False}
_SECRET_IS_LONG = 22


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
    where = queries.where(message, reach, texts.can_text()) if kind and rules.goes_to(kind.purpose, person) else None
    if kind is None or where is None or not kind.still_right(person, message.thing_id):
        _end(message.id, MessageState.WITHDRAWN)
        return None
    way, to = where
    alias, link = rules.alias_for(person, reach), _link(kind.purpose, person, message.thing_id)
    said = kind.says(person, message.thing_id) if kind.says else {}
    if way == Way.TEXT:
        words = rules.fill(queries.wording(kind.purpose), said)
        return _Letter(message.id, way, to, rules.text_of(words, alias, link))
    return _Letter(message.id, way, to, rules.compose(rules.fill(kind.purpose.email, said), alias, link))


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
