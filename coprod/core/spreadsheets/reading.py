"""Reading a spreadsheet that somebody brings, whatever it calls itself: in memory, within limits, told by content (O6).

A cell with an NHS number or a court number is never handed on (domain rule 1): there is only the word that it was.
"""

import csv
import io
import json
import re
import struct
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coprod.core.spreadsheets.writing import STARTS
from coprod.core.words import has_court_number, has_nhs_number

MOST_BYTES = 10 * 1024 * 1024
MOST_BYTES_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 2000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 80, 4000
MOST_SECONDS = 30
TAKEN = "We read Excel files (XLSX, XLS), ODS and CSV."
NOTHING_IN_IT = "There is nothing in this file. Please look if it is the right one."
TOO_LARGE = "This file is too large. It may have 10 MB at most. Take out pictures, or sheets you do not need."
TOO_MUCH = "This file is too much to open safely. Copy the rows into a new sheet, save it and try again."
TOO_MANY_ROWS = f"This sheet has more than {MOST_ROWS:,} rows. Bring it in parts."
ONE_HAS_TOO_MANY_ROWS = f"The sheet “{{name}}” has more than {MOST_ROWS:,} rows. Take it out, or bring it in parts."
PASSWORD = "A password keeps this file shut. Save it without a password and try again."  # noqa: S105 - words
BROKEN = f"We cannot read this file. Open it, save it once more as XLSX or CSV and try again. {TAKEN}"
WEB_PAGE = "This is a web page that is called a spreadsheet. Open it, save it as XLSX and try again."
NOT_OURS = f"This is not a spreadsheet. {TAKEN}"
FAMILY_NUMBER = "This looks like an NHS number or a court number. We have not kept it. Take it out."
LETTERS = "Some letters here could not be read. Save the file as XLSX, or as CSV UTF-8."
_FAULTS = {
    "fails": "This formula does not work. Write what it should say.",
    "not worked out": "This formula was never worked out. Open the file, save it once more and try again.",
}
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHUT = "EncryptedPackage".encode("utf-16-le")
_OLD_BEGINS, _FILE_PASS = b"\x09\x08\x10\x00\x00\x06", 0x002F
_PARTS, _MOST_LISTED = "META-INF/manifest.xml", 1024 * 1024
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"RIFF")
_SEPARATORS = ",;\t|"
_GARBLED = re.compile("[ÃÂâ][\x80-\xbf\u2010-\u203a\u20ac\u2122\u0152-\u0192\u02c6\u02dc]")


class Unreadable(Exception):  # noqa: N818 - a name that says what happened
    """There is nothing to read in a file; the words say why, to whoever brought it."""


@dataclass(frozen=True)
class Sheet:
    """What stands in one sheet: its rows by their numbers, blank ones left out, and the cells that say nothing."""

    name: str
    rows: list[tuple[int, list[str]]]
    faults: dict[str, str] = field(default_factory=dict)
    """Why a cell cannot be used, by its name: D17."""


def read(content: bytes, name: str) -> list[Sheet]:
    """Answer every sheet with something in it; a file without one is Unreadable, and says why."""
    if not content:
        raise Unreadable(NOTHING_IN_IT)
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    read_one = _workbook if content.startswith((b"PK\x03\x04", _OLD)) else _plain
    found = [sheet for sheet in read_one(content, name) if sheet.rows]
    if not found:
        raise Unreadable(NOTHING_IN_IT)
    if too_long := next((sheet for sheet in found if len(sheet.rows) > MOST_ROWS), None):
        raise Unreadable(ONE_HAS_TOO_MANY_ROWS.format(name=_named(too_long)) if found[1:] else TOO_MANY_ROWS)
    return [_safe(sheet) for sheet in found]


def letters(column: int) -> str:
    """Answer what a spreadsheet calls a column, counted from 0: A, B, … Z, AA."""
    return (letters(column // 26 - 1) if column > 25 else "") + chr(ord("A") + column % 26)


# --- Workbooks.


def _workbook(content: bytes, _: str) -> list[Sheet]:
    _look_first(content)
    found = _opened(content)
    if "not" in found:
        raise Unreadable(BROKEN)
    return [
        Sheet(
            one["name"],
            [(number, cells) for number, cells in one["rows"]],
            {place: _FAULTS[fault] for place, fault in one["faults"].items()},
        )
        for one in found["sheets"]
    ]


def _look_first(content: bytes) -> None:
    """Refuse, before anything is unpacked, what is shut or says itself that it grows too large."""
    if content.startswith(_OLD):
        if _SHUT in content or _has_file_pass(content):
            raise Unreadable(PASSWORD)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            parts = opened.infolist()
            shut = _is_shut(opened)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise Unreadable(BROKEN) from error
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & {part.filename for part in parts}:
        raise Unreadable(NOT_OURS)
    if shut or any(part.flag_bits & 1 for part in parts):
        raise Unreadable(PASSWORD)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
        raise Unreadable(TOO_MUCH)


def _is_shut(opened: zipfile.ZipFile) -> bool:
    """An ODS says in its list of parts that they are kept from being read."""
    if _PARTS not in opened.namelist():
        return False
    with opened.open(_PARTS) as listed:
        return b"encryption-data" in listed.read(_MOST_LISTED)


def _has_file_pass(content: bytes) -> bool:
    """An old workbook says in one of its first records that it needs a password."""
    at = content.find(_OLD_BEGINS)
    for _ in range(8):
        if at < 0 or at + 4 > len(content):
            return False
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + length
    return False


def _opened(content: bytes) -> dict[str, Any]:
    """Open it in a process of its own, so that a file made to take all memory takes that process alone."""
    reader = [sys.executable, "-I", str(Path(__file__).with_name("opening.py"))]
    try:
        done = subprocess.run(reader, input=content, capture_output=True, timeout=MOST_SECONDS, check=True)  # noqa: S603 - our own file, no shell
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Unreadable(TOO_MUCH) from error
    return answer


# --- Comma-separated text.


def _plain(content: bytes, name: str) -> list[Sheet]:
    if content.startswith(_OTHER_KINDS):
        raise Unreadable(NOT_OURS)
    text = _decoded(content)
    begins = text[:500].lstrip().lower()
    if begins.startswith(("<!doctype html", "<html", "<table", "<?xml")):
        raise Unreadable(WEB_PAGE)
    if sum(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\0" for letter in text[:5000]) > 20:
        raise Unreadable(NOT_OURS)
    try:
        return [Sheet(name, _rows(text.replace("\0", "")))]
    except csv.Error as error:
        raise Unreadable(BROKEN) from error


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    zeros = [content[:2000:2].count(0), content[1:2000:2].count(0)]
    if max(zeros) * 4 > min(len(content), 2000) // 2:
        return content.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", "replace")
    return "".join(_line(line) for line in content.splitlines(keepends=True))


def _line(line: bytes) -> str:
    """Read a line as what it is: sheets put together by hand mix the new encoding with the old one."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    said, text = _said_separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=said or _separator(text))
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(lines, 2 if said else 1):
        if any(cell.strip() for cell in cells):
            rows.append((number, [cell[: LONGEST_CELL + 1] for cell in cells[:MOST_COLUMNS]]))
        if len(rows) > MOST_ROWS:
            break
    return rows


def _said_separator(text: str) -> tuple[str, str]:
    """Take away a first line such as sep=; that says what stands between the cells."""
    said = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    return (said[1], text[said.end() :]) if said else ("", text)


def _separator(text: str) -> str:
    return max(_SEPARATORS, key=lambda one: _evenness(text, one))


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """Answer how many of the first rows have as many cells as most of them, and how many cells that is."""
    lines = csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=separator)
    widths = [len(cells) for cells, _ in zip(lines, range(60), strict=False) if any(cells)]
    several = Counter(width for width in widths if width > 1)
    if not several:
        return (0, 0)
    width, count = several.most_common(1)[0]
    return (count / len(widths), width)


# --- What is handed on.


def _safe(sheet: Sheet) -> Sheet:
    faults = dict(sheet.faults)
    rows = [
        (number, [_cell(cell, f"{letters(place)}{number}", faults) for place, cell in enumerate(cells)])
        for number, cells in sheet.rows
    ]
    return Sheet(_named(sheet), rows, faults)


def _named(sheet: Sheet) -> str:
    return "Sheet" if _is_private([sheet.name]) else sheet.name


def _cell(cell: str, place: str, faults: dict[str, str]) -> str:
    plain = _plain_words(cell)
    if _is_private([cell, plain]):
        faults[place] = FAMILY_NUMBER
        return ""
    if "\ufffd" in plain:
        faults[place] = LETTERS
    return plain


def _plain_words(cell: str) -> str:
    """Answer the words of a cell: no letters that cannot be seen, no apostrophe that kept it from being a formula."""
    seen = "".join(letter for letter in _mended(cell) if letter in "\n\t" or unicodedata.category(letter)[0] != "C")
    words = seen.replace("\u00a0", " ").strip()
    return words[1:] if words.startswith("'") and words[1:].lstrip().startswith(STARTS) else words


def _mended(cell: str) -> str:
    """Read once more what was written in one encoding and read in another: cafÃ© is café."""
    if not _GARBLED.search(cell):
        return cell
    try:
        return cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return cell


def _is_private(texts: Iterable[str]) -> bool:
    return any(has_nhs_number(text) or has_court_number(text) for text in texts)
