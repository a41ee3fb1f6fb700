"""A steering group with three areas, its chair, and two groups that meet."""

from types import SimpleNamespace

import pytest

from coprod.core.db import db
from coprod.principles.models import Priority
from tests import factories as make


@pytest.fixture
def table(database: None) -> SimpleNamespace:
    """Alex chairs and Kim is a parent there; Sam runs both groups, Lou the mothers' alone; Ada is an admin."""
    return a_table()


def a_table() -> SimpleNamespace:
    programme = make.a_programme()
    people = {name.lower(): make.a_professional(name) for name in ("Alex", "Sam", "Lou")}
    kim, robin = make.a_person("Kim"), make.a_person("Robin")
    steering = make.a_steering_group(programme, chair=people["alex"], members=[kim])
    mothers = make.a_stream(programme, "Mothers", facilitator=people["sam"], members=[robin])
    fathers = make.a_stream(programme, "Fathers", facilitator=people["sam"])
    make.a_membership(mothers, people["lou"], make.Role.FACILITATOR, make.Seat.TEAM)
    areas = [an_area(programme, number, words) for number, words in enumerate(("One midwife", "Fathers", "A map"), 1)]
    return SimpleNamespace(
        programme=programme, steering=steering, mothers=mothers, fathers=fathers, areas=areas,
        kim=kim, robin=robin, ada=make.an_admin(), **people,
    )  # fmt: skip


def an_area(programme, number: int, wording: str) -> Priority:
    area = Priority(programme=programme, number=number, wording=wording)
    db.session.add(area)
    db.session.flush()
    return area
