"""Withdrawing a testimony: its words go in this transaction, and from every file of the database after it (L6)."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from coprod.core import wiping
from coprod.core.clock import today
from coprod.core.db import after_commit, db, here
from coprod.evidence import queries, rules
from coprod.evidence.models import Evidence, Testimony
from coprod.evidence.services.library import hold
from coprod.files import services as files
from coprod.people.models import Person
from coprod.workstreams.models import Membership, Words
from coprod.workstreams.services import when_left

_DUE, _LEDGER = "testimony-to-wipe", "withdrawn"
Forgetting = Callable[[Evidence], None]
_FORGETTING: list[Forgetting] = []
_TABLES = ["evidence", "testimony", "stored_file"]


def when_gone(table: str) -> Callable[[Forgetting], Forgetting]:
    """Let a later feature forget what it says of a testimony, in the transaction in which its words go.

    `table` is where it said it: no byte of it is left in a file of the database either.
    """

    def follow(forgetting: Forgetting) -> Forgetting:
        _FORGETTING.append(forgetting)
        _TABLES.append(table)
        return forgetting

    return follow


def withdraw(evidence: Evidence, *, by: Person) -> None:
    """Take a testimony back, everywhere at once; nothing says who did, nor whose it was."""
    _end(_testimony_of(evidence), "withdrawn", rules.WITHDRAWN, by=by)


def withdraw_all_of(person: Person) -> int:
    """Take back every testimony of somebody who is erased; answer how many those were."""
    found = queries.told_by(person)
    for evidence in found:
        _end(_testimony_of(evidence), "withdrawn by itself", rules.WITHDRAWN, by=None)
    return len(found)


def end(key: UUID) -> None:
    """Let a testimony's words go that was given until a day, unless its teller gave it for longer, or took it back."""
    testimony = db.session.get_one(Testimony, key)
    hold(testimony.evidence)
    if rules.is_over(testimony, today()):
        _end(testimony, "ended", rules.ENDED, by=None)


def _testimony_of(evidence: Evidence) -> Testimony:
    if evidence.testimony is None:
        raise LookupError("Only a testimony can be withdrawn.")
    return evidence.testimony


def _end(testimony: Testimony, name: str, title: str, *, by: Person | None) -> None:
    hold(testimony.evidence)
    rules.TESTIMONY.make(by, name, testimony)
    testimony.withdrawn_on, testimony.person = today(), None
    evidence = testimony.evidence
    file, evidence.file = evidence.file, None
    evidence.title = title
    evidence.says = evidence.source = evidence.period = evidence.address = evidence.content_note = ""
    db.session.flush()
    for forget in _FORGETTING:
        forget(evidence)
    if file is not None:
        files.wipe(file)
    after_commit(_write_down(here().keys, evidence.id))


@when_left
def _when_left(membership: Membership, _: bool) -> None:
    """Whoever leaves says whether her words stay, without her name; both are hers, and she may withdraw later too."""
    if membership.words == Words.TAKE_OUT:
        for evidence in queries.told_in(membership.person, membership.workstream_id):
            _end(_testimony_of(evidence), "withdrawn", rules.WITHDRAWN, by=membership.person)


# --- No byte of it is left in a file of the database, and no restore brings it back.


def _write_down(folder: Path, *keys: UUID) -> Callable[[], None]:
    """Once it is committed: the wiping is due, and a ledger beside the keys names what went, by its key alone."""

    def write_down() -> None:
        (folder / _DUE).touch(mode=0o600)
        with open(folder / _LEDGER, "a", opener=_for_us_alone) as ledger:
            ledger.writelines(f"{key}\n" for key in keys)
            ledger.flush()
            os.fsync(ledger.fileno())

    return write_down


def _written_down() -> list[UUID]:
    ledger = here().keys / _LEDGER
    return [UUID(line) for line in ledger.read_text().split()] if ledger.exists() else []


def make_up_for_a_crash() -> int:
    """At start-up, and before a restore: write down what went and is not in the ledger; answer how many those were.

    A testimony's row says by itself that its words went, so what a crash left out after the commit is seen.
    """
    missing = sorted(set(queries.gone()) - set(_written_down()))
    if missing:
        _write_down(here().keys, *missing)()
    return len(missing)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def withdraw_again() -> int:
    """After a restore: let go again of every testimony that went since the backup; answer how many those were."""
    back = queries.given_among(_written_down())
    for testimony in back:
        _end(testimony, "withdrawn by itself", rules.WITHDRAWN, by=None)
    return len(back)


def finish_wiping() -> bool:
    """Rewrite the tables that held the words, once nobody is in the way; a chore of the housekeeper."""
    return wiping.finish(db.engines[here().name], here().keys / _DUE, *_TABLES)
