"""The ledger of erasures beside the keys, which no restore takes back; and the wiping that follows an erasure.

A person's row says by itself that she is erased. So whatever a crash left out after the commit is seen, and made up
for, by laying ledger and database side by side.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from uuid import UUID

from coprod.core import wiping
from coprod.core.db import Root, after_commit, db, here
from coprod.my_data import queries, rules

_LEDGER, _DUE = "erased", "erased-to-wipe"


def place() -> Path:
    """Answer the key folder of this partnership."""
    return here().keys


def kept(folder: Path | None = None) -> list[UUID]:
    """List whom the ledger names."""
    file = (folder or place()) / _LEDGER
    return [UUID(line) for line in file.read_text().split()] if file.exists() else []


def keep_at(folder: Path, keys: Sequence[UUID]) -> Callable[[], None]:
    """Answer what is to be done after the commit: first the wiping is due, then the ledger names them."""

    def keep() -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / _DUE).touch(mode=0o600)
        if keys:
            _write(folder, keys)

    return keep


def _write(folder: Path, keys: Iterable[UUID]) -> None:
    with open(folder / _LEDGER, "a", opener=_for_us_alone) as file:
        file.writelines(f"{key}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def make_up_for_a_crash() -> list[UUID]:
    """At start-up, and before a restore: write down who is erased here and not in the ledger, and wipe for them."""
    known = set(kept())
    missing = [key for key in queries.erased_people() if key not in known]
    if missing:
        keep_at(place(), missing)()
    return missing


def wiping_is_due() -> None:
    """Have what was let go of wiped too, once that is saved."""
    after_commit(keep_at(place(), []))


def finish_wiping() -> bool:
    """Rewrite the tables that held her, once nobody is in the way; a chore of the housekeeper."""
    return wiping.finish(db.engines[here().name], place() / _DUE, *_tables())


def _tables() -> list[str]:
    held = {one.table for one in rules.REGISTER if one.fate == rules.Fate.GOES}
    named = {"agenda_item", "item_note", "note_version", "recommendation", "suggestion", "version", "programme"}
    known = {table.name for table in Root.metadata.sorted_tables}
    return sorted((held | named | {"expense", "handover", "membership", "payment"}) & known)
