"""A group the day before it meets: Sam runs it, Robin and Kit sit there with lived experience, Ada is a midwife."""

from collections.abc import Callable

import pytest

from coprod.cycles.models import Session
from coprod.people.models import Person
from tests.cycles.conftest import Table
from tests.cycles.conftest import agreed as agreed
from tests.cycles.conftest import cycle as cycle
from tests.cycles.conftest import published as published
from tests.cycles.conftest import table as table
from tests.messages.conftest import post_box as post_box

__all__ = ["agreed", "cycle", "post_box", "published", "table"]


@pytest.fixture
def kit(table: Table) -> Person:
    return next(place.person for place in table.stream.memberships if place.person.alias == "Kit")


@pytest.fixture
def eve(published: Session, clock: Callable[..., None]) -> Session:
    """The first session, at noon on the day before."""
    clock(2025, 12, 1, 12, 0)
    return published
