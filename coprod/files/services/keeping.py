"""A file comes in, waits for the scanner if there is one, and goes with what it belongs to."""

from flask import current_app

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.files import rules
from coprod.files.models import StoredFile
from coprod.files.services.contents import Taken, look_at
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


def keep(stream: Workstream, upload: bytes, name: str, *, by: Person) -> StoredFile:
    """Keep what somebody brought, or say kindly why it cannot be kept (`rules.NotTaken`)."""
    return keep_taken(stream, look_at(upload, name), by=by)


def keep_taken(stream: Workstream, taken: Taken, *, by: Person, named: bool = True) -> StoredFile:
    """Keep a file that was looked at; unless it is `named`, nothing says who brought it, and its own name goes too."""
    require(rules.may_keep(by, stream))
    file = StoredFile(
        workstream=stream,
        name=taken.name if named else rules.name_for("", taken.kind),
        kind=taken.kind,
        size=len(taken.content),
        content=taken.content,
        on=today(),
        by=by if named else None,
    )
    db.session.add(file)
    db.session.flush()
    if not current_app.config["CLAMD"]:
        rules.LIFECYCLE.make(None, "found clean", file)
    return file


def wipe(file: StoredFile) -> None:
    """Let a file go, content and name, in this very transaction."""
    db.session.delete(file)
    db.session.flush()
