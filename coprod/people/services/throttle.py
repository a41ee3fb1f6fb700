"""Counting tries, the same for all processes, and before anything is looked up (A8)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from coprod.core.db import db, here
from coprod.people.models import Hit
from coprod.people.rules import Limit
from coprod.people.sealing import hashed, real_now

_AT_LEAST = timedelta(days=1)


def within_limits(*tries: tuple[Limit, str]) -> bool:
    """Count these tries, and answer whether none is one too many.

    It commits on a connection of its own, so a refused or broken request counts too. Call it before the request's
    first statement: on SQLite it would otherwise wait for this very request to end.
    """
    now = real_now()
    slots = sorted(_slot(limit, whose, now) for limit, whose in tries)
    with db.engines[here().name].begin() as connection:
        return _all_within(connection, slots)


def _slot(limit: Limit, whose: str, now: datetime) -> tuple[str, datetime, int]:
    number = int(now.timestamp() // limit.within.total_seconds()) if limit.within else 0
    key = hashed("hit", f"{limit.what}\0{whose}\0{number}")
    return key, now + max(limit.within or _AT_LEAST, _AT_LEAST), limit.most


def _all_within(connection: Connection, slots: Iterable[tuple[str, datetime, int]]) -> bool:
    counted = [(connection.execute(_one_more(connection, key, ends)).scalar_one(), most) for key, ends, most in slots]
    return all(n <= most for n, most in counted)


def _one_more(connection: Connection, key: str, ends: datetime) -> Any:
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name]
    first = insert(Hit).values(id=uuid4(), key=key, ends=ends, n=1)
    return first.on_conflict_do_update(index_elements=["key"], set_={"n": Hit.n + 1}).returning(Hit.n)
