"""F19: whatever she answers, the same comes back, to the byte and in the same time, and it is as long to send."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import pbkdf2_hmac
from time import perf_counter
from unittest import mock
from urllib.parse import urlencode
from uuid import UUID

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from wtforms import SelectChoice

from bench.prove import Figure
from bench.prove.f20 import CARRIED
from bench.prove.f25 import mann_whitney
from bench.prove.stage import KINDS, installation, planted
from bench.prove.votes import ALL_PICKS, CHOICES, SECRET, THINGS, Answer, a_view, filled, form_of, opened
from coprod.core.db import db
from coprod.people import services as people
from coprod.people.sealing import real_now
from coprod.programmes.models import Programme
from coprod.voting import sealing
from coprod.voting.forms import BallotForm
from coprod.voting.models import Kind
from coprod.voting.rules import Choice
from tests.access.walk import RANDOM
from tests.factories import a_programme
from tests.house.crawl import Fields
from tests.voting.ballots import a_table

EACH, RUNS, VOTERS, LOOKS, LEAST_P = 500, 3, 3, 5, 0.01
WAYS = ("signed in", "by link")
DAY = timedelta(days=1)
Step = tuple[int, TestResponse, float]
"""How long what was sent was, what came back, and how long it took."""
PLANTED_EACH = 60
ANSWERS = CHOICES | {Kind.PICK: ALL_PICKS}
"""What is sent in a vote of each kind: every choice, any number of picks, and views one way and the other."""


@dataclass
class Ballot:
    """A vote that is open, and how each of its voters comes to it."""

    app: Flask
    kind: Kind
    poll_id: UUID
    cookies: list[str]
    secrets: list[str]
    places: int = 0

    def comes(self, way: str, who: int) -> tuple[FlaskClient, str]:
        """Answer the browser of one of the voters, and the address of her ballot."""
        visitor = self.app.test_client()
        if way == "by link":
            return visitor, f"/q/{self.secrets[who]}"
        visitor.set_cookie("sid", self.cookies[who])
        return visitor, f"/votes/{self.poll_id}"

    def from_elsewhere(self) -> dict[str, str]:
        """Everybody comes from a place of their own, or the limits would answer for us."""
        self.places += 1
        n = self.places
        return {"REMOTE_ADDR": f"10.{n // 65536}.{n // 256 % 256}.{n % 256}"}


@dataclass
class Told:
    """What came back for each answer, in one run; to each voter, for pages call her by her name."""

    shapes: set[tuple[int, object]] = field(default_factory=set)
    next_pages: set[tuple[int, object]] = field(default_factory=set)
    lengths: set[tuple[int, ...]] = field(default_factory=set)
    times: dict[Answer, list[float]] = field(default_factory=dict)

    def uneven(self) -> list[Answer]:
        """List the answers that take another time than all others do."""
        return [one for one in self.times if mann_whitney(self.times[one], self._others(one)) <= LEAST_P]

    def _others(self, one: Answer) -> list[float]:
        return [time for other, times in self.times.items() if other != one for time in times]


def measure(seed: int, each: int = EACH, runs: int = RUNS) -> Figure:
    """Send every answer of every kind of vote so many times on each database; then plant two faults."""
    counts: dict[str, object] = {"each": each}
    clean, caught = [], []
    for kind in KINDS:
        with installation(kind) as app:
            told = {str(vote): _of_a_kind(app, vote, seed, each, runs) for vote in SECRET}
            faults = planted_faults(app, seed, min(each, PLANTED_EACH * len(WAYS)))
        counts[kind] = told | {"planted": faults}
        clean += [is_even(one) for one in told.values()]
        caught += [bool(fault) for fault in faults.values()]
    return Figure("F19", all(clean), all(caught), counts, seed)


def is_even(told: dict[str, int]) -> bool:
    """Answer whether one shape came back for all answers, and none took another time in two of three runs."""
    return is_one_shape(told) and not told["uneven in most runs"]


def is_one_shape(told: dict[str, int]) -> bool:
    """Answer whether all answers were as long to send, and the same came back, and then the same page."""
    return told["shapes"] == told["next pages"] == told["lengths"] == 1


def planted_faults(app: Flask, seed: int, each: int) -> dict[str, int]:
    """Answer what is seen of options that travel as words, and of a worry that takes longer to seal."""
    with words_for_codes():
        worded = _of_a_kind(app, Kind.TEMPERATURE, seed, each, 1)
    with a_slow_worry():
        slow = _of_a_kind(app, Kind.TEMPERATURE, seed, each, 1)
    return {"words": worded["lengths"] - 1, "slow worry": slow["uneven in most runs"]}


def _of_a_kind(app: Flask, kind: Kind, seed: int, each: int, runs: int) -> dict[str, int]:
    """Count over both ways to come: the worst of shapes, next pages and lengths, and what was uneven in most runs.

    The wall clock stands still: a cookie is signed anew once a minute, whatever was answered.
    """
    with time_machine.travel(datetime.now(UTC), tick=False):
        return _counted(app, kind, seed, each, runs)


def _counted(app: Flask, kind: Kind, seed: int, each: int, runs: int) -> dict[str, int]:
    dice, ballot = random.Random(seed), _a_ballot(app, kind)
    counted = {"votes": 0, "shapes": 0, "next pages": 0, "lengths": 0, "uneven in most runs": 0}
    for way in WAYS:
        times = -(-each // (len(WAYS) * runs * (len(THINGS) if kind == Kind.STATEMENTS else 1)))
        told = [_run(ballot, way, dice, times) for _ in range(runs)]
        counted["votes"] += sum(len(times) for one in told for times in one.times.values())
        counted["shapes"] = max(counted["shapes"], _most_to_one(one.shapes for one in told))
        counted["next pages"] = max(counted["next pages"], _most_to_one(one.next_pages for one in told))
        counted["lengths"] = max(counted["lengths"], len(set().union(*(one.lengths for one in told))))
        often = [sum(answer in one.uneven() for one in told) for answer in ANSWERS[kind]]
        counted["uneven in most runs"] += sum(3 * n > runs for n in often)
    return counted


def _most_to_one(told: Iterable[set[tuple[int, object]]]) -> int:
    """Answer how many different things came back to one and the same voter, at most."""
    return max(Counter(who for who, _ in set().union(*told)).values())


def _a_ballot(app: Flask, kind: Kind) -> Ballot:
    with app.app_context():
        programme = db.session.scalars(db.select(Programme)).first() or a_programme()
        table = a_table(6, 9, f"Group of {kind} {real_now().timestamp()}", programme)
        poll = opened(table.stream, kind, by=table.facilitator)
        cookies = [people.cookie_for(people.begin_session(person, "phone")) for person in table.voters]
        secrets = [people.draw_link(person, f"vote {poll.id}", real_now() + DAY) for person in table.voters]
        db.session.commit()
        return Ballot(app, kind, poll.id, cookies, secrets)


def _run(ballot: Ballot, way: str, dice: random.Random, each: int) -> Told:
    """Send every answer so many times, in no order; and look now and then at the page that follows."""
    answers = ANSWERS[ballot.kind]
    told, looks = Told(times={answer: [] for answer in answers}), dict.fromkeys(answers, LOOKS)
    fields = _fields_of(ballot)
    for answer in dice.sample(answers * each, len(answers) * each):
        who = dice.randrange(VOTERS)
        visitor, address = ballot.comes(way, who)
        steps = _steps(ballot, visitor, address, fields, answer)
        told.lengths.add(tuple(length for length, _, _ in steps))
        told.times[answer].append(sum(took for _, _, took in steps))
        told.shapes.add((who, tuple(_shape(response) for _, response, _ in steps)))
        if looks[answer]:
            looks[answer] -= 1
            told.next_pages.add((who, _page(visitor.get(steps[-1][1].location, buffered=True))))
    return told


def _fields_of(ballot: Ballot) -> Fields:
    if ballot.kind == Kind.STATEMENTS:
        return []
    visitor, address = ballot.comes("signed in", 0)
    return form_of(visitor.get(address, buffered=True).text, address)[1]


def _steps(ballot: Ballot, visitor: FlaskClient, address: str, fields: Fields, answer: Answer) -> list[Step]:
    """Send an answer; one on statements a page at a time, as the pages lead."""
    place = ballot.from_elsewhere()
    if not isinstance(answer, tuple):
        return [_timed(visitor, address, filled(fields, ballot.kind, answer), place)]
    if address.startswith("/q/"):
        visitor.post(address, environ_base=place, buffered=True)
    address, steps = f"/votes/{ballot.poll_id}/views", []
    page = visitor.get(address, buffered=True).text
    for view in answer:
        steps.append(_timed(visitor, address, a_view(form_of(page, address)[1], view), place))
        page = steps[-1][1].text
    return steps


def _timed(visitor: FlaskClient, address: str, sent: Fields, place: dict[str, str]) -> Step:
    body, kind = urlencode(sent), "application/x-www-form-urlencoded"
    began = perf_counter()
    response = visitor.post(address, data=body, content_type=kind, environ_base=place, buffered=True)
    return len(body), response, perf_counter() - began


def _shape(response: TestResponse) -> object:
    """Answer all of it; of what is random, the length."""
    headers = [(name, len(value) if name == "Set-Cookie" else value) for name, value in response.headers]
    return response.status_code, len(response.data), _plain(response.data), tuple(headers)


def _page(response: TestResponse) -> object:
    return response.status_code, len(response.data), _plain(response.data)


def _plain(body: bytes) -> bytes:
    return CARRIED.sub(b"", RANDOM.sub(rb'\1"', body))


# --- The planted faults.


@contextmanager
def words_for_codes() -> Iterator[None]:
    """Let options travel as the words they show."""
    words = {choice.name.lower(): choice for choice in Choice}
    choices = [SelectChoice(word, word) for word in words]

    def read(form: BallotForm) -> Choice:
        return words[form.choice.data]

    with ExitStack() as stack:
        stack.enter_context(planted("coprod.voting.forms", "answers_of", lambda _: (choices, {})))
        stack.enter_context(planted("coprod.voting.views", "answers_of", lambda _: (choices, {})))
        stack.enter_context(mock.patch.object(BallotForm, "answer", property(read)))
        yield


@contextmanager
def a_slow_worry() -> Iterator[None]:
    """Take a little longer over a worry."""
    with planted("coprod.voting.sealing", "seal", _slowly(sealing.seal)):
        yield


def _slowly(seal: Callable[[bytes, UUID, int], bytes]) -> Callable[[bytes, UUID, int], bytes]:
    def slow(key: bytes, poll_id: UUID, choice: int) -> bytes:
        if choice == Choice.WORRIED:
            pbkdf2_hmac("sha256", b"a", b"b", 20_000)
        return seal(key, poll_id, choice)

    return slow
