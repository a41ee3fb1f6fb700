"""A stream with its people, its agreement and ten weeks, kept in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest

from coprod.agreements import services as agreements
from coprod.cycles import services
from coprod.cycles.models import Cycle, Session
from coprod.people.models import Person
from coprod.workstreams.models import Seat, Workstream
from tests.factories import a_membership, a_person, a_professional, a_stream

START = date(2025, 12, 2)


@dataclass
class Table:
    """The people of one stream, and a stranger."""

    sam: Person
    robin: Person
    ada: Person
    stranger: Person
    stream: Workstream


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, ada = a_professional("Sam"), a_person("Robin"), a_professional("Ada")
    stream = a_stream(facilitator=sam, members=[robin, a_person("Kit")], neutral_name="Tuesday group")
    a_membership(stream, ada, seat=Seat.MIDWIFE)
    return Table(sam, robin, ada, a_professional("Stranger"), stream)


@pytest.fixture
def agreed(table: Table) -> None:
    agreement = agreements.start(table.stream, by=table.sam)
    agreements.talk_through(agreement, by=table.sam)
    agreements.agree(agreement, by=table.sam)


@pytest.fixture
def cycle(table: Table) -> Cycle:
    return services.plan(table.stream, START, time(18), by=table.sam, place="Sea Room. Side door.")


@pytest.fixture
def published(table: Table, agreed: None, cycle: Cycle) -> Session:
    """The first session, published."""
    services.publish(cycle.sessions[0], by=table.sam)
    return cycle.sessions[0]


@pytest.fixture
def held(table: Table, published: Session, clock: Callable[..., None]) -> Session:
    """The first session, held on its evening."""
    clock(published.begins + timedelta(hours=2))
    services.hold(published, by=table.sam)
    return published
