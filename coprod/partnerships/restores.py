"""The way back from a backup: the present is put aside first, and nobody erased since comes back with it (R8, L6)."""

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, delete, make_url, text, update

from coprod.core import schema
from coprod.core.db import db, here
from coprod.evidence import services as evidence
from coprod.messages.models import Message, MessageState
from coprod.my_data import services as my_data
from coprod.partnerships import backups
from coprod.partnerships.backups import Manifest, NotGood
from coprod.people.models import Person, SignedIn, Ticket
from coprod.people.sealing import real_now
from coprod.start import RESTORING

_SHORT_LIVED = ("code", "step", "link")
_TIES = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace"""


def restore(folder: Path, aside: Path, now: datetime) -> list[str]:
    """Bring this partnership back to a backup; answer what was done, in lines.

    While the note in the key folder lies there no server starts, so what a crash left half done is never served.
    Doing it again finishes it.
    """
    engine = db.engines[here().name]
    manifest = _good(folder, engine)
    kept = _put_present_aside(engine, aside, now)
    _refuse_if_open_elsewhere(engine)
    (here().keys / RESTORING).touch(mode=0o600)
    _put_in_place(engine, folder, manifest)
    schema.upgrade(engine)
    done = [f"The backup of {manifest.moment} is in place: {sum(manifest.counts.values())} rows.", *kept]
    done += _settle(manifest)
    db.session.commit()
    my_data.finish_wiping()
    (here().keys / RESTORING).unlink()
    return done


def _good(folder: Path, engine: Engine) -> Manifest:
    manifest = backups.read(folder)
    if manifest.kind != engine.dialect.name:
        raise NotGood(f"This backup is of a {manifest.kind} database, and this partnership has {engine.dialect.name}.")
    known = {script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()}
    if manifest.revision not in known:
        raise NotGood("This backup was made by a newer Coprod. Install that one, then restore.")
    backups.check(folder, manifest)
    return manifest


def _put_present_aside(engine: Engine, aside: Path, now: datetime) -> list[str]:
    """Keep what is here now; and write down what went from it, where a crash kept that from a ledger."""
    with engine.connect() as connection:
        is_empty = not backups.tables_of(connection)
    if is_empty:
        return []
    if schema.is_current(engine):
        my_data.make_up_for_a_crash()
        evidence.make_up_for_a_crash()
        db.session.rollback()
    return [f"What was here is put aside: {backups.back_up(aside, now)}"]


def _put_in_place(engine: Engine, folder: Path, manifest: Manifest) -> None:
    if manifest.kind == "sqlite":
        _replace_file(engine, folder / backups.SQLITE_FILE)
    else:
        _reload(engine, folder, manifest)
    with engine.connect() as connection:
        if backups.counted(connection) != manifest.counts:
            raise NotGood("Not every row of the backup came back. Restore it again.")


def _refuse_if_open_elsewhere(engine: Engine) -> None:
    """A write-ahead log that somebody still writes would be laid over the file that is put in place."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        file = Path(make_url(here().database).database or "")
        if file.with_name(f"{file.name}-wal").exists():
            raise NotGood("Another program has this database open. Stop it, then restore.")


def _replace_file(engine: Engine, copy: Path) -> None:
    engine.dispose()
    file = Path(make_url(here().database).database or "")
    new = file.with_name(f"{file.name}.new")
    shutil.copyfile(copy, new)
    new.chmod(0o600)
    with new.open("rb") as written:
        os.fsync(written.fileno())
    new.replace(file)


def _reload(engine: Engine, folder: Path, manifest: Manifest) -> None:
    """Make the tables as they were in the backup's day, and fill them with nothing tied to anything meanwhile."""
    with engine.begin() as connection:
        for table in [*backups.tables_of(connection), "alembic_version"]:
            connection.execute(text(f'DROP TABLE IF EXISTS "{table}" CASCADE'))
    schema.upgrade(engine, manifest.revision)
    with engine.begin() as connection:
        ties = connection.execute(text(_TIES)).all()
        for table, name, _ in ties:
            connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
        _fill(connection, folder, manifest)
        for table, name, tie in ties:
            connection.execute(text(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {tie}'))


def _fill(connection: Connection, folder: Path, manifest: Manifest) -> None:
    for table in manifest.counts:
        connection.execute(text(f'DELETE FROM "{table}"'))  # noqa: S608 - our own tables
        backups.load(connection, table, folder)


def _settle(manifest: Manifest) -> list[str]:
    """End what must not come back to life: sessions, open codes and links, mail that has gone out, erased people."""
    db.session.execute(delete(SignedIn))
    db.session.execute(delete(Ticket).where(Ticket.purpose.in_(_SHORT_LIVED)))
    late = update(Message).where(Message.state == MessageState.WAITING, Message.due <= real_now())
    withdrawn: Any = db.session.execute(late.values(state=MessageState.WITHDRAWN))
    erased, taken_back = my_data.reapply_erasures(), evidence.withdraw_again()
    return [
        "Everybody is signed out; codes and links that were on their way open nothing.",
        f"{withdrawn.rowcount} messages that were due by now are not sent: they may have gone out already.",
        f"{erased} people who had been erased since are erased again.",
        f"{taken_back} testimonies that had been withdrawn or had ended since are gone again.",
        *_seals(manifest),
        "Accounts closed since then are open again, and seats left since then are taken again: do an access review.",
    ]


def _seals(manifest: Manifest) -> list[str]:
    """What another secret sealed cannot be opened here, so it is let go, and said."""
    if manifest.sealed_with == backups.sealed_with():
        return []
    db.session.execute(update(Person).values(totp=None))
    db.session.execute(delete(Ticket).where(Ticket.purpose != "first"))
    return [
        "This backup belongs to another key folder, so nobody's authenticator, recovery code or card works any more.",
        "Professionals set up a new authenticator at their next sign-in; members need new cards.",
        "Who was erased after the backup is written in that key folder alone: see that they are erased here too.",
    ]
