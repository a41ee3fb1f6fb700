"""F17: forty polls of seven voters, everybody changes their mind, and an attacker with the whole disk guesses.

Four times: with five answers, with three, with picks, and on paper, where one of the two counts is in already.
"""

import random
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import Flask
from sqlalchemy import select, text
from werkzeug.datastructures import MultiDict

from bench.prove import Figure
from bench.prove.attacker import PUBLISHED, Traces, Truth, bound, hits, traces
from bench.prove.disk import Disk, dump_of, seize
from bench.prove.stage import KINDS, installation, knowing, planted
from bench.prove.votes import CHOICES, answer_in, drawn, filled, form_of, number_of, opened, whole_pile
from coprod.core.db import db
from coprod.people import services as people
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.voting import rules, sealing, services
from coprod.voting.models import Envelope, Kind, PaperCount, Poll, Result, ResultLine
from tests.factories import a_programme
from tests.house.crawl import Fields
from tests.voting.ballots import a_table

Thing = TypeVar("Thing")
POLLS, LIVED, PROFESSIONALS = 40, 3, 4
VOTERS = LIVED + PROFESSIONALS
Put = Callable[[UUID, UUID, bytes], None]
Choices = dict[tuple[UUID, UUID], int]


@dataclass(frozen=True)
class Way:
    """One way of voting that is attacked."""

    name: str
    kind: Kind
    on_paper: bool = False

    @property
    def options(self) -> int:
        """Answer how many answers there are, each as likely as the other."""
        return len(CHOICES[self.kind])


WAYS = (
    Way("temperature", Kind.TEMPERATURE),
    Way("consent", Kind.CONSENT),
    Way("pick", Kind.PICK),
    Way("paper", Kind.TEMPERATURE, on_paper=True),
)


@dataclass(frozen=True)
class Seats:
    """Who sits at one table, and how they get in."""

    facilitator: UUID
    poll: UUID
    voters: dict[UUID, str]


Stage = list[Seats]


def measure(seed: int, polls: int = POLLS) -> Figure:
    """Attack before the close and after, on both databases; then plant two tables that can be laid side by side."""
    counts: dict[str, object] = {"votes": polls * VOTERS}
    holds, caught = [], []
    for kind in KINDS:
        for way in WAYS:
            with installation(kind) as app:
                sealed = attack(app, seed, polls, way)
            with installation(kind) as app:
                naive = attack(app, seed, polls, way, naive=True)
            most = round(bound(polls * VOTERS, way.options), 1)
            counts[f"{kind}, {way.name}"] = sealed | {"bound": most, "control": naive["before"]}
            holds += [is_at_chance(sealed, polls, way)]
            caught += [naive["before"] == polls * VOTERS]
    return Figure("F17", all(holds), all(caught), counts, seed)


def is_at_chance(counted: dict[str, int], polls: int, way: Way) -> bool:
    """Answer whether no more was guessed than by luck, or than by reading the published results alone."""
    votes, by_luck = polls * VOTERS, bound(polls * VOTERS, way.options)
    spread = by_luck - votes / way.options
    return all(counted[when] <= max(by_luck, counted[f"{when}, reference"] + spread) for when in ("before", "after"))


def attack(app: Flask, seed: int, polls: int, way: Way, *, naive: bool = False) -> dict[str, int]:
    """Hold the polls through the pages, seize the disk before the close and after, and count what is guessed right."""
    dice = random.Random(seed)
    with app.app_context():
        if naive:
            _plant_two_tables()
        programme = a_programme()
        tables = [_a_poll(programme, n, way) for n in range(polls)]
    fault = planted("coprod.voting.services", "_put", _naively(_put_of())) if naive else nullcontext()
    with fault:
        choices = _on_paper(app, tables, dice, naive) if way.on_paper else _vote(app, tables, way.kind, dice)
    before = _seize(app)
    published = _count(app, tables, way, choices)
    after = _seize(app)
    truth = Truth(choices, published)
    open_now = Truth(choices, dict.fromkeys(published, ""))
    answer = {}
    for when, disk, known in (("before", before, open_now), ("after", after, truth)):
        found = traces(disk, known)
        answer[when] = hits(found, known)
        answer[f"{when}, reference"] = _reference(found, known, dice)
    return answer


def _reference(found: Traces, truth: Truth, dice: random.Random) -> int:
    """Answer what the same attacker gets from shuffled envelopes, or from nothing but the published results."""
    mixed = Truth(_shuffled(truth.choices, dice), truth.published)
    return max(hits(found, mixed), hits({PUBLISHED: found[PUBLISHED]}, truth))


def _a_poll(programme: Programme, n: int, way: Way) -> Seats:
    table = a_table(LIVED, PROFESSIONALS, name=f"Group {n}", programme=programme)
    poll = opened(table.stream, way.kind, by=table.facilitator, on_paper=way.on_paper)
    cookies = {person.id: people.cookie_for(people.begin_session(person, "phone")) for person in table.voters}
    db.session.commit()
    return Seats(table.facilitator.id, poll.id, cookies)


def _vote(app: Flask, tables: Stage, kind: Kind, dice: random.Random) -> Choices:
    """Everybody answers in turn, in an order of their own, and changes it once."""
    choices: Choices = {}
    for seats in tables:
        fields: Fields = []
        for _ in range(2):
            for person_id in dice.sample(list(seats.voters), VOTERS):
                answer, address = drawn(kind, dice), f"/votes/{seats.poll}"
                visitor = app.test_client()
                visitor.set_cookie("sid", seats.voters[person_id])
                fields = fields or form_of(visitor.get(address, buffered=True).text, address)[1]
                status = visitor.post(address, data=MultiDict(filled(fields, kind, answer)), buffered=True).status_code
                assert status == 303, status
                choices[seats.poll, person_id] = number_of(kind, answer)
    return choices


def _on_paper(app: Flask, tables: Stage, dice: random.Random, naive: bool) -> Choices:
    """Everybody puts a slip in the box; the vote is closed, and one of two has typed the piles."""
    choices: Choices = {}
    with app.app_context():
        for seats in tables:
            for person_id in dice.sample(list(seats.voters), VOTERS):
                choices[seats.poll, person_id] = number_of(Kind.TEMPERATURE, drawn(Kind.TEMPERATURE, dice))
                if naive:
                    _lay_side_by_side(seats.poll, person_id, choices[seats.poll, person_id])
            poll, facilitator = _found(Poll, seats.poll), _found(Person, seats.facilitator)
            services.close(poll, by=facilitator)
            services.count_paper(poll, _piles(seats, choices), by=facilitator)
            db.session.commit()
    return choices


def _piles(seats: Seats, choices: Choices) -> rules.Piles:
    given = [CHOICES[Kind.TEMPERATURE][choices[seats.poll, person_id]] for person_id in seats.voters]
    return whole_pile(given)


def _found(kind: type[Thing], key: UUID) -> Thing:
    return db.session.get_one(kind, key)


def _seize(app: Flask) -> Disk:
    disk = seize(app)
    disk.files["dump"] = dump_of(app)
    return disk


def _count(app: Flask, tables: Stage, way: Way, choices: Choices) -> dict[UUID, str]:
    published = {}
    with app.app_context():
        for seats in tables:
            poll, facilitator = _found(Poll, seats.poll), _found(Person, seats.facilitator)
            if way.on_paper:
                services.count_paper(poll, _piles(seats, choices), by=_found(Person, next(iter(seats.voters))))
            else:
                services.close_and_count(poll, by=facilitator)
            published[seats.poll] = _published(poll)
            db.session.commit()
        assert not db.session.scalars(select(Envelope.sealed)).all()
        assert not db.session.scalars(select(PaperCount.sealed)).all()
    return published


def _published(poll: Poll) -> str:
    """Answer all that is said of it afterwards, in one line."""
    db.session.flush()
    result = db.session.get_one(Result, poll.id)
    lines = db.session.scalars(select(ResultLine).where(ResultLine.poll_id == poll.id).order_by(ResultLine.number))
    return f"{result.outcome} {[(line.number, line.rank, line.standing) for line in lines]}"


def _shuffled(choices: Choices, dice: random.Random) -> Choices:
    mixed = dict(choices)
    for poll in {poll for poll, _ in choices}:
        voters = [voter for voter in choices if voter[0] == poll]
        mixed |= dict(zip(voters, dice.sample([choices[voter] for voter in voters], len(voters)), strict=True))
    return mixed


# --- The planted fault: beside the envelope, who voted and what was voted, in two tables with no key between them.


def _plant_two_tables() -> None:
    db.session.execute(text("CREATE TABLE voted (poll_id TEXT, person_id TEXT)"))
    db.session.execute(text("CREATE TABLE ballot (poll_id TEXT, choice INTEGER)"))
    db.session.commit()


def _put_of() -> Put:
    """Answer the product's own way of keeping an envelope."""
    (put,) = {module._put for module in knowing("coprod.voting.services", "_put")}
    return put


def _naively(put: Put) -> Put:
    def keep(poll_id: UUID, person_id: UUID, sealed: bytes) -> None:
        put(poll_id, person_id, sealed)
        code = sealing.open_envelope(services.key_folder(), poll_id, sealed)
        kind = _found(Poll, poll_id).kind
        _lay_side_by_side(poll_id, person_id, number_of(kind, answer_in(kind, code)))

    return keep


def _lay_side_by_side(poll_id: UUID, person_id: UUID, choice: int) -> None:
    for table, column, value in (("voted", "person_id", person_id.hex), ("ballot", "choice", choice)):
        added = text(f"INSERT INTO {table} (poll_id, {column}) VALUES (:poll, :value)")  # noqa: S608 - our own names
        db.session.execute(added, {"poll": poll_id.hex, "value": value})
