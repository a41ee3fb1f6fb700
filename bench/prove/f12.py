"""F12: fifty answer while twenty close, by hand and by the clock; whoever was told "in" is counted, nobody else is."""

import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from unittest import mock
from uuid import UUID

from flask import Flask
from sqlalchemy import func, inspect, select

from bench.prove import Figure
from bench.prove.stage import KINDS, installation, planted
from coprod.core import db as core_db
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people import services as people
from coprod.people.models import Person
from coprod.voting import services
from coprod.voting.models import Envelope, Poll, Result
from coprod.voting.rules import Choice
from coprod.workstreams.models import Workstream
from tests.conftest import TEST_DAY
from tests.together import at_once
from tests.voting.ballots import a_table

VOTERS, CLOSERS, ROUNDS, PLANTED_ROUNDS = 50, 20, 50, 5
WAYS = ("by hand", "by the clock", "by both")
FAULTS = ("broken", "untold", "different", "lost", "left over", "counted twice")
DAYS = timedelta(days=4)
PATIENCE = 60
Thing = TypeVar("Thing")
Told = set[tuple[str, str, str]]


@dataclass
class House:
    """Who answers and who closes, all at one table, vote after vote."""

    app: Flask
    stream: UUID
    facilitator: UUID
    cookies: dict[UUID, str]


@dataclass
class Round:
    """One vote that is answered and closed at once: what everybody was told."""

    poll_id: UUID
    way: str
    closes_after: int
    statuses: list[tuple[int, bool]] = field(default_factory=list)
    told: Told = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    answered: threading.Condition = field(default_factory=threading.Condition)

    def note(self, status: int, page: str) -> None:
        """Keep what one voter was told, and wake who waits to close."""
        with self.answered:
            self.statuses.append((status, "has closed" in page))
            self.answered.notify_all()

    def wait(self) -> None:
        """Wait until as many have been answered as this round says."""
        with self.answered:
            self.answered.wait_for(lambda: len(self.statuses) >= self.closes_after, PATIENCE)


def measure(seed: int, rounds: int = ROUNDS, voters: int = VOTERS, closers: int = CLOSERS) -> Figure:
    """Race on both databases, closing in each of three ways; then with no lock on the vote."""
    counts: dict[str, object] = {}
    clean, caught = [], []
    for kind in KINDS:
        with installation(kind) as app:
            told = race(app, seed, rounds, voters, closers)
        with installation(kind) as app, without_the_lock():
            fault = race(app, seed, min(rounds, PLANTED_ROUNDS), voters, closers, WAYS[:1])
        counts[kind], counts[f"{kind}, planted"] = told, fault
        clean.append(is_clean(told))
        caught.append(not is_clean(fault))
    return Figure("F12", all(clean), all(caught), counts, seed)


def is_clean(told: dict[str, int]) -> bool:
    """Answer whether nothing was lost, and both early and late voters were there at all."""
    return not any(told[fault] for fault in FAULTS) and told["acknowledged"] > 0 and told["late"] > 0


def race(
    app: Flask, seed: int, rounds: int, voters: int = VOTERS, closers: int = CLOSERS, ways: tuple[str, ...] = WAYS
) -> dict[str, int]:
    """Count what went wrong in so many rounds of each way of closing."""
    dice, counted = random.Random(seed), Counter(dict.fromkeys((*FAULTS, "acknowledged", "late"), 0))
    house = _house(app, voters)
    for way in ways:
        for _ in range(rounds):
            app.config["NOW"] = TEST_DAY
            held = Round(_a_vote(house), way, dice.randrange(voters))
            closing = [_closer(house, held, n) for n in range(closers)]
            at_once(*(_voter(house, held, cookie) for cookie in house.cookies.values()), *closing)
            counted.update(_faults_of(app, held))
    app.config["NOW"] = TEST_DAY
    return dict(counted)


def _house(app: Flask, voters: int) -> House:
    with app.app_context():
        table = a_table(voters // 2, voters - voters // 2)
        cookies = {person.id: people.cookie_for(people.begin_session(person, "race")) for person in table.voters}
        db.session.commit()
        return House(app, table.stream.id, table.facilitator.id, cookies)


def _a_vote(house: House) -> UUID:
    """Open a vote in which everybody is unsure already: who is for it when it is counted, came in time."""
    with house.app.app_context():
        stream, facilitator = _found(Workstream, house.stream), _found(Person, house.facilitator)
        poll = services.draft(stream, "One named midwife?", by=facilitator)
        services.open_vote(poll, now() + DAYS, by=facilitator)
        for key in house.cookies:
            services.cast(poll, Choice.NOT_SURE, by=_found(Person, key))
        db.session.commit()
        return poll.id


def _found(kind: type[Thing], key: UUID) -> Thing:
    return db.session.get_one(kind, key)


def _voter(house: House, held: Round, cookie: str) -> Callable[[], None]:
    def vote() -> None:
        visitor = house.app.test_client()
        visitor.set_cookie("sid", cookie)
        answer = visitor.post(f"/votes/{held.poll_id}", data={"choice": int(Choice.YES)}, buffered=True)
        held.note(answer.status_code, answer.text)

    return vote


def _closer(house: House, held: Round, n: int) -> Callable[[], None]:
    by_hand = held.way == "by hand" or (held.way == "by both" and n % 2 == 0)

    def close() -> None:
        held.wait()
        with house.app.test_request_context("/", method="POST"):
            try:
                (_close_by_hand if by_hand else _close_by_the_clock)(house, held)
            except Exception as error:
                held.broken.append(type(error).__name__)
                db.session.rollback()
            finally:
                db.session.remove()

    return close


def _close_by_hand(house: House, held: Round) -> None:
    result = services.close_and_count(_found(Poll, held.poll_id), by=_found(Person, house.facilitator))
    held.told.add(_said(result))
    db.session.commit()


def _close_by_the_clock(house: House, held: Round) -> None:
    """The hour strikes for everybody, and the chore runs; if another one is at it, there may be nothing to say yet."""
    house.app.config["NOW"] = TEST_DAY + DAYS
    services.count_due()
    db.session.commit()
    result = db.session.get(Result, held.poll_id)
    held.told.update({_said(result)} if result else ())


def _said(result: Result) -> tuple[str, str, str]:
    return str(result.outcome), result.lived, result.professionals


def _faults_of(app: Flask, held: Round) -> dict[str, int]:
    acknowledged = sum(status == 303 for status, _ in held.statuses)
    late = sum(status == 403 and says_so for status, says_so in held.statuses)
    broken = sum(status >= 500 for status, _ in held.statuses)
    with app.app_context():
        result = db.session.get(Result, held.poll_id)
        told = held.told | ({_said(result)} if result else set())
        left = db.session.scalar(select(func.count()).where(Envelope.poll_id == held.poll_id))
        entries = select(func.count()).where(Entry.subject_id == held.poll_id, Entry.verb.startswith("counted"))
        times = db.session.scalar(entries)
    return {
        "acknowledged": acknowledged,
        "late": late,
        "broken": broken + len(held.broken),
        "untold": len(held.statuses) - acknowledged - late - broken,
        "different": len(told) != 1,
        "lost": result is None or _in_favour(result) != acknowledged,
        "left over": int(bool(left)),
        "counted twice": times != 1,
    }


def _in_favour(result: Result) -> int:
    """Both sides have ten or more on the roll, so the result says how many were for it."""
    return sum(int(re.findall(r"\d+", side)[0]) for side in (result.lived, result.professionals))


# --- The planted fault: nobody waits for anybody.


@contextmanager
def without_the_lock() -> Iterator[None]:
    """Read the vote without holding it; and on SQLite begin as if nothing were to be written."""
    with ExitStack() as stack:
        stack.enter_context(planted("coprod.voting.services", "lock", _read_only))
        stack.enter_context(mock.patch.object(core_db, "SAFE_METHODS", {"GET", "POST"}))
        yield


def _read_only(thing: core_db.Base, *, shared: bool = False) -> None:
    db.session.flush()
    db.session.get_one(type(thing), inspect(thing).identity, populate_existing=True)
