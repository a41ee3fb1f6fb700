"""What a file is, by its content, and the content that is kept of it: made anew wherever that can be done (O6, F30).

Each kind is looked at with what reads it: the first bytes are only where to begin.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from coprod.files.models import FileKind
from coprod.files.rules import (
    BROKEN,
    MANY_DOTS,
    MOST_BYTES,
    MOST_DOTS,
    NOT_OURS,
    NOTHING_IN_IT,
    TOO_LARGE,
    NotTaken,
    name_for,
)
from coprod.files.services.offices import rebuilt
from coprod.files.services.papers import looked_through
from coprod.files.services.pictures import NotAPicture, TooManyDots, dots_in, made_anew

_MARKUP = re.compile(
    rb"<\s*(?:!doctype|!entity|html|head|body|script|svg|iframe|object|embed|img|link|meta|style|form|base)\b|<\?",
    re.IGNORECASE,
)
_BEGINS_A_SCRIPT = (b"#!", b"{\\rtf", b"%!PS", b"MZ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Taken:
    """A file that can be kept: its name for people, its kind and the content that is kept."""

    name: str
    kind: FileKind
    content: bytes


def look_at(upload: bytes, name: str) -> Taken:
    """Tell what this is and make of it what is kept, or say kindly why it cannot be (`rules.NotTaken`)."""
    _fits(upload)
    kind, content = _made(upload)
    _fits(content)
    return Taken(name_for(name, kind), kind, content)


def _fits(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise NotTaken(TOO_LARGE)
    if not content.strip():
        raise NotTaken(NOTHING_IN_IT)


def _made(upload: bytes) -> tuple[FileKind, bytes]:
    for begins, make in _BY_BEGINNING:
        if upload.startswith(begins):
            return make(upload)
    return FileKind.TEXT, _text(upload)


def _picture(upload: bytes) -> tuple[FileKind, bytes]:
    try:
        if dots_in(upload) >= MOST_DOTS:
            raise NotTaken(MANY_DOTS)
        return FileKind.PICTURE, made_anew(io.BytesIO(upload))
    except TooManyDots as error:
        raise NotTaken(MANY_DOTS) from error
    except NotAPicture as error:
        raise NotTaken(BROKEN) from error


def _pdf(upload: bytes) -> tuple[FileKind, bytes]:
    return FileKind.PDF, looked_through(upload)


def _text(upload: bytes) -> bytes:
    """Plain words alone: no binary, no page, no picture, no script, whatever its name says."""
    try:
        words = upload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTaken(NOT_OURS) from error
    if _CONTROL.search(words) or upload.startswith(_BEGINS_A_SCRIPT) or b"%PDF-" in upload or _MARKUP.search(upload):
        raise NotTaken(NOT_OURS)
    return words.encode()


_BY_BEGINNING: tuple[tuple[bytes, Callable[[bytes], tuple[FileKind, bytes]]], ...] = (
    (b"%PDF-", _pdf),
    (b"\xff\xd8\xff", _picture),
    (b"\x89PNG\r\n\x1a\n", _picture),
    (b"RIFF", _picture),
    (b"PK\x03\x04", rebuilt),
)
