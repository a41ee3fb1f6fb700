"""Open one workbook in a process of its own, which ends by itself when the file is too much; it knows nothing of ours.

It is run by its path, reads the file from its input and writes what stands in it as JSON: a file that was made to
take all memory or all time (a zip bomb, a cell in the last corner) takes this process and not the site.
"""

import datetime
import io
import json
import math
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, LONGEST_CELL = 5000, 80, 20, 4000
MOST_MEMORY, MOST_SECONDS = 1024**3, 20
FAILS, NOT_WORKED_OUT = "fails", "not worked out"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_HAS_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>[^<]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(content: bytes) -> dict[str, Any]:
    """Answer every sheet that is not hidden, or why there is nothing to read."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible][:MOST_SHEETS]
        return {"sheets": [_sheet(book.get_sheet_by_name(name), _broken(content, name)) for name in shown]}
    except CalamineError:
        return {"not": "broken"}


def _sheet(sheet: CalamineSheet, faults: dict[str, str]) -> dict[str, Any]:
    first = sheet.start[1] if sheet.start else 0
    rows: dict[int, list[str]] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        if not any(row):
            continue
        cells = _trimmed([""] * min(first, MOST_COLUMNS) + [text(cell) for cell in row[: MOST_COLUMNS - first]])
        if cells:
            rows[number] = cells
        if len(rows) > MOST_ROWS:
            break
    _fill_down(rows, sheet.merged_cell_ranges or [])
    return {"name": sheet.name, "rows": list(rows.items()), "faults": faults}


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _fill_down(rows: dict[int, list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write into every row what a cell says that was joined over several; across columns nothing is repeated."""
    for (top, column), (bottom, _) in merged:
        begun = rows.get(top + 1, [])
        words = begun[column] if column < len(begun) else ""
        for number in range(top + 2, min(bottom, top + MOST_ROWS) + 2):
            if words and number in rows:
                cells = rows[number]
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or words


def text(cell: object) -> str:
    """Answer a cell as words that say the same: a day as 2025-11-18, a whole number without a point."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell.is_integer() else str(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)[: LONGEST_CELL + 1]


def _broken(content: bytes, name: str) -> dict[str, str]:
    """Answer which cells of an XLSX hold a formula without a value: calamine reads them as blank."""
    return dict(_broken_cells(_part_of(content, name)))


def _broken_cells(part: bytes) -> Iterator[tuple[str, str]]:
    """Tell them; a formula that came to an empty text was worked out, and its cell says that it holds text."""
    for found in _CELL.finditer(part):
        place, inside = _PLACE.search(found[1]), found[2] or b""
        if place and b't="e"' in found[1]:
            yield place[1].decode(), FAILS
        elif place and b"<f" in inside and b't="str"' not in found[1] and not _HAS_VALUE.search(inside):
            yield place[1].decode(), NOT_WORKED_OUT


def _part_of(content: bytes, name: str) -> bytes:
    """Find the part of an XLSX that holds this sheet; other kinds of workbooks have none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            sheets = ET.fromstring(opened.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")  # noqa: S314 - a caged process
            links = ET.fromstring(opened.read("xl/_rels/workbook.xml.rels")).iter(f"{_LINKS}Relationship")  # noqa: S314 - a caged process
            where = {link.get("Id"): link.get("Target", "") for link in links}
            target = next(where[sheet.get(_LINK)] for sheet in sheets if sheet.get("name") == name)
            return opened.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    except (zipfile.BadZipFile, ET.ParseError, KeyError, StopIteration):
        return b""


def main() -> None:
    """Take no more memory and time than this, whatever is in the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
