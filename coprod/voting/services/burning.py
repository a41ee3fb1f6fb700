"""When a vote is over nothing of any one answer is left: no envelope, no key, no page of the file (B4, B5)."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, delete

from coprod.core import wiping
from coprod.core.db import after_commit, db, here
from coprod.voting import queries, sealing
from coprod.voting.models import Envelope, PaperCount, Poll, SealedWorry
from coprod.voting.services.telling import forget_what_was_sent


def key_folder() -> Path:
    """Answer where the private keys of this partnership's open votes are kept: never in the data folder (B4)."""
    return here().keys / "votes"


def here_engine() -> Engine:
    """Answer this partnership's engine."""
    return db.engines[here().name]


def burn(poll: Poll) -> None:
    """Take away whatever was sealed, and, once that is kept, the key that opened it."""
    for sealed in (Envelope, SealedWorry, PaperCount):
        db.session.execute(delete(sealed).where(sealed.poll_id == poll.id))
    forget_what_was_sent(poll)
    db.session.flush()
    engine, folder, over = here_engine(), key_folder(), [poll.id]
    after_commit(lambda: _wipe(engine, folder, over))


def finish_interrupted_deletions() -> list[UUID]:
    """At start-up: delete the keys of votes that are over, and clear the traces a crash may have left (B4, B5)."""
    young = sealing.young_keys(key_folder())
    over = queries.finished_among(sealing.kept_keys(key_folder()), being_opened=young)
    engine, folder = here_engine(), key_folder()
    after_commit(lambda: _wipe(engine, folder, over))
    return over


def _wipe(engine: Engine, folder: Path, polls: list[UUID]) -> None:
    if polls:
        sealing.wiping_is_due(folder).touch()
    for poll_id in polls:
        sealing.destroy_key(folder, poll_id)
    finish_wiping(engine, folder)


def finish_wiping(engine: Engine, folder: Path) -> None:
    """Rewrite the database so that no burnt envelope is left in it; when somebody is in the way, a later call does."""
    due = sealing.wiping_is_due(folder)
    if not due.exists():
        return
    try:
        _vacuum(engine)
    except (wiping.InTheWay, engine.dialect.loaded_dbapi.OperationalError):
        return
    due.unlink(missing_ok=True)


def _vacuum(engine: Engine) -> None:
    wiping.vacuum(
        engine, "envelope", "roll_entry", "result", "poll", "sealed_worry", "worry", "paper_count", "result_line"
    )
