"""What every process does once before it serves."""

import os
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from coprod import start
from coprod.core import schema
from coprod.core.db import db, here
from coprod.voting import sealing, services
from tests.voting.ballots import a_table, an_open_vote


@pytest.fixture
def migrated(app, database):
    with db.engines[here().name].begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("DELETE FROM alembic_version"))
        newest = ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest})
    yield app
    db.session.rollback()
    with db.engines[here().name].begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))


def test_old_schema_is_refused_in_one_line(app, database):
    db.session.rollback()
    with pytest.raises(SystemExit, match="older version"):
        start.finish_what_was_interrupted(app)


def test_key_of_a_vote_that_is_over_goes_at_start_b4(migrated):
    table = a_table()
    poll = an_open_vote(table)
    kept = services.key_folder() / f"{poll.id}.key"
    held = kept.read_bytes()
    services.void(poll, by=table.facilitator)
    db.session.commit()
    kept.write_bytes(held)
    start.finish_what_was_interrupted(migrated)
    assert not kept.exists()


def test_key_of_a_vote_just_being_opened_elsewhere_stays_and_an_old_unknown_one_goes_b14(migrated):
    folder = services.key_folder()
    poll = an_open_vote(a_table())
    unknown = [uuid4(), uuid4()]
    for key in unknown:
        sealing.make_key(folder, key)
    os.utime(folder / f"{unknown[1]}.key", (0, 0))
    start.finish_what_was_interrupted(migrated)
    assert sorted(sealing.kept_keys(folder)) == sorted([poll.id, unknown[0]])


def test_wiping_that_a_crash_left_is_done_at_start_b5(migrated):
    due = sealing.wiping_is_due(services.key_folder())
    due.parent.mkdir(parents=True, exist_ok=True)
    due.touch()
    an_open_vote(a_table())
    start.finish_what_was_interrupted(migrated)
    assert not due.exists()
