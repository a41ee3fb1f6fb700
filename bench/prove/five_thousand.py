"""Five thousand: the action log of five years costs what the log of fifty actions costs, on every page of it.

The first page, the second, a filter, a search, an order, the review and one action of it: the same number of
statements, and about the same time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random
from time import perf_counter
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from bench.prove import Figure
from bench.prove.five_hundred import heard
from bench.prove.stage import KINDS, installation, planted
from coprod.actions.models import Action, ActionState, DueChange
from coprod.core.clock import today
from coprod.core.db import db
from coprod.steering.models import MeetingState, decision_action
from tests.conftest import sign_in
from tests.pilots.builders import a_decision
from tests.steering.rooms import Room

FEW, MANY = 50, 5_000
YEARS = 5 * 365
TRIES = 20
SLOWER, SPARE = 2, 0.1
"""So much longer than with fifty a page may take, and so many seconds on top: no machine is quite alone."""
PAGES = {
    "first page": "/action-log",
    "second page": "/action-log?page=2",
    "filter": "/action-log?show=open&source=decision",
    "search": "/action-log?q=ward",
    "order": "/action-log?sort=moved",
    "owner": "/action-log?sort=owner&show=done",
    "review": "/action-log/review",
    "one of the review": "/action-log/review/1",
}


@dataclass
class Cost:
    """What each page took: statements, and seconds at its best."""

    statements: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def measure(seed: int, many: int = MANY, tries: int = TRIES) -> Figure:
    """Ask for each page with few actions, with many, and with many and no pages cut."""
    counts: dict[str, object] = {"actions": many}
    clean, caught = [], []
    for kind in KINDS:
        with installation(kind) as app, app.app_context():
            room, visitor = Room(), app.test_client()
            sign_in(visitor, room.alex)
            fill(room, FEW, seed)
            few = ask(app, visitor, tries)
            fill(room, many - FEW, seed + 1, first=FEW + 1)
            lots = ask(app, visitor, tries)
            with planted("coprod.action_log", "PAGE", many):
                whole = ask(app, visitor, 1)
        counts[kind] = {"few": vars(few), "many": vars(lots), "planted": vars(whole)}
        clean.append(costs_the_same(few, lots))
        caught.append(not costs_the_same(few, whole))
    return Figure("5000", all(clean), all(caught), counts, seed)


def costs_the_same(few: Cost, many: Cost) -> bool:
    """Answer whether each page takes with many actions the statements and the time it takes with few."""
    in_time = all(many.seconds[page] <= seconds * SLOWER + SPARE for page, seconds in few.seconds.items())
    return in_time and few.statements == many.statements


def ask(app: Flask, visitor: FlaskClient, tries: int) -> Cost:
    """Ask for every page a few times, and keep the best time of each."""
    cost = Cost()
    db.session.commit()
    for name, address in PAGES.items():
        visitor.get(address)
        with heard() as statements:
            if visitor.get(address).status_code != 200:
                raise LookupError(address)
            cost.statements[name] = len(statements)
        cost.seconds[name] = round(min(_seconds(visitor, address) for _ in range(tries)), 3)
    return cost


def _seconds(visitor: FlaskClient, address: str) -> float:
    began = perf_counter()
    visitor.get(address)
    return perf_counter() - began


def fill(room: Room, count: int, seed: int, first: int = 1) -> None:
    """Fill the steering group's log: most of it done, some late, some to come, moved and decided on."""
    chance = Random(seed)
    if first == 1:
        room.meeting(MeetingState.CLOSED, today() - timedelta(30))
        room.meeting(MeetingState.PLANNED, today() + timedelta(30))
    decision = a_decision(room.asked(f"Asked from {first}"), number=1 if first == 1 else 2)
    rows = list(islice(_rows(room, chance, first), count))
    db.session.execute(insert(Action), rows)
    decided = [{"decision_id": decision.id, "action_id": row["id"]} for row in rows if row["number"] % 3 == 0]
    db.session.execute(insert(decision_action), decided)
    db.session.execute(insert(DueChange), [_moved(room, row) for row in rows if row["number"] % 5 == 0])
    db.session.commit()


def _rows(room: Room, chance: Random, number: int) -> Iterator[dict[str, object]]:
    owners = [person.id for person in (room.alex, room.max, room.dee, room.eve)]
    while True:
        due = today() - timedelta(chance.randrange(-60, YEARS))
        # The first is late, so that it is in the review whatever the chance says.
        state, due = (ActionState.OPEN, today() - timedelta(2)) if number == 1 else (_state(chance, due), due)
        yield {
            "id": uuid4(),
            "workstream_id": room.steering.id,
            "number": number,
            "what": f"Ask the {chance.choice(('ward', 'board', 'clinic'))} about matter {number}",
            "owner_id": chance.choice(owners),
            "due": due,
            "state": state,
            "opened_on": due - timedelta(40),
            "settled_on": due if state == ActionState.DONE else None,
        }
        number += 1


def _state(chance: Random, due: date) -> ActionState:
    if due >= today():
        return ActionState.OPEN
    return chance.choices((ActionState.DONE, ActionState.SAID_DONE, ActionState.OPEN), (90, 4, 6))[0]


def _moved(room: Room, row: dict[str, object]) -> dict[str, object]:
    due = row["due"]
    return {
        "id": uuid4(),
        "action_id": row["id"],
        "number": 1,
        "was": due,
        "now": due,
        "reason": "The board meets later",
        "on": row["opened_on"],
        "by_id": room.alex.id,
    }
