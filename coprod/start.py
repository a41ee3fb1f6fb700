"""What every process does once before it serves, for each partnership in turn."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from coprod.core import schema
from coprod.core.db import Partnership, at, db, here
from coprod.evidence import services as evidence
from coprod.my_data import services as my_data
from coprod.voting import services as voting

RESTORING = "restoring"
_SERVING = "serving"


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
    for partnership in each(app):
        if (partnership.keys / RESTORING).exists():
            raise SystemExit("Coprod does not start: bringing a backup back was interrupted. Do it again.")
        if not schema.is_current(db.engines[here().name]):
            raise SystemExit("Coprod does not start: the database is of an older version. Run ./run serve once.")
        voting.finish_interrupted_deletions()
        my_data.make_up_for_a_crash()
        evidence.make_up_for_a_crash()
        db.session.commit()


def hold(app: Flask) -> None:
    """Let it be known, for as long as this process lives, that somebody serves this data folder."""
    try:
        app.extensions["coprod serves"] = _lock(app.config["DATA"], fcntl.LOCK_SH)
    except BlockingIOError as error:
        raise SystemExit("Coprod does not start: a backup is being brought back. Wait until that is done.") from error


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Do something for which nobody may be serving this data folder."""
    try:
        held = _lock(data, fcntl.LOCK_EX)
    except BlockingIOError as error:
        raise SystemExit("Coprod is running over this data folder. Stop it first, then do this again.") from error
    try:
        yield
    finally:
        os.close(held)


def _lock(data: Path, kind: int) -> int:
    held = os.open(data / _SERVING, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise
    return held
