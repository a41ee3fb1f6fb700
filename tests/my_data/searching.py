"""Looking for strings in every table, and in every byte of an installation's files."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.prove.disk import here_keys, seize
from coprod.core.db import Root, db, here
from tests.my_data.canaries import SEED, phone_mark, word_mark


def found_in_tables(words: list[str]) -> list[str]:
    """List which of these words stand in any row of any table."""
    rows = (row for table in Root.metadata.sorted_tables for row in db.session.execute(select(table)))
    said = "\n".join(repr(tuple(row)) for row in rows)
    return [word for word in words if word in said]


def found_on_disk(app: Flask, words: list[str], seed: int = SEED) -> dict[str, list[str]]:
    """Answer which words lie in which files: the database's, its logs', messages', and the key folder's."""
    files = dict(seize(app).files)
    files |= {f"keys/{path.name}": path.read_bytes() for path in here_keys(app).rglob("*") if path.is_file()}
    files |= _of_the_server(app)
    suspect = {name: held for name, held in files.items() if any(_lies_in(mark, held) for mark in marks(seed))}
    return {name: [word for word in words if _lies_in(word, held)] for name, held in suspect.items()}


def _of_the_server(app: Flask) -> dict[str, bytes]:
    """Read every other file of a PostgreSQL server of our own: its log, its shared tables, what it keeps aside."""
    with app.app_context():
        home = db.engines[here().name].url.query.get("host")
    if not isinstance(home, str):
        return {}
    folders = [
        Path(home, "log"),
        *(Path(home, "data", name) for name in ("global", "pg_stat", "pg_xact", "pg_twophase")),
    ]
    paths = [path for folder in folders for path in [folder, *folder.rglob("*")] if path.is_file()]
    return {f"server/{path.name}": path.read_bytes() for path in paths}


def marks(seed: int) -> tuple[str, str]:
    """What every canary has in it, looked for first: a write-ahead log is long."""
    return word_mark(seed), phone_mark(seed)


def _lies_in(word: str, held: bytes) -> bool:
    return any(word.encode(form) in held for form in ("utf-8", "utf-16-le", "utf-16-be"))
