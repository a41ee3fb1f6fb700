"""Documents and spreadsheets: opened within bounds, looked through, and written anew without their writers' names."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator

from coprod.files.models import FileKind
from coprod.files.rules import (
    BROKEN,
    MACROS,
    MOST_BYTES_UNPACKED,
    MOST_PARTS,
    NOT_OURS,
    UNPACKS_TOO_LARGE,
    NotTaken,
)
from coprod.files.services.office_parts import cleaned
from coprod.files.services.pictures import NotAPicture

_TYPES = "[Content_Types].xml"
_MAIN_PART = {"word/document.xml": FileKind.DOCUMENT, "xl/workbook.xml": FileKind.SHEET}
_RUNS_BY_NAME = re.compile(r"vba|activex|macrosheet|(^|/)embeddings/.*\.bin$|\.(?:exe|js|vbs|bat|ps1|m?html?|rtf|jar)$")
_PIECE = 64 * 1024
_BEGINS_A_NAME = b"PK\x01\x02"
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ODD = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, NotAPicture)


class Room:
    """How much may still be unpacked of one file, with all the papers inside it."""

    def __init__(self) -> None:
        self.left = MOST_BYTES_UNPACKED

    def take(self, amount: int) -> None:
        """Use some of it up."""
        self.left -= amount
        if self.left < 0:
            raise NotTaken(UNPACKS_TOO_LARGE)


def rebuilt(upload: bytes) -> tuple[FileKind, bytes]:
    """Write a document or a spreadsheet anew from its own parts; nothing before, between or behind them comes along."""
    room = Room()

    def inside(content: bytes) -> bytes:
        return _rebuilt(content, room, _too_deep)[1]

    return _rebuilt(upload, room, inside)


def _too_deep(_: bytes) -> bytes:
    raise NotTaken(MACROS)


def _rebuilt(upload: bytes, room: Room, inside: Callable[[bytes], bytes]) -> tuple[FileKind, bytes]:
    if upload.count(_BEGINS_A_NAME) > MOST_PARTS:
        raise NotTaken(UNPACKS_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(upload)) as opened:
            kind = _kind_of(opened)
            parts = ((part.filename, _read(opened, part, room)) for part in opened.infolist())
            return kind, _packed((name, cleaned(name, content, inside)) for name, content in parts)
    except _ODD as error:
        raise NotTaken(BROKEN) from error


def _kind_of(opened: zipfile.ZipFile) -> FileKind:
    names, parts = opened.namelist(), opened.infolist()
    found = [kind for part, kind in _MAIN_PART.items() if part in names]
    if _TYPES not in names or len(found) != 1:
        raise NotTaken(NOT_OURS)
    if sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
        raise NotTaken(UNPACKS_TOO_LARGE)
    if any(_RUNS_BY_NAME.search(name.lower()) for name in names):
        raise NotTaken(MACROS)
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise NotTaken(BROKEN)
    if any(part.compress_type not in _PACKED_AS for part in parts):
        raise NotTaken(BROKEN)
    return found[0]


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _read(opened: zipfile.ZipFile, part: zipfile.ZipInfo, room: Room) -> bytes:
    """Unpack one part piece by piece: what a part says of its own size is not believed."""
    held = bytearray()
    with opened.open(part) as stream:
        while piece := stream.read(_PIECE):
            room.take(len(piece))
            held += piece
    return bytes(held)


def _packed(parts: Iterator[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
