"""A group with two members and its facilitator, and everybody who may know nothing of what they need."""

from dataclasses import dataclass

import pytest

from coprod.messages.models import PartOfDay
from coprod.needs import services
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Workstream
from coprod.workstreams.rules import membership_of
from tests.factories import a_membership, a_person, a_professional, a_steering_group, a_stream, an_admin

MUCH = Wanted((Help.TAXI, Help.LARGE_PRINT), 2, "Polish", "No nuts")
MONDAYS = {(0, part) for part in PartOfDay}


@dataclass
class Table:
    """The people of one group, and everybody else."""

    stream: Workstream
    sam: Person
    robin: Person
    kit: Person
    others: dict[str, Person]

    def place(self, person: Person) -> Membership:
        found = membership_of(person, self.stream)
        assert found is not None
        return found


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, kit, mia = a_professional("Sam"), a_person("Robin"), a_person("Kit"), a_professional("Mia")
    stream = a_stream(facilitator=sam, members=[robin, mia], neutral_name="Tuesday group")
    a_membership(stream, kit, state=MembershipState.INVITED)
    elsewhere, chair = a_professional("Els"), a_professional("Alex")
    a_stream(stream.programme, "Mapping", facilitator=elsewhere)
    a_steering_group(stream.programme, chair=chair)
    others = {
        "member": kit,
        "professional": mia,
        "admin": an_admin(),
        "chair": chair,
        "facilitator elsewhere": elsewhere,
        "supporter": a_person("Jo", Side.SUPPORTER),
        "outsider": a_person("Out"),
    }
    services.say(robin, MUCH, by=robin)
    services.say_never(robin, MONDAYS, by=robin)
    return Table(stream, sam, robin, kit, others)
