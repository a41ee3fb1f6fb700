"""What somebody holds who has the whole disk but the key folder: tables in the order they lie, and every byte."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, inspect, text

from coprod.core.db import db, here

Row = dict[str, object]


@dataclass
class Disk:
    """Every table's rows in every order the disk betrays, and the raw files."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def seize(app: Flask) -> Disk:
    """Copy everything outside the key folder at this moment."""
    disk = Disk()
    with app.app_context():
        engine = db.engines[here().name]
        with engine.connect() as connection:
            for name in inspect(connection).get_table_names():
                for order in _orders(connection, name):
                    statement = f'SELECT * FROM "{name}"' if not order else f'SELECT * FROM "{name}" ORDER BY {order}'  # noqa: S608 - our own names
                    rows = connection.execute(text(statement)).mappings().all()
                    disk.tables[f"{name} by {order or 'nothing'}"] = [dict(row) for row in rows]
    for path in _all_files(Path(app.config["DATA"]), here_keys(app)):
        disk.files[path.name] = path.read_bytes()
    with app.app_context():
        _seize_server(disk, db.engines[here().name])
    return disk


def _seize_server(disk: Disk, engine: Engine) -> None:
    """Copy what a PostgreSQL server of our own has on its disk: this database's files, and its write-ahead log."""
    home = engine.url.query.get("host")
    if not isinstance(home, str) or not Path(home, "data").is_dir():
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        number = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    for name, folder in (("heap", f"base/{number}"), ("log", "pg_wal")):
        files = sorted(path for path in Path(home, "data", folder).iterdir() if path.is_file())
        disk.files[name] = b"".join(path.read_bytes() for path in files)


def here_keys(app: Flask) -> Path:
    """Answer the key folder, the one thing the attacker does not have."""
    return Path(app.config["PARTNERSHIPS"][0].keys)


def _orders(connection, name: str) -> Iterator[str]:
    yield ""
    if connection.dialect.name == "postgresql":
        yield from ("ctid", "xmin::text::bigint, ctid", "cmin::text::bigint, ctid")
    elif _has_rowid(connection, name):
        yield "rowid"


def _has_rowid(connection, name: str) -> bool:
    made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar() or ""
    return "WITHOUT ROWID" not in made


def _all_files(folder: Path, keys: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and keys not in path.parents)


def forms_of(key: UUID) -> list[bytes]:
    """List the ways an id can lie on the disk."""
    return [key.bytes, key.hex.encode(), str(key).encode()]


def dump_of(app: Flask) -> bytes:
    """Answer a logical dump, as a backup would hold it; empty where the files say it already."""
    database = Path(app.config["DATA"]) / "coprod.db"
    if not database.exists():
        return b""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return "\n".join(connection.iterdump()).encode()
