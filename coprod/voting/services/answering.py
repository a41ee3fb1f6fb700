"""Answering: one sealed envelope a person, and nothing else anywhere (B2, B3, B7)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from coprod.core.answers import require
from coprod.core.clock import now
from coprod.core.db import db, lock
from coprod.people.models import Person
from coprod.voting import rules, sealing
from coprod.voting.models import Envelope, Kind, Poll, RollEntry, SealedWorry


def cast(poll: Poll, choice: rules.Choice, *, by: Person) -> None:
    """Take or replace this person's sealed answer; nothing else anywhere shows that it happened (B2, B7)."""
    key = _public_key_to_answer(poll, by)
    require(rules.is_choice(choice, poll.kind))
    _put(poll.id, by.id, sealing.seal(key, poll.id, choice))


def cast_picks(poll: Poll, numbers: Collection[int], *, by: Person) -> None:
    """Take or replace what this person picks; picking nothing is a skip."""
    key = _public_key_to_answer(poll, by)
    require(rules.is_of(poll, Kind.PICK) & rules.are_picks(numbers, len(poll.options), poll.most))
    _put(poll.id, by.id, sealing.seal(key, poll.id, rules.code_of_picks(numbers)))


def cast_views(poll: Poll, views: Mapping[int, rules.View], *, by: Person) -> None:
    """Take or replace what this person thinks of each statement; one that is left out is passed."""
    key = _public_key_to_answer(poll, by)
    require(rules.is_of(poll, Kind.STATEMENTS) & rules.are_views(views, len(poll.options)))
    _put(poll.id, by.id, sealing.seal(key, poll.id, rules.code_of_views(views)))


def raise_worry(poll: Poll, words: str, *, by: Person) -> None:
    """Keep what somebody wants the group to know, sealed till the count: no author, no time, no answer (B10, P5)."""
    key = _public_key_if_on_roll(poll, by)
    db.session.add(SealedWorry(poll_id=poll.id, sealed=sealing.seal_words(key, poll.id, words)))


def _public_key_to_answer(poll: Poll, person: Person) -> bytes:
    key = _public_key_if_on_roll(poll, person)
    require(rules.is_online(poll))
    return key


def _public_key_if_on_roll(poll: Poll, person: Person) -> bytes:
    """Read under a share lock: closing waits for this, and whoever comes after closing is told so (B2)."""
    lock(poll, shared=True)
    db.session.scalars(
        select(RollEntry.side).where(RollEntry.poll_id == poll.id, RollEntry.person_id == person.id)
    ).one()
    require(rules.is_open(poll, now()))
    return poll.public_key or b""


def _put(poll_id: UUID, person_id: UUID, sealed: bytes) -> None:
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    put = insert(Envelope).values(poll_id=poll_id, person_id=person_id, sealed=sealed)
    changed = {"sealed": put.excluded.sealed}
    db.session.execute(put.on_conflict_do_update(index_elements=["poll_id", "person_id"], set_=changed))
