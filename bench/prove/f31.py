"""F31: fifty people of whom something unique is kept everywhere are erased; every byte of every file is searched."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from unittest import mock

from flask import Flask
from sqlalchemy import event, text

from bench.prove import Figure
from bench.prove.stage import KINDS, installation
from coprod.core import mail, texts, wiping
from coprod.core.clock import now
from coprod.core.db import db, here
from coprod.my_data import services
from coprod.voting import services as voting
from tests.my_data.canaries import Aviary
from tests.my_data.searching import found_in_tables, found_on_disk
from tests.voting.ballots import a_table, an_open_vote

PEOPLE = 50


def measure(seed: int, size: int = PEOPLE) -> Figure:
    """Erase them on both databases; then leave the wiping out, which has to be seen."""
    counts: dict[str, object] = {"people": size}
    holds, caught = True, True
    for kind in KINDS:
        sound, naive = erased(kind, seed, size), erased(kind, seed, size, naive=True)
        counts[kind] = sound | {"control": naive["found in files"]}
        clean = not (sound["found in tables"] or sound["found in files"])
        holds = holds and clean and bool(sound["decided is unchanged"]) and sound["strings"] == sound["found before"]
        caught = caught and bool(naive["found in files"])
    return Figure("F31", holds, caught, counts, seed)


def erased(kind: str, seed: int, size: int, *, naive: bool = False) -> dict[str, int]:
    """Fill an installation, erase its canaries, and count their strings before and after, in tables and in files."""
    fault = mock.patch.object(wiping, "rewrite") if naive else nullcontext()
    with installation(kind) as app, _logged(app), fault:
        with app.app_context():
            if naive and kind == "sqlite":
                _without_secure_delete()
            _messages_into_files(app)
            aviary = _filled(seed, size)
            words = [word for canary in aviary.canaries for word in canary.words]
            decided, before = aviary.decided(), found_in_tables(words)
            for canary in aviary.canaries:
                services.erase(canary.person, by=canary.person)
                db.session.commit()
            after = found_in_tables(words)
            unchanged = aviary.decided() == decided
            db.session.remove()
            wiped = services.finish_wiping()
        found = found_on_disk(app, words, seed)
    return {
        "strings": len(words),
        "found before": len(before),
        "found in tables": len(after),
        "found in files": len({word for lying in found.values() for word in lying}),
        "decided is unchanged": int(unchanged and wiped),
    }


def _filled(seed: int, size: int) -> Aviary:
    """A programme in full swing: a vote open at the canaries' own table, messages sent, something searched."""
    aviary = Aviary(size, seed)
    an_open_vote(a_table(name="Another group", programme=aviary.room.programme))
    poll = voting.draft(aviary.room.stream, "One named midwife?", by=aviary.room.sam)
    voting.open_vote(poll, now() + timedelta(days=4), by=aviary.room.sam)
    for canary in aviary.canaries:
        voting.cast(poll, 3, by=canary.person)
        mail.send(canary.person.email, "You have a message", f"Hello {canary.person.alias}")
        texts.send(f"+44{canary.person.phone[1:]}", f"Hi {canary.person.alias}")
    db.session.commit()
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    return aviary


def _messages_into_files(app: Flask) -> None:
    data = Path(app.config["DATA"])
    app.config |= {"TEXT_BACKEND": "file", "TEXT_FOLDER": str(data / "texts"), "MAIL_FILE_PATH": str(data / "mail")}


@contextmanager
def _logged(app: Flask) -> Iterator[None]:
    """Keep everything that is logged in a file of the data folder, to be searched as well."""
    file = logging.FileHandler(Path(app.config["DATA"]) / "log")
    logging.getLogger().addHandler(file)
    yield
    logging.getLogger().removeHandler(file)
    file.close()


# --- The planted fault: SQLite only unlinks what is deleted, and nothing is rewritten.


def _without_secure_delete() -> None:
    def settle(connection: object, _: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF").close()  # type: ignore[attr-defined]

    engine = db.engines[here().name]
    engine.dispose()
    event.listen(engine, "connect", settle)
