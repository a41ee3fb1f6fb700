"""Bank details, sealed with a key that is its own file outside the database and every backup (domain rule 27)."""

import json
import os
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from coprod.core.db import here
from coprod.payments.rules import BankDetails

FILE = "bank-details.key"
SIZE = 512


class KeyLost(Exception):  # noqa: N818 - a name that says what happened
    """What was sealed cannot be read any more, so its owner is asked again."""


def key_folder() -> Path:
    """Answer where the key to this partnership's bank details is kept: never in the data folder."""
    return here().keys / "payments"


def seal(person_id: UUID, details: BankDetails) -> bytes:
    """Seal one person's details: one size for all, and worth nothing in anybody else's row."""
    words = json.dumps([details.name, details.sort_code, details.account], ensure_ascii=False).encode()
    return bytes(SecretBox(_key()).encrypt((person_id.bytes + words).ljust(SIZE, b" ")))


def unseal(person_id: UUID, sealed: bytes) -> BankDetails:
    """Read one person's details; without the key, or in another's row, they are lost."""
    try:
        plain = SecretBox(_read(key_folder() / FILE)).decrypt(sealed)
    except (OSError, ValueError, TypeError, CryptoError) as error:
        raise KeyLost from error
    if plain[:16] != person_id.bytes:
        raise KeyLost
    return BankDetails(*json.loads(plain[16:]))


def _key() -> bytes:
    """Answer the key; the first to need one makes it, whole or not at all."""
    kept = key_folder() / FILE
    if not kept.exists():
        _make(kept)
    return _read(kept)


def _make(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = kept.with_name(f"{uuid4()}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(random(SecretBox.KEY_SIZE))
        file.flush()
        os.fsync(file.fileno())
    # Of two at once, one key stands, and both read that one.
    with suppress(FileExistsError):
        os.link(draft, kept)
    draft.unlink()
    _sync(kept.parent)


def _read(kept: Path) -> bytes:
    return kept.read_bytes()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
