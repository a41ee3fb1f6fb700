"""A group with its facilitator and a member, and a stranger."""

from dataclasses import dataclass

import pytest

from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_stream


@dataclass
class Table:
    """The people of one group, and a stranger."""

    sam: Person
    robin: Person
    stranger: Person
    stream: Workstream


@pytest.fixture
def table(database: None) -> Table:
    sam, robin = a_professional("Sam"), a_person("Robin")
    stream = a_stream(facilitator=sam, members=[robin], neutral_name="Tuesday group")
    return Table(sam, robin, a_person("Stranger"), stream)
