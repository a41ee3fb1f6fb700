"""Bringing a database to the present schema without losing a row (R7)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from coprod.core.db import Root

MIGRATIONS = Path(__file__).parents[2] / "migrations"


class LostRows(Exception):  # noqa: N818 - a name that says what happened
    """A migration would have dropped rows of a table that stays; it was rolled back."""


def upgrade(engine: Engine, to: str = "head") -> None:
    """Migrate forward, keeping every row of every table that stays."""
    with _settled(engine) as connection:
        before = _counts(connection)
        command.upgrade(_config(connection), to)
        _refuse_lost_rows(before, _counts(connection))


def downgrade(engine: Engine, to: str) -> None:
    """Migrate back to a revision, or to "base"."""
    with _settled(engine) as connection:
        command.downgrade(_config(connection), to)


def new_migration(engine: Engine, name: str) -> Path:
    """Write the next numbered migration: what the models say and the database does not."""
    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    with _settled(engine) as connection:
        script: Any = command.revision(_config(connection), name, autogenerate=True, rev_id=f"{number:04}")
    path = MIGRATIONS / "versions" / f"{number:04}_{slug}.py"
    Path(script.path).rename(path)
    return path


def drift(engine: Engine) -> list[str]:
    """List what the migrations leave different from the models."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Root.metadata)]


def is_current(engine: Engine) -> bool:
    """Answer whether a database is at the newest revision."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        return found == ScriptDirectory.from_config(_config(connection)).get_current_head()


def empty(connection: Connection) -> None:
    """Delete every row of every table, in the caller's transaction."""
    names = [f'"{table.name}"' for table in Root.metadata.sorted_tables]
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"TRUNCATE {', '.join(names)}"))
        return
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    for name in names:
        connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - names of our own tables


@contextmanager
def _settled(engine: Engine) -> Iterator[Connection]:
    """Lend a connection on which SQLite does not follow foreign keys while tables are rebuilt; check them after."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF").close()  # type: ignore[union-attr]
        with connection.begin():
            yield connection
            if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise LostRows("A row points at something that is no longer there.")
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON").close()  # type: ignore[union-attr]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _counts(connection: Connection) -> dict[str, int]:
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    quote = connection.dialect.identifier_preparer.quote
    counted = {name: connection.execute(text(f"SELECT count(*) FROM {quote(name)}")) for name in names}  # noqa: S608 - names of our own tables
    return {name: found.scalar_one() for name, found in counted.items()}


def _refuse_lost_rows(before: dict[str, int], after: dict[str, int]) -> None:
    lost = [name for name, rows in before.items() if name in after and after[name] < rows]
    if lost:
        raise LostRows(f"Rows would be lost in: {', '.join(lost)}.")
