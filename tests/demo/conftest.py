"""The demonstration, loaded once on each database."""

import pytest

from coprod.core.db import db
from coprod.demo import programme
from tests.conftest import KINDS, an_app


@pytest.fixture(scope="module", params=KINDS)
def loaded(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"told-{request.param}")
    with an_app(request, folder, DEMONSTRATION=True) as app:
        with app.app_context():
            programme.load()
            db.session.commit()
        yield app


@pytest.fixture
def told(loaded):
    """The demonstration, to look at."""
    with loaded.app_context():
        yield loaded
        db.session.rollback()
        db.session.remove()
