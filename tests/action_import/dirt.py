"""Every kind of dirt a log that was kept in a spreadsheet has, and what is to become of it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import xlsxwriter
import xlwt

from coprod.action_import.rules import days, owners, sifting, states
from coprod.core.spreadsheets.reading import FAMILY_NUMBER, LETTERS
from coprod.core.spreadsheets.workbook import NO_XML

HEADINGS = ("Ref", "Action", "Owner", "Due date", "Status", "E-mail", "Date raised", "Date completed", "Comments")
GOOD = ("", "Share the data", "Max", "05/12/2025", "", "", "", "", "")
WHAT, OWNER, DUE, STATE, EMAIL, RAISED, DONE, NOTE = range(1, 9)


@dataclass(frozen=True)
class Dirt:
    """One kind: what is in the row, and which of its columns is named with which reason; none, and it comes in."""

    kind: str
    cells: dict[int, Any]
    refused: tuple[tuple[str, str], ...] = ()
    here: bool = False
    """It says what another row says already."""


def _bad(kind: str, column: str, reason: str, **cells: Any) -> Dirt:
    return Dirt(kind, _named(cells), ((column, reason),))


def _good(kind: str, **cells: Any) -> Dirt:
    return Dirt(kind, _named(cells))


def _named(cells: dict[str, Any]) -> dict[int, Any]:
    return {globals()[name.upper()]: value for name, value in cells.items()}


_NOT_WHO_NOR_WHEN = (("C", owners.NOT_SAID), ("D", sifting.NO_DUE))
ROWS = (
    # Days.
    _good("a real date", due=date(2025, 12, 5)),
    _good("a real date with a time", due=datetime(2025, 12, 5, 9, 30)),  # noqa: DTZ001 - a cell has no zone
    _good("a serial number", due=45996),
    _good("an ISO date", due="2025-12-05"),
    _good("an ISO date with a time", due="2025-12-05T00:00:00"),
    _good("a day in words", due="5 December 2025"),
    _good("a day with its ending", due="5th of Dec 2025"),
    _good("a day with its weekday", due="Fri 5 Dec 25"),
    _good("the month first in words", due="Dec 5, 2025"),
    _good("points between", due="5.12.2025"),
    _good("two digits of the year", due="5-12-25"),
    _good("spaces in a date", due=" 05 / 12 / 2025 "),
    _bad("no day", "D", sifting.NO_DUE, due=""),
    _bad("a word for a day", "D", days.WRITE_IT, due="TBC"),
    _bad("a day that is none", "D", days.NO_SUCH_DAY, due="31/11/2025"),
    _bad("the thirteenth of a thirteenth month", "D", days.NO_SUCH_DAY, due="13/13/2025"),
    _bad("a month we do not know", "D", days.WRITE_IT, due="5 Brumaire 2025"),
    _bad("a year far away", "D", days.FAR_AWAY, due="05/12/2205"),
    _bad("a time without a day", "D", days.WRITE_IT, due=time(9, 30)),
    _bad("raised tomorrow", "G", sifting.TO_COME, raised=date(2025, 11, 18)),
    _bad("done tomorrow", "H", sifting.TO_COME, done=date(2025, 11, 18), state="Done"),
    # Words.
    _good("spaces and breaks", what="  Ring\n the \u00a0 ward "),
    _good("letters nobody sees", what="Ring\u200b the\u0007 ward"),
    _good("what would be a formula", what="'=1+1"),
    _good("garbled letters", what="Book the cafÃ©"),
    _good("letters from elsewhere", what="Ring Zoë Łukasz 李"),
    _bad("nothing to do", "B", sifting.NO_WHAT, what=""),
    _bad("very long", "B", sifting.TOO_LONG.format(count=301, most=300), what="x" * 301),
    _bad("longer than a cell", "B", sifting.TOO_LONG.format(count=4001, most=300), what="x" * 32_000),
    _good("a note over several lines", note="She rang.\nTwice."),
    _bad("letters that are lost", "B", LETTERS, what="Ring Zo\ufffd"),
    _bad("an NHS number", "B", FAMILY_NUMBER, what="Ring about 943 476 5919"),
    _bad("an NHS number as a number", "I", FAMILY_NUMBER, note=9434765919),
    _bad("a court number", "I", FAMILY_NUMBER, note="See BP25C50123"),
    _bad("a long note", "I", sifting.TOO_LONG.format(count=2001, most=2000), note="y" * 2001),
    # Owners.
    _good("a name in capitals", owner="  MAX "),
    _good("somebody from outside", owner="Kim Lee", email="kim@example.org"),
    _good("a name and an address in one cell", owner="Pat Day <Pat@Example.org>"),
    _good("an address alone, of somebody here", owner="", email="max@blackpool.example"),
    _bad("nobody", "C", owners.NOT_SAID, owner=""),
    _bad("a name nobody has", "C", owners.NOBODY, owner="J. Smith"),
    _bad("two names", "C", owners.SEVERAL, owner="Max / Dee"),
    _bad("two with one name", "C", owners.SEVERAL_HERE, owner="Eve"),
    _bad("two addresses", "F", owners.NO_ADDRESS, owner="Kim Lee", email="kim@example.org; lee@example.org"),
    _bad("no address", "F", owners.NO_ADDRESS, owner="Kim Lee", email="kim at example"),
    _bad("an address without a name", "C", owners.NAMELESS, owner="", email="new@example.org"),
    _bad("a very long name", "C", owners.LONG_NAME, owner="K" * 61, email="long@example.org"),
    _bad("somebody of another table", "F", owners.ELSEWHERE, owner="Lou", email="lou@blackpool.example"),
    # States.
    _good("done", state="Completed"),
    _good("done on a day", state="CLOSED", done=date(2025, 11, 3)),
    _good("only when it was done", done="3 Nov 2025"),
    _good("a colour", state="Amber"),
    _good("a share", state=0.5),
    _good("a whole share", state="100%"),
    _good("a tick", state=True),
    _good("cancelled with a word more", state="Cancelled - no longer needed"),
    _bad("a state nobody knows", "E", states.UNKNOWN, state="Parked-ish"),
    _bad("open, and done on a day", "H", sifting.STILL_OPEN, state="Open", done="3/11/2025"),
    # Rows.
    Dirt("the headings once more", dict(enumerate(HEADINGS)), (("B", sifting.HEADINGS_AGAIN),)),
    Dirt("a heading of a part", {OWNER: "", DUE: "", WHAT: "Actions of March"}, _NOT_WHO_NOR_WHEN),
    Dirt(
        "a sum below", {WHAT: "", OWNER: "", DUE: "", NOTE: "Total: 17"}, (("B", sifting.NO_WHAT), *_NOT_WHO_NOR_WHEN)
    ),
    Dirt("the same row twice", {WHAT: "share the  DATA 1"}, here=True),
)


@dataclass(frozen=True)
class Written:
    """A row as it stands in the file."""

    number: int
    cells: list[Any]
    dirt: Dirt | None = None


def a_thousand(most: int = 1000, *, every: int = 10) -> list[Written]:
    """A log of a thousand rows under a title, a blank row and its headings; a blank row after each kind of dirt."""
    return list(_rows(most, every))


def _rows(most: int, every: int) -> Iterator[Written]:
    number, dirt = 4, iter(ROWS)
    for count in range(1, most + 1):
        cells: list[Any] = list(GOOD)
        cells[0], cells[WHAT] = count, f"Share the data {count}"
        kind = next(dirt, None) if count % every == 0 else None
        for column, value in kind.cells.items() if kind else ():
            own = kind and not kind.here and column == WHAT and kind.refused == () and value != "'=1+1"
            cells[column] = f"{value} {count}" if own else value
        yield Written(number, cells, kind)
        number += 2 if kind else 1


def as_xlsx(rows: list[Written], *, heavy: int = 0) -> bytes:
    """The log as Excel writes it: a title joined over the columns, headings in row 3, hidden rows, formulas."""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_urls": False})
    sheet, day = book.add_worksheet("Log"), book.add_format({"num_format": "dd/mm/yyyy"})
    notes = book.add_worksheet("Notes")
    notes.write(0, 0, "Nothing of this is an action")
    secret = book.add_worksheet("Old")
    secret.write_row(0, 0, HEADINGS)
    secret.hide()
    sheet.merge_range("A1:I1", "Action log 2025/26")
    sheet.write_row(2, 0, HEADINGS)
    for row in rows:
        for column, cell in enumerate(row.cells):
            is_day = isinstance(cell, date | datetime | time)
            sheet.write(row.number - 1, column, cell, day) if is_day else sheet.write(row.number - 1, column, cell)
        sheet.set_row(row.number - 1, None, None, {"hidden": row.number % 50 == 0})
    last = rows[-1].number
    sheet.write_formula(last, WHAT, '="Ring the "&"ward"', None, "Ring the ward")
    sheet.write_row(last, OWNER, ["Max", "05/12/2025"])
    sheet.write_formula(last + 1, WHAT, "=1/0", None, "#DIV/0!")
    sheet.write_row(last + 1, OWNER, ["Max", "05/12/2025"])
    sheet.write_row(last + 2, WHAT, ["Share the data", "Max", "05/12/2025"])
    sheet.write_formula(last + 2, STATE, "=VLOOKUP(1,2,3)", None, "")
    sheet.merge_range(last + 3, OWNER, last + 5, OWNER, "Max")
    for more in (3, 4, 5):
        sheet.write(last + more, WHAT, f"One of three under one name, {more}")
        sheet.write(last + more, DUE, "05/12/2025")
    if heavy:
        sheet.insert_image("K1", "noise.bmp", {"image_data": BytesIO(_noise(heavy))})
    book.close()
    return written.getvalue()


def _noise(size: int) -> bytes:
    import random

    side = int((size / 3) ** 0.5) // 4 * 4
    body = random.Random(6).randbytes(side * side * 3)
    head = b"BM" + (54 + len(body)).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    shape = (40).to_bytes(4, "little") + side.to_bytes(4, "little") * 2 + b"\x01\x00\x18\x00" + bytes(24)
    return head + shape + body


def under_a_title(rows: list[Written]) -> list[list[Any]]:
    """Every row of the file, the blank ones with the rest."""
    lines: list[list[Any]] = [[""] for _ in range(rows[-1].number)]
    lines[0], lines[2] = ["Action log 2025/26"], list(HEADINGS)
    for row in rows:
        lines[row.number - 1] = row.cells
    return lines


def as_said(cell: Any) -> str:
    """A cell as it stands in a file that knows nothing but words."""
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M")
    if isinstance(cell, date | time):
        return cell.strftime("%d/%m/%Y" if isinstance(cell, date) else "%H:%M")
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def as_csv(lines: list[list[Any]], *, between: str = ",") -> str:
    """Rows as lines of words."""
    written = StringIO()
    csv.writer(written, delimiter=between).writerows([[as_said(cell) for cell in one] for one in lines])
    return written.getvalue()


def old_letters(text: str) -> bytes:
    """Words in the encoding of old Windows, but for the lines it has no letters for: those somebody pasted in later."""
    return b"".join(_old_line(line) for line in text.splitlines(keepends=True))


def _old_line(line: str) -> bytes:
    try:
        return line.encode("cp1252")
    except UnicodeEncodeError:
        return line.encode()


def in_other_kinds_of_files(rows: list[Written]) -> dict[str, bytes]:
    """The same log in other kinds of files and in the encodings people save words in."""
    lines = under_a_title(rows)
    text = as_csv(lines)
    return {
        "XLS": as_xls(lines),
        "ODS": as_ods([[as_said(cell) for cell in one] for one in lines]),
        "UTF-8 with its mark": text.encode("utf-8-sig"),
        "UTF-16": text.encode("utf-16"),
        "UTF-16 without its mark": text.encode("utf-16-le"),
        "old Windows": old_letters(text),
        "tabs, as Excel calls Unicode text": as_csv(lines, between="\t").encode("utf-16"),
        "old line ends": text.replace("\r\n", "\r").encode(),
    }


def as_xls(rows: list[list[Any]], **more: list[list[Any]]) -> bytes:
    """Rows as the Excel of twenty years ago wrote them, and more sheets by their names."""
    book, written = xlwt.Workbook(), BytesIO()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, lines in {"Log": rows, **more}.items():
        sheet = book.add_sheet(name)
        for number, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                is_day = isinstance(cell, date | time)
                sheet.write(number, column, cell, day) if is_day else sheet.write(number, column, cell)
    book.save(written)
    return written.getvalue()


def as_ods(rows: list[list[str]]) -> bytes:
    """Rows as LibreOffice writes them."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    said = [[escape(NO_XML.sub("", one)) for one in row] for row in rows]
    lines = "".join(f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>" for row in said)
    body = f'<office:body><office:spreadsheet><table:table table:name="Log">{lines}</table:table></office:spreadsheet>'
    whole = f"<office:document-content {names}>{body}</office:body></office:document-content>"
    written = BytesIO()
    with ZipFile(written, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{whole}')
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return written.getvalue()
