"""A group that says things: its facilitator, two members, and a stranger."""

from dataclasses import dataclass

import pytest

from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_stream


@dataclass
class Table:
    """The people of one group, and a stranger who sits in another."""

    sam: Person
    robin: Person
    kit: Person
    stranger: Person
    stream: Workstream


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, kit, stranger = a_professional("Sam"), a_person("Robin"), a_person("Kit"), a_person("Stranger")
    stream = a_stream(facilitator=sam, members=[robin, kit], neutral_name="Tuesday group")
    a_stream(stream.programme, "Another group", members=[stranger])
    return Table(sam, robin, kit, stranger, stream)
