"""A world on each database, built once for all that walk through it."""

from contextlib import ExitStack

import pytest

from tests.access.neighbours import two_partnerships
from tests.conftest import KINDS, a_database


@pytest.fixture(scope="session", params=KINDS)
def walk(request, tmp_path_factory):
    """A walk through the world on one of the two databases; the other partnership's is on SQLite."""
    folder = tmp_path_factory.mktemp(f"world-{request.param}")
    with ExitStack() as stack:
        first = a_database(request, folder, stack)
        yield stack.enter_context(two_partnerships(folder, first, f"sqlite:///{folder / 'elsewhere.db'}"))
