"""A table with a vote open on it, for the tests of votes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coprod.core.clock import now
from coprod.core.db import db
from coprod.people.models import Person
from coprod.voting import services
from coprod.voting.models import Poll
from coprod.voting.rules import Choice
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_stream


@dataclass
class Table:
    """People of both sides around one question."""

    stream: Workstream
    facilitator: Person
    lived: list[Person]
    professionals: list[Person]

    @property
    def voters(self) -> list[Person]:
        return [*self.lived, *self.professionals]


def a_table(lived: int = 6, professionals: int = 9, name: str = "Practice models", programme=None) -> Table:
    facilitator = a_professional(f"Sam of {name}")
    parents = [a_person(f"Parent {n} of {name}") for n in range(lived)]
    workers = [a_professional(f"Worker {n} of {name}") for n in range(professionals)]
    stream = a_stream(programme, name, facilitator=facilitator, members=[*parents, *workers])
    return Table(stream, facilitator, parents, workers)


def an_open_vote(table: Table, question: str = "One named midwife?", closes_at: datetime | None = None) -> Poll:
    poll = services.draft(table.stream, question, by=table.facilitator)
    services.open_vote(poll, closes_at or now() + timedelta(days=4), by=table.facilitator)
    db.session.commit()
    return poll


def everybody_answers(table: Table, poll: Poll, choices: list[int]) -> None:
    for person, choice in zip(table.voters, choices, strict=True):
        services.cast(poll, Choice(choice), by=person)
    db.session.commit()


def counted(table: Table, poll: Poll):
    result = services.close_and_count(poll, by=table.facilitator)
    db.session.commit()
    return result
