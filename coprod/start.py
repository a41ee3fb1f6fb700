"""What every process does once before it serves, for each partnership in turn."""

from collections.abc import Iterator

from flask import Flask

from coprod.core import schema
from coprod.core.db import Partnership, at, db, here
from coprod.voting import services as voting


def each(app: Flask) -> Iterator[Partnership]:
    """Go into one partnership after the other."""
    for partnership in app.config["PARTNERSHIPS"]:
        with at(app, partnership):
            yield partnership


def migrate(app: Flask) -> None:
    """Bring every database to the present schema."""
    for partnership in each(app):
        schema.upgrade(db.engines[partnership.name])


def finish_what_was_interrupted(app: Flask) -> None:
    """Delete the keys of votes that are over and wipe what a count left (B4, B5); refuse an old schema in one line."""
    for _ in each(app):
        if not schema.is_current(db.engines[here().name]):
            raise SystemExit("Coprod does not start: the database is of an older version. Run ./run serve once.")
        voting.finish_interrupted_deletions()
        db.session.commit()
