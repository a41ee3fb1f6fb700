"""The beginning of every walk, made once on each database for all of them."""

from collections.abc import Iterator

import pytest

from bench.prove.stage import installation
from tests.walk.stage import Stage


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Everybody in their places, with something in each state."""
    with installation(request.param) as app:
        yield Stage(app)
