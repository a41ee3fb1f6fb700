"""Documents and spreadsheets: opened within bounds, looked through, and written anew without their writers' names."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

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
from coprod.files.services.pictures import NotAPicture, redrawn

_TYPES = "[Content_Types].xml"
_MAIN_PART = {"word/document.xml": FileKind.DOCUMENT, "xl/workbook.xml": FileKind.SHEET}
_RUNS_BY_NAME = re.compile(r"vba|activex|macrosheet|(^|/)embeddings/.*\.bin$|\.(?:exe|js|vbs|bat|ps1|html?|jar)$")
_RUNS = re.compile(rb"macroEnabled|ms-office\.vba|DDEAUTO|<ddeLink|<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_TEMPLATE_ELSEWHERE = re.compile(rb"<Relationship\b[^>]*(?:attachedTemplate|oleObject|frame)\"[^>]*\"External\"", re.S)
_WRITERS = re.compile(rb'(w\d*:(?:author|initials|userId)=")[^"]*')
_WRITERS_OF_CELLS = re.compile(rb"(<author>)[^<]*")
_PICTURES = re.compile(r"\.(?:jpe?g|png|webp|tiff?)$")
_PIECE = 64 * 1024
_NOBODY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
"""What stands in place of who wrote it, for whom and when."""
_NO_DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
_ODD = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, NotAPicture)


def rebuilt(upload: bytes) -> tuple[FileKind, bytes]:
    """Write a document or a spreadsheet anew from its own parts; nothing before, between or behind them comes along."""
    try:
        with zipfile.ZipFile(io.BytesIO(upload)) as opened:
            kind = _kind_of(opened)
            return kind, _packed(_parts(opened))
    except _ODD as error:
        raise NotTaken(BROKEN) from error


def _kind_of(opened: zipfile.ZipFile) -> FileKind:
    names = opened.namelist()
    found = [kind for part, kind in _MAIN_PART.items() if part in names]
    if _TYPES not in names or len(found) != 1:
        raise NotTaken(NOT_OURS)
    if len(names) > MOST_PARTS or sum(part.file_size for part in opened.infolist()) > MOST_BYTES_UNPACKED:
        raise NotTaken(UNPACKS_TOO_LARGE)
    if any(_RUNS_BY_NAME.search(name.lower()) for name in names):
        raise NotTaken(MACROS)
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise NotTaken(BROKEN)
    return found[0]


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _parts(opened: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES_UNPACKED
    for part in opened.infolist():
        content = _read(opened, part, left)
        left -= len(content)
        yield part.filename, _cleaned(part.filename, content)


def _read(opened: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """Unpack one part piece by piece: what a part says of its own size is not believed."""
    held = bytearray()
    with opened.open(part) as stream:
        while piece := stream.read(_PIECE):
            held += piece
            if len(held) > most:
                raise NotTaken(UNPACKS_TOO_LARGE)
    return bytes(held)


def _cleaned(name: str, content: bytes) -> bytes:
    low = name.lower()
    if low.endswith((".xml", ".rels")):
        if _RUNS.search(content) or _TEMPLATE_ELSEWHERE.search(content):
            raise NotTaken(MACROS)
        return _NOBODY.get(name, _WRITERS_OF_CELLS.sub(rb"\1", _WRITERS.sub(rb"\1", content)))
    if low.endswith(".svg"):
        return _NO_DRAWING
    return redrawn(content) if _PICTURES.search(low) else content


def _packed(parts: Iterator[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in parts:
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
