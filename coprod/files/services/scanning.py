"""Having files looked through by a virus scanner (clamd), where one is set up; until then they wait (O6)."""

import logging
import socket
import struct
import time
from uuid import UUID

from flask import current_app

from coprod.core.db import db
from coprod.files import queries, rules

_PATIENCE = 20
"""How many seconds the scanner has for one file, from the first word to the last."""
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096

log = logging.getLogger(__name__)


class NoAnswer(Exception):  # noqa: N818 - a name that says what happened
    """The scanner said neither yes nor no of one file."""


class Clamd:
    """A scanner one file is shown to: it is reached in its own time, and then has so many seconds and no more."""

    def __init__(self, address: str) -> None:
        self.until = time.monotonic() + _PATIENCE
        self.socket = _reached(address)

    def say(self, words: bytes) -> None:
        """Send this, as fast as it is taken."""
        self.socket.settimeout(self._left())
        self.socket.sendall(words)

    def line(self) -> bytes:
        """Hear one line, or what there is of it once it hangs up."""
        said = b""
        while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
            self.socket.settimeout(self._left())
            if not (more := self.socket.recv(_LONGEST_ANSWER)):
                break
            said += more
        return said.rstrip(b"\0").strip()

    def _left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def scan_waiting() -> int:
    """Have every waiting file looked through; answer how many were.

    A job of its own, and so it commits: while the scanner reads, nothing is held. Where it cannot be asked, or takes
    too long, files wait on, and this run ends; a file it has no answer for keeps no other waiting. Where none is set
    up any more, what waited is let through.
    """
    keys = queries.waiting()
    db.session.commit()
    done = 0
    for key in keys:
        try:
            done += _scan(key)
        except (OSError, NoAnswer) as error:
            log.error("A file could not be looked through and waits: %s", type(error).__name__)
            if not isinstance(error, NoAnswer):
                break
    return done


def _scan(key: UUID) -> bool:
    file = queries.one_waiting(key)
    content = file.content if file else b""
    db.session.commit()
    is_clean = file is None or _says_clean(current_app.config["CLAMD"], content)
    file = queries.one_waiting(key)
    if file is None:
        db.session.rollback()
        return False
    rules.LIFECYCLE.make(None, "found clean" if is_clean else "refused by the scanner", file)
    if not is_clean:
        file.content, file.size = b"", 0
    db.session.commit()
    return True


def _says_clean(address: str, content: bytes) -> bool:
    """Ask clamd in its own words: pieces with their lengths, a piece of none, and one line back."""
    if not address:
        return True
    clamd = Clamd(address)
    with clamd.socket:
        said = _asked(clamd, content)
    if said == b"stream: OK":
        return True
    if said.startswith(b"stream: ") and said.endswith(b" FOUND"):
        return False
    raise NoAnswer


def _asked(clamd: Clamd, content: bytes) -> bytes:
    try:
        clamd.say(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            clamd.say(struct.pack("!I", len(piece)) + piece)
        clamd.say(struct.pack("!I", 0))
        return clamd.line()
    except ConnectionError as error:
        # It hangs up in the middle of what it does not want to read to its end.
        raise NoAnswer from error


def _reached(address: str) -> socket.socket:
    if "/" in address:
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(_PATIENCE)
        clamd.connect(address)
        return clamd
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE)
