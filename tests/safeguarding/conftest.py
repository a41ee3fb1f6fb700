"""A table, its people, and who receives its concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.safeguarding import services
from coprod.safeguarding.models import Concern, Told, Urgency
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_programme, a_stream, an_admin

CANARY = "Wrenfield"
TYPED = {
    "about": CANARY,
    "number": "01632 960001",
    "urgency": "today",
    "told": "not yet",
    "words": f"{CANARY} said more",
}
SAID = TYPED | {"urgency": Urgency.TODAY, "told": Told.NOT_YET}


@dataclass
class Table:
    """The people of one table, its leads, and everybody who must never know."""

    lead: Person
    deputy: Person
    sam: Person
    mia: Person
    robin: Person
    ada: Person
    stranger: Person
    programme: Programme
    stream: Workstream

    @property
    def others(self) -> list[Person]:
        """Everybody but the two, the one who raised it among them."""
        return [self.sam, self.mia, self.robin, self.ada, self.stranger]


@pytest.fixture
def table(database: None) -> Table:
    lead = a_professional("Lena", email="lena@example.org")
    deputy = a_professional("Dale", email="dale@example.org")
    programme = a_programme(safeguarding_lead=lead, deputy_lead=deputy)
    sam, mia, robin = a_professional("Sam"), a_professional("Mia"), a_person("Robin")
    stream = a_stream(programme, facilitator=sam, members=[mia, robin])
    return Table(lead, deputy, sam, mia, robin, an_admin(), a_professional("Stranger"), programme, stream)


@pytest.fixture
def raised(table: Table) -> Callable[..., Concern]:
    """Raise one: `raised()`, by Sam unless said."""

    def one(by: Person | None = None, **said: Any) -> Concern:
        return services.raise_concern(table.programme, by=by or table.sam, **SAID | said)

    return one
