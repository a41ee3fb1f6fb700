"""A workbook every spreadsheet opens, in which nothing is a formula (O7)."""

import io
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from coprod.core.spreadsheets.workbook import as_workbook

CELLS = ["=1+1", " @SUM(A1)", "a & b <c>", "two\nlines", "bell\x07", "", "  spaced "]


def test_what_is_written_is_read_again_as_text_o7() -> None:
    book = as_workbook(["Name", "Words"], [[f"{number}", cell] for number, cell in enumerate(CELLS)])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Name", "Words"]
    assert [row[1] for row in rows[1:]] == ["'=1+1", "' @SUM(A1)", "a & b <c>", "two\nlines", "bell", "", "  spaced "]
    assert b"<f>" not in ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")


def test_the_same_lines_make_the_same_file() -> None:
    assert as_workbook(["A"], [["1"]]) == as_workbook(["A"], [["1"]])
