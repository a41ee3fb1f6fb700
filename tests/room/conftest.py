"""A session on its evening: published, its clock at the start, and a steering group to send ideas to."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from coprod.core.db import db
from coprod.cycles.models import Session
from tests.cycles.conftest import Table
from tests.cycles.conftest import agreed as agreed
from tests.cycles.conftest import cycle as cycle
from tests.cycles.conftest import published as published
from tests.cycles.conftest import table as table
from tests.factories import a_steering_group

Later = Callable[[int], None]


@pytest.fixture
def tonight(table: Table, published: Session, later: Later) -> Session:
    """The first session, at six on its evening."""
    a_steering_group(table.stream.programme)
    db.session.commit()
    later(0)
    return published


@pytest.fixture
def later(published: Session, clock: Callable[..., None]) -> Later:
    """Set the clock so many minutes after the session begins."""
    begins = published.begins
    return lambda minutes: clock(begins + timedelta(minutes=minutes))
