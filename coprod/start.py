"""What every process does once before it serves."""

from flask import Flask

from coprod.core import schema
from coprod.core.db import db, here
from coprod.voting import services as voting


def migrate(app: Flask) -> None:
    """Bring the database to the present schema."""
    with app.app_context():
        schema.upgrade(db.engines[here().name])


def finish_what_was_interrupted(app: Flask) -> None:
    """Delete the keys of votes that are over and wipe what a count left (B4, B5); refuse an old schema in one line."""
    with app.app_context():
        if not schema.is_current(db.engines[here().name]):
            raise SystemExit("Coprod does not start: the database is of an older version. Run ./run serve once.")
        voting.finish_interrupted_deletions()
        db.session.commit()
