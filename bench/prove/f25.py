"""F25: nobody can find out who has an account, by what is answered or by how long it takes (A5)."""

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import erfc, sqrt
from statistics import median
from time import perf_counter
from unittest import mock
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.prove import Figure
from bench.prove.stage import KINDS, installation
from coprod.core import mail, texts
from coprod.core.db import db
from coprod.people import queries, services
from coprod.people.models import Hit, Person, Ticket
from tests.factories import a_person

PEOPLE, RUNS = 500, 3
MOST_APART, LEAST_P = 0.005, 0.01
RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Times:
    """How long known and unknown waited for one kind of answer, and every shape such an answer had."""

    known: list[float] = field(default_factory=list)
    unknown: list[float] = field(default_factory=list)
    shapes: set[object] = field(default_factory=set)

    def verdict(self) -> dict[str, float]:
        """Answer the difference of the medians in milliseconds, the chance that it is chance, and the shapes."""
        apart = median(self.known) - median(self.unknown)
        p = mann_whitney(self.known, self.unknown)
        return {"ms": round(apart * 1000, 3), "p": round(p, 4), "shapes": len(self.shapes)}


def measure(seed: int, people: int = PEOPLE, runs: int = RUNS) -> Figure:
    """Ask and type on both databases, in three runs; then look people up and hash for those who are known."""
    counts: dict[str, object] = {}
    clean: list[bool] = []
    caught: list[bool] = []
    for kind in KINDS:
        with installation(kind) as app:
            told = [_run(app, seed + n, people) for n in range(runs)]
            counts[kind] = told
            clean += [_holds([run[what] for run in told], runs) for what in told[0]]
            with mock.patch.object(services, "ask_for_code", _look_up_and_hash):
                planted = _run(app, seed, max(people // 5, 20))["ask by e-mail"]
            counts[f"{kind}, planted"] = planted
            caught.append(not _is_even(planted))
    return Figure("F25", all(clean), all(caught), counts, seed)


def _is_even(told: dict[str, float]) -> bool:
    return abs(told["ms"]) < MOST_APART * 1000 and told["p"] > LEAST_P and told["shapes"] == 1


def _holds(told: list[dict[str, float]], runs: int) -> bool:
    """The bytes are equal in every run, the times in two of three."""
    return all(run["shapes"] == 1 for run in told) and sum(map(_is_even, told)) * 3 >= runs * 2


def _run(app: Flask, seed: int, people: int) -> dict[str, dict[str, float]]:
    dice = random.Random(seed)
    with _full_house(app, people), _nobody_is_written_to():
        known = [_contacts(n) for n in range(people)]
        unknown = [_contacts(n) for n in range(people, 2 * people)]
        crowd = [(True, *both) for both in known] + [(False, *both) for both in unknown]
        dice.shuffle(crowd)
        told = {"ask by e-mail": Times(), "ask by phone": Times(), "type a wrong code": Times()}
        visitors = [_ask(app, told, n, *who) for n, who in enumerate(crowd)]
        with app.app_context():
            services.send_codes()
        mail.send.reset_mock()  # type: ignore[attr-defined]
        for (is_known, visitor), n in zip(visitors, range(len(visitors)), strict=True):
            _note(told["type a wrong code"], is_known, _typing(visitor, n))
    return {what: times.verdict() for what, times in told.items()}


def _contacts(n: int) -> tuple[str, str]:
    return f"somebody{n:04}@example.org", f"+4416329{60000 + n}"


@contextmanager
def _full_house(app: Flask, people: int) -> Iterator[None]:
    with app.app_context():
        for table in (Ticket, Person, Hit):
            db.session.execute(db.delete(table))
        for n in range(people):
            address, number = _contacts(n)
            a_person(f"Somebody {n}", email=address, phone=number)
        db.session.commit()
    yield


@contextmanager
def _nobody_is_written_to() -> Iterator[None]:
    with mock.patch.object(mail, "send"), mock.patch.object(texts, "send"):
        yield


def _ask(
    app: Flask, told: dict[str, Times], n: int, is_known: bool, address: str, number: str
) -> tuple[bool, FlaskClient]:
    visitor = app.test_client()
    _note(told["ask by phone"], is_known, _asking(visitor, n, number))
    _note(told["ask by e-mail"], is_known, _asking(visitor, n, address))
    return is_known, visitor


def _asking(visitor: FlaskClient, n: int, contact: str) -> Callable[[], TestResponse]:
    return lambda: visitor.post("/sign-in", data={"contact": contact}, environ_base=_from(n))


def _typing(visitor: FlaskClient, n: int) -> Callable[[], TestResponse]:
    return lambda: visitor.post("/sign-in/code", data={"code": "000000"}, environ_base=_from(n))


def _from(n: int) -> dict[str, str]:
    """Everybody comes from a place of their own, or the limits would answer for us."""
    return {"REMOTE_ADDR": f"10.{n // 65536}.{n // 256 % 256}.{n % 256}"}


def _note(times: Times, is_known: bool, act: Callable[[], TestResponse]) -> None:
    began = perf_counter()
    answer = act()
    took = perf_counter() - began
    (times.known if is_known else times.unknown).append(took)
    # What is sent is sent by the sender alone, afterwards.
    assert not mail.send.called  # type: ignore[attr-defined]
    times.shapes.add(_shape(answer))


def _shape(answer: TestResponse) -> object:
    """Answer every byte of it but what is random, of which the length."""
    headers = [(name, len(value) if name == "Set-Cookie" else value) for name, value in answer.headers]
    return answer.status_code, RANDOM.sub("", answer.text), tuple(headers)


def mann_whitney(left: list[float], right: list[float]) -> float:
    """Answer how likely two such samples are when nothing sets them apart: two-sided, by the normal approximation."""
    ranks, ties = _ranks(sorted(left + right))
    n, m = len(left), len(right)
    u = sum(ranks[value] for value in left) - n * (n + 1) / 2
    spread = sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
    return erfc(abs(u - n * m / 2) / spread / sqrt(2)) if spread else 1.0


def _ranks(values: list[float]) -> tuple[dict[float, float], float]:
    """Answer each value's middle rank, and what ties take from the spread."""
    ranks: dict[float, float] = {}
    ties, at = 0.0, 0
    while at < len(values):
        end = at
        while end < len(values) and values[end] == values[at]:
            end += 1
        ranks[values[at]] = (at + end + 1) / 2
        ties += (end - at) ** 3 - (end - at)
        at = end
    return ranks, ties


_ask_plainly = services.ask_for_code


def _look_up_and_hash(contact: str) -> UUID:
    """The planted fault: whoever is known is looked up at once, and a slow hash made for them alone."""
    if queries.by_contact(contact) is not None:
        hashlib.pbkdf2_hmac("sha256", contact.encode(), b"salt", 20_000)
    return _ask_plainly(contact)
