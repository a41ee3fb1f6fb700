"""Migrations: forward and back on both databases, over filled tables, and never a row lost (R7)."""

import shutil
from contextlib import ExitStack

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from coprod.core import schema
from coprod.core.db import Root, db, here
from tests import factories
from tests.conftest import KINDS, a_database, make_app

NOWHERE = "UPDATE membership SET person_id = '00000000000000000000000000000000' WHERE role = 'facilitator'"
HEAD = "from alembic import op\nimport sqlalchemy as sa\n\nrevision = '{}'\ndown_revision = '{}'\n\n\n"


@pytest.fixture(params=KINDS)
def engine(request, tmp_path):
    """An empty database, its application's context around it."""
    with ExitStack() as stack:
        made = make_app(tmp_path, a_database(request, tmp_path, stack))
        stack.enter_context(made.app_context())
        yield db.engines[here().name]
        db.session.remove()
        db.engines[here().name].dispose()


@pytest.fixture
def revisions(tmp_path, monkeypatch):
    """A copy of the migrations to add to, and the name of their newest."""
    copied = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", copied)
    return copied / "versions", ScriptDirectory(str(copied)).get_current_head()


def _tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def _rows(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT alias FROM person ORDER BY alias")).scalars().all()


def _fill():
    factories.a_stream(facilitator=factories.a_professional("Fay"), members=[factories.a_person("Mo")])
    db.session.commit()


def test_the_migrations_make_what_the_models_say(engine):
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    assert schema.is_current(engine)
    assert schema.drift(engine) == []
    assert _tables(engine) == {table.name for table in Root.metadata.sorted_tables}


def test_a_second_upgrade_changes_nothing(engine):
    schema.upgrade(engine)
    _fill()
    schema.upgrade(engine)
    assert _rows(engine) == ["Fay", "Mo"]


def test_every_migration_goes_back_and_forward_over_filled_tables(engine):
    schema.upgrade(engine)
    _fill()
    steps = [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()]
    for revision in [*steps[1:], "base"]:
        schema.downgrade(engine, revision)
    assert _tables(engine) == set()
    schema.upgrade(engine)
    assert schema.drift(engine) == []


def test_a_migration_that_loses_rows_is_rolled_back(engine, revisions):
    """R7."""
    schema.upgrade(engine)
    _fill()
    versions, newest = revisions
    (versions / "9999_lossy.py").write_text(
        HEAD.format("9999", newest)
        + "def upgrade():\n    op.execute('DELETE FROM membership')\n\n\ndef downgrade():\n    pass\n"
    )
    with pytest.raises(schema.LostRows, match="membership"):
        schema.upgrade(engine)
    assert not schema.is_current(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM membership")).scalar() == 2


def test_a_migration_that_leaves_a_row_pointing_nowhere_is_rolled_back(engine, revisions):
    """R7: SQLite's foreign keys are off while tables are rebuilt; PostgreSQL refuses by itself."""
    schema.upgrade(engine)
    _fill()
    versions, newest = revisions
    (versions / "9999_dangling.py").write_text(
        HEAD.format("9999", newest) + f"def upgrade():\n    op.execute({NOWHERE!r})\n\n\ndef downgrade():\n    pass\n"
    )
    with pytest.raises(Exception, match=r"no longer there|ForeignKeyViolation"):
        schema.upgrade(engine)
    assert not schema.is_current(engine)


def test_drift_is_noticed(engine):
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    assert ["shoe_size" in difference for difference in schema.drift(engine)] == [True]


def test_the_next_migration_is_numbered_and_says_what_changed(engine, revisions):
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    versions, newest = revisions
    path = schema.new_migration(engine, "Drop the shoe size!")
    assert path.name == f"{int(newest) + 1:04}_drop_the_shoe_size.py"
    assert "shoe_size" in path.read_text()
    assert ScriptDirectory(str(versions.parent)).get_current_head() == f"{int(newest) + 1:04}"


def test_foreign_keys_hold_again_after_a_migration(engine):
    schema.upgrade(engine)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_every_table_is_emptied_whatever_points_where(engine):
    Root.metadata.create_all(engine)
    _fill()
    with engine.begin() as connection:
        schema.empty(connection)
    assert _rows(engine) == []
