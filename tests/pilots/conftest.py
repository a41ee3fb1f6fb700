"""An accepted recommendation and the people around it; Kim sits on the steering group and owns the pilot."""

from types import SimpleNamespace

import pytest

from coprod.people.models import Person
from coprod.pilots.models import Pilot
from coprod.recommendations.models import State
from tests import factories as make
from tests.outcomes.builders import a_recommendation
from tests.pilots.builders import a_decision, a_pilot, the_measures


@pytest.fixture
def table(database: None) -> SimpleNamespace:
    """Sam facilitates, Alex chairs, Robin is a mother of the stream, Lou sits on the steering group."""
    programme = make.a_programme()
    people: dict[str, Person] = {alias: make.a_professional(alias) for alias in ("Sam", "Alex", "Kim", "Lou")}
    people |= {alias: make.a_person(alias) for alias in ("Robin", "Cyd")}
    named = {alias.lower(): person for alias, person in people.items()}
    steering = make.a_steering_group(programme, chair=people["Alex"], members=[people["Kim"], people["Lou"]])
    stream = make.a_stream(programme, facilitator=people["Sam"], members=[people["Robin"]])
    recommendation = a_recommendation(stream, steering)
    a_decision(recommendation)
    return SimpleNamespace(
        programme=programme, stream=stream, steering=steering, recommendation=recommendation, **named
    )


@pytest.fixture
def pilot(table: SimpleNamespace) -> Pilot:
    """A pilot that is being tested."""
    table.recommendation.state = State.IN_PILOT
    table.measures = the_measures(table.recommendation)
    return a_pilot(table.recommendation, table.kim)
