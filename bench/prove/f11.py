"""F11: fifty browsers vote as one person at the same moment, again and again; one envelope is left, the last one."""

import random
from collections import Counter
from functools import partial
from unittest import mock
from uuid import UUID

from flask import Flask
from sqlalchemy import delete, exists, insert, select, text, update
from werkzeug.datastructures import MultiDict

from bench.prove import Figure
from bench.prove.stage import KINDS, installation, planted
from bench.prove.votes import CHOICES, answer_in, drawn, filled, form_of, opened
from coprod.core import db as core_db
from coprod.core.db import db
from coprod.people import services as people
from coprod.voting import sealing, services
from coprod.voting.models import Envelope, Kind
from tests.house.crawl import Fields
from tests.together import at_once
from tests.voting.ballots import a_table

THREADS, ROUNDS = 50, 100


def measure(seed: int, rounds: int = ROUNDS, threads: int = THREADS) -> Figure:
    """Race on both databases, with one answer and with many, of each kind; then plant the fault of each database."""
    counts: dict[str, object] = {}
    for kind in KINDS:
        for vote, many in ((Kind.TEMPERATURE, rounds), (Kind.CONSENT, rounds // 5), (Kind.PICK, rounds // 5)):
            with installation(kind) as app:
                counts[f"{kind}, {vote}"] = race(app, seed, max(many, 1), threads, vote)
    clean = all(_is_clean(counted) for counted in counts.values())
    seen = {"sqlite": _deferred(rounds, threads, seed), "postgresql": _without_the_key(rounds, threads, seed)}
    return Figure("F11", clean, all(seen.values()), counts | {"planted": seen}, seed)


def _is_clean(counted: object) -> bool:
    assert isinstance(counted, dict)
    return not (counted["doubled"] or counted["broken"] or counted["wrong"]) and counted["acknowledged"] > 0


def race(app: Flask, seed: int, rounds: int, threads: int, kind: Kind = Kind.TEMPERATURE) -> dict[str, int]:
    """Count, over the rounds, doubled envelopes, answers 5xx, and rounds in which the last answer did not stand."""
    dice, counted = random.Random(seed), Counter(doubled=0, broken=0, wrong=0, acknowledged=0)
    with app.app_context():
        poll_id, person_id, cookie = _prepare(kind)
    fields = _fields(app, cookie, poll_id)
    for different in (False, True):
        for _ in range(rounds):
            sent = [drawn(kind, dice) if different else CHOICES[kind][0] for _ in range(threads)]
            answers = _at_once(app, cookie, poll_id, [filled(fields, kind, one) for one in sent])
            last = drawn(kind, dice)
            _vote(app, cookie, poll_id, filled(fields, kind, last), answers)
            counted["acknowledged"] += sum(status == 303 for status in answers)
            counted["broken"] += sum(status >= 500 for status in answers)
            with app.app_context():
                envelopes = db.session.scalars(select(Envelope.sealed).where(_hers(poll_id, person_id))).all()
                codes = sealing.open_all(services.key_folder(), poll_id, envelopes)
                counted["doubled"] += len(envelopes) > 1
                counted["wrong"] += {answer_in(kind, code) for code in codes} != {last}
                db.session.execute(delete(Envelope))
                db.session.commit()
    return dict(counted)


def _hers(poll_id: UUID, person_id: UUID):
    return (Envelope.poll_id == poll_id) & (Envelope.person_id == person_id)


def _prepare(kind: Kind) -> tuple[UUID, UUID, str]:
    table = a_table()
    poll = opened(table.stream, kind, by=table.facilitator)
    token = people.begin_session(table.lived[0], "race")
    db.session.commit()
    return poll.id, table.lived[0].id, people.cookie_for(token)


def _fields(app: Flask, cookie: str, poll_id: UUID) -> Fields:
    visitor, address = app.test_client(), f"/votes/{poll_id}"
    visitor.set_cookie("sid", cookie)
    return form_of(visitor.get(address, buffered=True).text, address)[1]


def _at_once(app: Flask, cookie: str, poll_id: UUID, sent: list[Fields]) -> list[int]:
    answers: list[int] = []
    at_once(*(partial(_vote, app, cookie, poll_id, one, answers) for one in sent))
    return answers


def _vote(app: Flask, cookie: str, poll_id: UUID, sent: Fields, answers: list[int]) -> None:
    visitor = app.test_client()
    visitor.set_cookie("sid", cookie)
    answers.append(visitor.post(f"/votes/{poll_id}", data=MultiDict(sent), buffered=True).status_code)


# --- The planted faults: what each database does without its guard.


def _deferred(rounds: int, threads: int, seed: int) -> bool:
    with installation("sqlite") as app, mock.patch.object(core_db, "SAFE_METHODS", {"GET", "POST"}):
        return race(app, seed, min(rounds, 20), threads)["broken"] > 0


def _without_the_key(rounds: int, threads: int, seed: int) -> bool:
    with installation("postgresql") as app:
        with app.app_context():
            db.session.execute(text("ALTER TABLE envelope DROP CONSTRAINT pk_envelope"))
            db.session.commit()
        with planted("coprod.voting.services", "_put", _check_then_insert):
            return race(app, seed, min(rounds, 20), threads)["doubled"] > 0


def _check_then_insert(poll_id: UUID, person_id: UUID, sealed: bytes) -> None:
    if db.session.scalar(select(exists().where(_hers(poll_id, person_id)))):
        db.session.execute(update(Envelope).where(_hers(poll_id, person_id)).values(sealed=sealed))
    else:
        db.session.execute(insert(Envelope).values(poll_id=poll_id, person_id=person_id, sealed=sealed))
