"""A group with an evening tonight, who runs it, who sits there, and who helps one of them."""

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest

from coprod.core.clock import HERE
from coprod.cycles.models import Cycle, CycleState, Session, SessionState
from coprod.people.models import Person, Side
from coprod.supporters.models import Support
from coprod.workstreams.models import Role, Seat, Workstream
from tests.factories import a_membership, a_person, a_professional, a_stream, keep

TONIGHT = date(2025, 11, 17)


@dataclass
class Circle:
    """Sam and Max run the group; Robin and Kit sit there; Jo helps Robin."""

    sam: Person
    max: Person
    robin: Person
    kit: Person
    jo: Person
    support: Support
    stream: Workstream
    session: Session


@pytest.fixture
def circle(database: None) -> Circle:
    sam, max_ = a_professional("Sam", email="sam@example.org"), a_professional("Max", email="max@example.org")
    robin, kit, jo = a_person("Robin"), a_person("Kit"), a_person("Joanna", Side.SUPPORTER)
    stream = a_stream(facilitator=sam, members=[robin, kit], neutral_name="Monday group")
    a_membership(stream, max_, Role.FACILITATOR, Seat.TEAM)
    support = Support(member=robin, supporter=jo, called="Jo", since=TONIGHT, shares=[])
    keep(support)
    return Circle(sam, max_, robin, kit, jo, support, stream, an_evening(stream))


def an_evening(stream: Workstream, on: date = TONIGHT, number: int = 1) -> Session:
    """A session of this group, out, at six."""
    cycle = Cycle(workstream=stream, number=number, state=CycleState.SCHEDULED, starts_on=on, starts_at=time(18))
    session = Session(
        cycle=cycle,
        number=1,
        state=SessionState.PUBLISHED,
        on=on,
        starts_at=time(18),
        begins=datetime.combine(on, time(18), HERE),
        minutes=115,
        phase_id=stream.programme.phases[0].id,
    )
    keep(cycle, session)
    return session
