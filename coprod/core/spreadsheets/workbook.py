"""A workbook of one sheet, in which every cell is text and no cell is ever taken for a formula (O7).

It is written here because so little is needed of it: no library that can write a formula is installed on the server.
"""

import io
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from coprod.core.spreadsheets.writing import as_text

NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Letters that no XML may hold."""
LONGEST_CELL = 32_767
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
    '<sheets><sheet name="Sheet 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def as_workbook(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write these lines as a workbook that every spreadsheet opens, its first line standing still."""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, words in {**_PARTS, "xl/worksheets/sheet1.xml": _sheet(head, rows)}.items():
            # A fixed day: the same lines make the same file.
            package.writestr(ZipInfo(name), _DECLARATION + words, ZIP_DEFLATED)
    return written.getvalue()


def _sheet(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    lines = "".join(_line(row) for row in (head, *rows))
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )


def _line(row: Sequence[str]) -> str:
    return f"<row>{''.join(_cell(cell) for cell in row)}</row>"


def _cell(cell: str) -> str:
    words = escape(NO_XML.sub("", as_text(cell))[:LONGEST_CELL])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
