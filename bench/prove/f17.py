"""F17: forty polls of seven voters, everybody changes their mind, and an attacker with the whole disk guesses."""

import random
from collections.abc import Callable
from contextlib import nullcontext
from unittest import mock
from uuid import UUID

from flask import Flask
from sqlalchemy import select, text

from bench.prove import Figure
from bench.prove.attacker import PUBLISHED, Traces, Truth, bound, hits, traces
from bench.prove.disk import Disk, dump_of, seize
from bench.prove.stage import KINDS, installation
from coprod.core.db import db
from coprod.people import services as people
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.voting import sealing, services
from coprod.voting.models import Envelope, Poll
from tests.factories import a_programme
from tests.voting.ballots import a_table, an_open_vote

POLLS, VOTERS, OPTIONS = 40, 7, 6
Put = Callable[[UUID, UUID, bytes], None]
Choices = dict[tuple[UUID, UUID], int]
Stage = list[tuple[UUID, UUID, dict[UUID, str]]]


def measure(seed: int, polls: int = POLLS) -> Figure:
    """Attack before the close and after, on both databases; then plant two tables that can be laid side by side."""
    counts: dict[str, object] = {"bound": round(bound(polls * VOTERS), 1), "votes": polls * VOTERS}
    holds, caught = True, True
    for kind in KINDS:
        sealed = attack(kind, seed, polls)
        naive = attack(kind, seed, polls, naive=True)
        counts[kind] = sealed | {"control": naive["before"]}
        for when in ("before", "after"):
            holds = holds and _at_chance(sealed[when], sealed[f"{when}, reference"], polls)
        caught = caught and naive["before"] == polls * VOTERS
    return Figure("F17", holds, caught, counts, seed)


def _at_chance(found: int, reference: int, polls: int) -> bool:
    """Answer whether no more was guessed than by luck, or than by reading the published results alone."""
    spread = bound(polls * VOTERS) - polls * VOTERS / OPTIONS
    return found <= max(bound(polls * VOTERS), reference + spread)


def attack(kind: str, seed: int, polls: int, *, naive: bool = False) -> dict[str, int]:
    """Hold the polls through the pages, seize the disk before the close and after, and count what is guessed right."""
    dice = random.Random(seed)
    with installation(kind) as app:
        with app.app_context():
            if naive:
                _plant_two_tables()
            programme = a_programme()
            tables = [_a_poll(programme, n) for n in range(polls)]
        fault = mock.patch.object(services, "_put", _naively(services._put)) if naive else nullcontext()
        with fault:
            choices = _vote(app, tables, dice)
        before = _seize(app)
        published = _count(app, tables)
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


def _a_poll(programme: Programme, n: int) -> tuple[UUID, UUID, dict[UUID, str]]:
    table = a_table(3, 4, name=f"Group {n}", programme=programme)
    poll = an_open_vote(table)
    cookies = {person.id: people.cookie_for(people.begin_session(person, "phone")) for person in table.voters}
    db.session.commit()
    return table.facilitator.id, poll.id, cookies


def _vote(app: Flask, tables: Stage, dice: random.Random) -> Choices:
    """Everybody answers in turn, in an order of their own, and changes it once."""
    choices: Choices = {}
    for _, poll_id, cookies in tables:
        for _ in range(2):
            for person_id in dice.sample(list(cookies), len(cookies)):
                choice = dice.randrange(OPTIONS)
                visitor = app.test_client()
                visitor.set_cookie("sid", cookies[person_id])
                answer = visitor.post(f"/votes/{poll_id}", data={"choice": choice}, buffered=True)
                assert answer.status_code == 303, answer.status_code
                choices[poll_id, person_id] = choice
    return choices


def _seize(app: Flask) -> Disk:
    disk = seize(app)
    disk.files["dump"] = dump_of(app)
    return disk


def _count(app: Flask, tables: Stage) -> dict[UUID, str]:
    published = {}
    with app.app_context():
        for facilitator_id, poll_id, _ in tables:
            facilitator = db.session.get_one(Person, facilitator_id)
            result = services.close_and_count(db.session.get_one(Poll, poll_id), by=facilitator)
            published[poll_id] = str(result.outcome)
            db.session.commit()
        assert not db.session.scalars(select(Envelope.sealed)).all()
    return published


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


def _naively(put: Put) -> Put:
    def keep(poll_id: UUID, person_id: UUID, sealed: bytes) -> None:
        put(poll_id, person_id, sealed)
        choice = sealing.open_envelope(services.key_folder(), poll_id, sealed)
        for table, column, value in (("voted", "person_id", person_id.hex), ("ballot", "choice", choice)):
            added = text(f"INSERT INTO {table} (poll_id, {column}) VALUES (:poll, :value)")  # noqa: S608 - our own names
            db.session.execute(added, {"poll": poll_id.hex, "value": value})

    return keep
