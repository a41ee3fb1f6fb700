"""A group of five parents that sent something off and tries it, the steering group, and somebody of another group."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from coprod.evidence.models import Audience
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.stories import services
from coprod.stories.models import Story, Turn
from coprod.workstreams.models import Role, Seat, Workstream
from tests.factories import a_membership, a_person, a_professional, a_steering_group, a_stream
from tests.outcomes.builders import a_recommendation

Telling = Callable[..., Story]


@dataclass
class Table:
    """Who sits where."""

    stream: Workstream
    sam: Person
    jo: Person
    robin: Person
    mia: Person
    steering: Workstream
    alex: Person
    olga: Person
    recommendation: Recommendation


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, mia, jo = a_professional("Sam"), a_person("Robin"), a_professional("Mia"), a_person("Jo")
    parents = [a_person(f"Parent {number}") for number in range(3)]
    stream = a_stream(facilitator=sam, members=[robin, mia, *parents])
    a_membership(stream, jo, Role.FACILITATOR, Seat.MOTHER)
    alex, olga = a_professional("Alex"), a_person("Olga")
    steering = a_steering_group(stream.programme, chair=alex)
    a_stream(stream.programme, "Another group", members=[olga])
    return Table(stream, sam, jo, robin, mia, steering, alex, olga, a_recommendation(stream, steering))


@pytest.fixture
def telling(table: Table) -> Telling:
    def make(says: str = "Somebody rings me now.", turn: Turn = Turn.BETTER, **more: Any) -> Story:
        by = more.pop("by", table.robin)
        audience = more.pop("audience", Audience.STEERING)
        return services.tell(table.recommendation, says, turn, by=by, audience=audience, **more)

    return make
