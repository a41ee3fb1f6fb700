"""A backup of one partnership's database, of one moment, looked at before it is called good (R8).

It holds the database and a manifest. The key folder is never in it (B4), so a stolen backup opens no vote and no seal.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from coprod.core.db import db, here, sqlite_module
from coprod.people.sealing import hashed

MANIFEST = "manifest.json"
SQLITE_FILE = "coprod.db"
KEPT = timedelta(days=35)
_PIECE = 1 << 20
_COLUMNS = """SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = to_regclass(:named) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""


class NotGood(Exception):  # noqa: N818 - a name that says what happened
    """A backup is not what its manifest says; its words say how."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    kind: str
    revision: str
    moment: str
    sealed_with: str
    """A keyed hash: whoever restores can tell whether the key folder is still the one that belongs to it."""
    counts: dict[str, int]
    files: dict[str, str]


def back_up(to: Path, now: datetime) -> Path:
    """Make a backup of this partnership below a folder; answer where it is, once it has been looked at."""
    engine = db.engines[here().name]
    folder = to / f"{now:%Y-%m-%dT%H%M%S.%fZ}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        counts, revision = _copy(engine, folder)
        files = {path.name: fingerprint_of(path) for path in sorted(folder.iterdir())}
        manifest = Manifest(engine.dialect.name, revision, now.isoformat(), sealed_with(), counts, files)
        check(folder, manifest)
        if engine.dialect.name == "postgresql":
            _try_loading(engine, folder, counts)
    except BaseException:
        shutil.rmtree(folder)
        raise
    _write(folder / MANIFEST, json.dumps(asdict(manifest), indent=2))
    return folder


def sealed_with() -> str:
    """Answer what tells this partnership's secret from any other, and gives nothing of it away."""
    return hashed("backup", "which secret")


def read(folder: Path) -> Manifest:
    """Read a backup's manifest; without one the backup was never finished."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NotGood(f"There is no finished backup in {folder}.") from error


def check(folder: Path, manifest: Manifest) -> None:
    """Open a backup, look through it and count it; refuse what is not as it was written."""
    for name, fingerprint in manifest.files.items():
        if not (folder / name).exists() or fingerprint_of(folder / name) != fingerprint:
            raise NotGood(f"The backup in {folder} has changed since it was made, or is not whole: {name}.")
    found = _open_sqlite(folder) if manifest.kind == "sqlite" else _open_postgresql(folder)
    if found != manifest.counts:
        raise NotGood(f"The backup in {folder} does not hold as many rows as it should.")


def forget_old(folder: Path, now: datetime) -> list[Path]:
    """Delete finished backups that are older than they may be: who is erased is then in none of them (L6)."""
    old = []
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        if now - datetime.fromisoformat(read(path.parent).moment) > KEPT:
            shutil.rmtree(path.parent)
            old.append(path.parent)
    return old


def tables_of(connection: Connection) -> list[str]:
    """List the tables that hold something to keep."""
    return sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})


def counted(connection: Connection) -> dict[str, int]:
    """Count every table's rows."""
    quote = connection.dialect.identifier_preparer.quote
    asked = {name: text(f"SELECT count(*) FROM {quote(name)}") for name in tables_of(connection)}  # noqa: S608 - our own tables
    return {name: connection.execute(question).scalar_one() for name, question in asked.items()}


def copy_words(connection: Connection, table: str) -> str:
    """Name a table with its columns, as COPY wants it."""
    columns = connection.scalars(text(_COLUMNS), {"named": f'"{table}"'})
    return f'"{table}" ({", ".join(columns)})'


def fingerprint_of(path: Path) -> str:
    """Answer a file's SHA-256."""
    found = hashlib.sha256()
    for piece in pieces(path):
        found.update(piece)
    return found.hexdigest()


def pieces(path: Path) -> Iterator[bytes]:
    """Read a file bit by bit."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _copy(engine: Engine, folder: Path) -> tuple[dict[str, int], str]:
    return _copy_sqlite(engine, folder) if engine.dialect.name == "sqlite" else _copy_postgresql(engine, folder)


def _copy_sqlite(engine: Engine, folder: Path) -> tuple[dict[str, int], str]:
    """Writers wait while one connection holds them back, counts, and another writes the copy: both see one moment."""
    with engine.connect() as holding:
        counts, revision = counted(holding), _revision(holding)
        other = engine.raw_connection()
        try:
            raw: Any = other.driver_connection
            raw.execute("VACUUM INTO ?", (str(folder / SQLITE_FILE),)).close()
        finally:
            other.close()
    (folder / SQLITE_FILE).chmod(0o600)
    return counts, revision


def _copy_postgresql(engine: Engine, folder: Path) -> tuple[dict[str, int], str]:
    """All tables are read in one transaction that sees one moment, whatever is written meanwhile."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        counts, revision = counted(connection), _revision(connection)
        raw: Any = connection.connection.driver_connection
        for table in counts:
            with (
                open(folder / f"{table}.copy", "wb", opener=_for_us_alone) as file,
                raw.cursor().copy(f"COPY {copy_words(connection, table)} TO STDOUT") as rows,
            ):
                for piece in rows:
                    file.write(piece)
    return counts, revision


def _try_loading(engine: Engine, folder: Path, counts: dict[str, int]) -> None:
    """Load the copy into tables of the same make that nobody else sees and that are gone at once."""
    with engine.connect() as connection, connection.begin() as transaction:
        for table in counts:
            connection.execute(text(f'CREATE TEMPORARY TABLE "{table}" (LIKE public."{table}" INCLUDING ALL)'))
            load(connection, table, folder)
        loaded = {table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one() for table in counts}  # noqa: S608 - our own tables
        transaction.rollback()
    if loaded != counts:
        raise NotGood(f"The backup in {folder} does not hold as many rows as it should.")


def load(connection: Connection, table: str, folder: Path) -> None:
    """Bring one table's rows back on PostgreSQL."""
    raw: Any = connection.connection.driver_connection
    with raw.cursor().copy(f"COPY {copy_words(connection, table)} FROM STDIN") as rows:
        for piece in pieces(folder / f"{table}.copy"):
            rows.write(piece)


def _revision(connection: Connection) -> str:
    return str(MigrationContext.configure(connection).get_current_revision())


def _open_sqlite(folder: Path) -> dict[str, int]:
    connection = sqlite_module().connect(f"{(folder / SQLITE_FILE).as_uri()}?immutable=1", uri=True)
    try:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        if said != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise NotGood(f"The backup in {folder} is damaged.")
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('alembic_version')"
        tables = sorted(name for (name,) in connection.execute(named) if not name.startswith("sqlite_"))
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608 - our own tables
    except sqlite_module().DatabaseError as error:
        raise NotGood(f"The backup in {folder} is damaged.") from error
    finally:
        connection.close()


def _open_postgresql(folder: Path) -> dict[str, int]:
    """One line is one row: COPY writes a line's end within words as two signs."""
    return {path.stem: sum(piece.count(b"\n") for piece in pieces(path)) for path in sorted(folder.glob("*.copy"))}


def _write(path: Path, words: str) -> None:
    with open(path, "w", encoding="utf-8", opener=_for_us_alone) as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
