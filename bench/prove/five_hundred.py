"""Five hundred: a vote of five hundred members on one question opens, is answered, and is counted, each quickly.

Its roll adds no statement to opening or to counting, so that it stays quick on a slower machine.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event

from bench.prove import Figure
from bench.prove.stage import KINDS, installation, planted
from coprod.core.db import db, here
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.voting import services
from coprod.voting.models import Poll
from coprod.voting.rules import Choice
from tests.factories import a_programme
from tests.voting.ballots import a_table, an_open_vote

EACH_SIDE, FEW, MOST_SECONDS = 250, 10, 2.0


@dataclass
class Took:
    """How long each step took, and how many statements."""

    seconds: dict[str, float] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    result: str = ""


def measure(seed: int, each_side: int = EACH_SIDE) -> Figure:
    """Hold it on both databases; then write to everybody on the roll one by one."""
    counts: dict[str, object] = {"members": 2 * each_side}
    clean, caught = [], []
    for kind in KINDS:
        with installation(kind) as app:
            few, many = hold(app, FEW, "few"), hold(app, each_side, "many")
            with one_by_one():
                slow = hold(app, each_side, "one by one")
        counts[kind] = vars(many) | {"statements when planted": slow.statements}
        quick = max(many.seconds["open"], many.seconds["count"]) < MOST_SECONDS
        clean.append(quick and is_level(few, many))
        caught.append(not is_level(few, slow))
    return Figure("500", all(clean), all(caught), counts, seed)


def is_level(few: Took, many: Took) -> bool:
    """Answer whether a large roll takes no more statements than a small one."""
    return few.statements == many.statements


def hold(app: Flask, each_side: int, name: str) -> Took:
    """Hold a vote at a table of so many on each side."""
    took = Took()
    with app.app_context(), heard() as statements:
        programme = db.session.scalars(db.select(Programme)).first() or a_programme()
        table = a_table(each_side, each_side, f"Group of {name}", programme)
        db.session.commit()
        poll = _timed(took, "open", statements, lambda: an_open_vote(table))
        _timed(took, "answer", [], lambda: _everybody_answers(poll, table.voters))
        result = _timed(took, "count", statements, lambda: _counted(poll, table.facilitator))
        took.result = f"{result.outcome}: {result.lived}; {result.professionals}"
    return took


def _everybody_answers(poll: Poll, voters: list[Person]) -> None:
    for person in voters:
        services.cast(poll, Choice.YES, by=person)
    db.session.commit()


def _counted(poll: Poll, facilitator: Person) -> Any:
    result = services.close_and_count(poll, by=facilitator)
    db.session.commit()
    return result


def _timed(took: Took, what: str, statements: list[str], act: Callable[[], Any]) -> Any:
    db.session.expire_all()
    db.session.rollback()
    statements.clear()
    began = perf_counter()
    answer = act()
    took.seconds[what] = round(perf_counter() - began, 2)
    if statements:
        took.statements[what] = len(statements)
    return answer


@contextmanager
def heard() -> Iterator[list[str]]:
    """Hear every statement."""
    heard: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        heard.append(statement)

    engine = db.engines[here().name]
    event.listen(engine, "before_cursor_execute", note)
    yield heard
    event.remove(engine, "before_cursor_execute", note)


@contextmanager
def one_by_one() -> Iterator[None]:
    """The planted fault: a statement for everybody on the roll."""
    queue_all = messages.queue_all

    def each(purpose: Purpose, people: Collection[UUID], thing_id: UUID, *, due: datetime | None = None) -> None:
        for person_id in people:
            queue_all(purpose, [person_id], thing_id, due=due)

    with planted("coprod.messages.services", "queue_all", each):
        yield
