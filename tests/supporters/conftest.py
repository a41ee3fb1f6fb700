"""A member in her group, somebody who helps her, and another member who could be helped too."""

from dataclasses import dataclass
from datetime import date, time

import pytest

from coprod.agreements import services as agreements
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import Cycle
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person
from coprod.supporters import services
from coprod.supporters.models import Support
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_stream

JO = "jo@example.org"


@dataclass
class Table:
    """The people of one group, ten weeks planned and the first two told."""

    stream: Workstream
    cycle: Cycle
    sam: Person
    robin: Person
    kit: Person


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, kit = a_professional("Sam"), a_person("Robin"), a_person("Kit")
    stream = a_stream(facilitator=sam, members=[robin, kit], neutral_name="Tuesday group")
    agreement = agreements.start(stream, by=sam)
    agreements.talk_through(agreement, by=sam)
    agreements.agree(agreement, by=sam)
    cycle = cycles.plan(stream, date(2025, 12, 2), time(18), by=sam, place="Sea Room. Side door.")
    for session in cycle.sessions[:2]:
        cycles.publish(session, by=sam)
    needs.say(robin, Wanted((Help.TAXI, Help.QUIET_ROOM)), by=robin)
    return Table(stream, cycle, sam, robin, kit)


@pytest.fixture
def help_(table: Table) -> Support:
    """Jo helps Robin."""
    return services.choose(table.robin, "Jo", JO, by=table.robin)


@pytest.fixture
def jo(help_: Support) -> Person:
    return db.session.get_one(Person, help_.supporter_id)
