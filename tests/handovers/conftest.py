"""A group that can be handed over."""

from dataclasses import dataclass

import pytest

from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_stream, an_admin


@dataclass
class Table:
    """A group, the one who runs it, and the next one."""

    sam: Person
    mia: Person
    robin: Person
    ada: Person
    stream: Workstream


@pytest.fixture
def table(database: None) -> Table:
    sam, mia, robin = a_professional("Sam"), a_professional("Mia"), a_person("Robin")
    return Table(sam, mia, robin, an_admin(), a_stream(facilitator=sam, members=[mia, robin]))
