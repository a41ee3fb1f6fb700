"""A recommendation that was sent to its steering group, and the people around it."""

from types import SimpleNamespace

import pytest

from tests import factories as make
from tests.outcomes.builders import a_recommendation


@pytest.fixture
def table(database: None) -> SimpleNamespace:
    """Two tables and a recommendation between them: Sam facilitates, Alex chairs, Robin and Mia are members."""
    programme = make.a_programme()
    sam, alex, mia = make.a_professional("Sam"), make.a_professional("Alex"), make.a_professional("Mia")
    robin, kim, cyd = make.a_person("Robin"), make.a_person("Kim"), make.a_person("Cyd")
    steering = make.a_steering_group(programme, chair=alex, members=[kim])
    stream = make.a_stream(programme, facilitator=sam, members=[robin, mia])
    recommendation = a_recommendation(stream, steering)
    return SimpleNamespace(
        stream=stream, steering=steering, recommendation=recommendation, programme=programme,
        sam=sam, alex=alex, mia=mia, robin=robin, kim=kim, cyd=cyd,
    )  # fmt: skip
