"""A data folder of its own, and a partnership in it."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from coprod import create_app
from coprod.core import schema
from coprod.core.db import Root, db
from coprod.messages.models import Message
from coprod.partnerships import commands
from coprod.people import services as people
from coprod.people.sealing import real_now, seal
from tests.conftest import KINDS, a_database
from tests.factories import a_person, a_professional, an_admin
from tests.partnerships.commands import NORTH, added, inside, schema_head


@pytest.fixture
def data(tmp_path, monkeypatch):
    """An empty data folder, and an environment that says nothing else."""
    for name in ("COPROD_KEYS", "COPROD_BACKUPS", "COPROD_SECRET", "COPROD_HOSTS", "DATABASE_URL", "COPROD_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COPROD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COPROD_MODE", "test")
    monkeypatch.setenv("COPROD_DEMONSTRATION", "no")
    monkeypatch.setattr(schema, "upgrade", _upgrade)
    return tmp_path / "data"


REALLY_UPGRADE = schema.upgrade


def _upgrade(engine, to="head"):
    """An empty database comes to the newest schema in one step: the migrations have tests of their own."""
    if inspect(engine).get_table_names() or to not in ("head", schema_head()):
        REALLY_UPGRADE(engine, to)
        return
    with engine.begin() as connection:
        Root.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": schema_head()})


@pytest.fixture
def opened(monkeypatch):
    """The partnerships whose databases each command opened."""
    names = []

    def noting(config):
        names.extend(one.name for one in config["PARTNERSHIPS"])
        return create_app(config)

    monkeypatch.setattr(commands, "create_app", noting)
    return names


@pytest.fixture(params=KINDS)
def north(request, data, tmp_path):
    """A partnership in use, on either database: Lee, Robin who is signed in, and Kim."""
    with ExitStack() as stack:
        where = a_database(request, tmp_path, stack)
        added("north", "--host", NORTH, *(["--database", where] if request.param == "postgresql" else []))
        with inside(data, "north"):
            robin, kim = a_person("Robin"), a_professional("Kim")
            an_admin("Lee")
            kim.totp = seal("authenticator", "ABC")
            people.begin_session(robin)
            people.ask_for_code("kim@example.org")
            for due in (real_now() - timedelta(hours=1), real_now() + timedelta(days=1)):
                db.session.add(Message(purpose="vote", person_id=robin.id, thing_id=kim.id, due=due))
            db.session.commit()
        yield data
