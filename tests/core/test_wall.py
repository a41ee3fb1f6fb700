"""F23, T1-T6: nothing of one partnership is read at, taken at or shown by another."""

from contextlib import ExitStack

import pytest
from werkzeug.middleware.proxy_fix import ProxyFix

from bench.prove import f23
from coprod.core.db import at, db
from coprod.people.models import Person
from tests.conftest import KINDS, a_database


@pytest.fixture(params=KINDS)
def standing(request, tmp_path):
    """Two partnerships behind one server, on either database."""
    with ExitStack() as stack:
        addresses = []
        for name in f23.HOSTS.values():
            (tmp_path / f"{name} data").mkdir()
            addresses.append(a_database(request, tmp_path / f"{name} data", stack))
        yield stack.enter_context(f23.wall(tmp_path, addresses))


def test_nothing_crosses_the_wall_and_a_wrong_engine_would_be_seen(standing):
    """F23: also where a trusted proxy stands in front, who may not say the host either (T1)."""
    assert _people(standing) == 2 * 17
    found = f23.mixed(standing, 1, 36) | f23.carried_over(standing) | f23.forged(standing)
    assert f23.is_whole(found), found
    standing.app.wsgi_app = ProxyFix(standing.app.wsgi_app, x_for=1, x_proto=1)
    assert f23.forged(standing) == {"strangers answered": 0, "forgeries followed": 0}
    with f23._wrong_engine(1):
        assert f23.mixed(standing, 1, 36)["crossings"] > 0


def _people(standing):
    """One person in two partnerships is two people (T6)."""
    keys = set()
    for place in standing.app.config["PARTNERSHIPS"]:
        with at(standing.app, place):
            keys.update(db.session.scalars(db.select(Person.id)))
    return len(keys)
