"""Sealed envelopes, and the key that opens them: its own file outside the database and every backup (B3, B4, B14)."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import time
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

SUFFIX = ".key"
KEY_SIZE = 16
PLAIN_SIZE = 32
WORDS_SIZE = 2100
YOUNG = 3600


class KeyLost(Exception):  # noqa: N818 - a name that says what happened
    """The private key of a vote cannot be read, so its envelopes can never be opened."""


def make_key(folder: Path, poll_id: UUID) -> bytes:
    """Make a vote's key pair, keep the private half in its own file, prove it reads back; answer the public."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = PrivateKey.generate()
    handle = os.open(_file(folder, poll_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as kept:
        kept.write(bytes(key))
        kept.flush()
        os.fsync(kept.fileno())
    _sync(folder)
    public = bytes(key.public_key)
    open_envelope(folder, poll_id, seal(public, poll_id, 0))
    return public


def seal(public_key: bytes, poll_id: UUID, answer: int) -> bytes:
    """Seal one answer, as one number: 80 bytes, whatever was answered, and never the same twice (B3)."""
    return _seal(public_key, poll_id, answer.to_bytes(PLAIN_SIZE - KEY_SIZE, "little"), PLAIN_SIZE)


def seal_words(public_key: bytes, poll_id: UUID, words: str) -> bytes:
    """Seal what somebody wants the group to know, at most 500 letters: one size for all (P5)."""
    return _seal(public_key, poll_id, words.encode(), WORDS_SIZE)


def _seal(public_key: bytes, poll_id: UUID, content: bytes, size: int) -> bytes:
    return SealedBox(PublicKey(public_key)).encrypt((poll_id.bytes + content).ljust(size, b"\0"))


def open_all(folder: Path, poll_id: UUID, envelopes: Sequence[bytes]) -> list[int]:
    """Open a vote's envelopes in memory; an envelope of another vote, or a spoiled one, stops the count."""
    box = SealedBox(_read(folder, poll_id))
    return [int.from_bytes(_open(box, poll_id, sealed), "little") for sealed in envelopes]


def open_words(folder: Path, poll_id: UUID, sealed: bytes) -> str:
    """Open words that were sealed."""
    return _words(SealedBox(_read(folder, poll_id)), poll_id, sealed)


def open_all_words(folder: Path, poll_id: UUID, sealed_words: Sequence[bytes]) -> list[str]:
    """Open what people wanted the group to know; what cannot be opened is left out, and stops nothing."""
    opened = []
    with suppress(KeyLost):
        box = SealedBox(_read(folder, poll_id))
        for sealed in sealed_words:
            with suppress(KeyLost, UnicodeDecodeError):
                opened.append(_words(box, poll_id, sealed))
    return opened


def _words(box: SealedBox[PrivateKey], poll_id: UUID, sealed: bytes) -> str:
    return _open(box, poll_id, sealed).rstrip(b"\0").decode()


def open_envelope(folder: Path, poll_id: UUID, sealed: bytes) -> int:
    """Open one envelope: used to prove the key at opening, before anybody has voted."""
    return open_all(folder, poll_id, [sealed])[0]


def destroy_key(folder: Path, poll_id: UUID) -> None:
    """Overwrite and delete a vote's private key; done already is done."""
    path = _file(folder, poll_id)
    with suppress(FileNotFoundError):
        with path.open("r+b") as kept:
            kept.write(os.urandom(PLAIN_SIZE))
            kept.flush()
            os.fsync(kept.fileno())
        path.unlink()
        _sync(folder)


def kept_keys(folder: Path) -> list[UUID]:
    """List the votes whose private key is still here."""
    return [UUID(path.stem) for path in sorted(folder.glob(f"*{SUFFIX}"))] if folder.exists() else []


def young_keys(folder: Path) -> set[UUID]:
    """Name the votes whose key was made within the hour: one of them may be about to open in another process."""
    return {key for key in kept_keys(folder) if time() - _file(folder, key).stat().st_mtime < YOUNG}


def wiping_is_due(folder: Path) -> Path:
    """Answer the note that says burnt envelopes are still to be wiped from the database's file."""
    return folder / "wiping-is-due"


def _open(box: SealedBox[PrivateKey], poll_id: UUID, sealed: bytes) -> bytes:
    try:
        plain = box.decrypt(sealed)
    except CryptoError as error:
        raise KeyLost(poll_id) from error
    if plain[:KEY_SIZE] != poll_id.bytes:
        raise KeyLost(poll_id)
    return plain[KEY_SIZE:]


def _read(folder: Path, poll_id: UUID) -> PrivateKey:
    try:
        return PrivateKey(_file(folder, poll_id).read_bytes())
    except (OSError, ValueError, TypeError, CryptoError) as error:
        raise KeyLost(poll_id) from error


def _file(folder: Path, poll_id: UUID) -> Path:
    return folder / f"{poll_id}{SUFFIX}"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
