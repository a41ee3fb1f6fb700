"""A group that makes a map, and the steering group that hears of it."""

from datetime import date
from types import SimpleNamespace

import pytest

from coprod.outputs import services
from coprod.outputs.models import OutputKind
from tests import factories as make
from tests.outcomes.builders import a_recommendation


@pytest.fixture
def table(database: None) -> SimpleNamespace:
    """Sam runs the group, Robin sits there; Alex chairs the steering group, Kim is a parent there; Cyd is neither."""
    programme = make.a_programme()
    sam, alex, cyd = (make.a_professional(name) for name in ("Sam", "Alex", "Cyd"))
    robin, kim = make.a_person("Robin"), make.a_person("Kim")
    steering = make.a_steering_group(programme, chair=alex, members=[kim])
    stream = make.a_stream(programme, "Mapping", facilitator=sam, members=[robin], outputs=["A film"])
    recommendation = a_recommendation(stream, steering)
    unsent = a_recommendation(stream, steering, number=2, title="A draft nobody sent", submitted_on=None)
    the_map = services.begin(stream, "Map of help", OutputKind.MAP, by=sam, what_for="So that nobody gets lost")
    return SimpleNamespace(
        programme=programme, steering=steering, stream=stream, recommendation=recommendation, unsent=unsent,
        map=the_map, sam=sam, alex=alex, cyd=cyd, robin=robin, kim=kim,
    )  # fmt: skip


def tried(table) -> None:
    """The map has a version, and somebody tried it."""
    version = services.add_version(table.map, "The first sketch", by=table.sam, on=date(2025, 11, 3))
    services.add_trial(version, "Five parents", "The print is too small", by=table.sam, on=date(2025, 11, 10))


def launched(table) -> None:
    """The map is out, and used at the booking visit."""
    tried(table)
    services.launch(table.map, date(2025, 11, 12), by=table.sam)
    services.begin_use(table.map, "At the booking visit", date(2025, 11, 13), by=table.sam)
