"""Whatever somebody brings is read, or refused in words that help; nothing it does reaches further than its file."""

import io
import runpy
import struct
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter

from coprod.core.spreadsheets import opening, reading
from coprod.core.spreadsheets.reading import Unreadable, letters, read
from tests.action_import.dirt import as_ods, as_xls

ROWS = [["Action", "Owner"], ["Ring the café", "Zoë"]]
LINES = "Action,Owner\r\nRing the café,Zoë\r\n"
READ = [(1, ROWS[0]), (2, ROWS[1])]


def an_xlsx(rows=ROWS, **cells):
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet("Log")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for place, value in cells.items():
        sheet.write(place, value)
    book.close()
    return written.getvalue()


def rezipped(content, change):
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as opened, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in opened.namelist():
            packed.writestr(name, change(name, opened.read(name)))
    return written.getvalue()


READABLE = {
    "UTF-8": LINES.encode(),
    "UTF-8 with its mark": LINES.encode("utf-8-sig"),
    "UTF-16": LINES.encode("utf-16"),
    "UTF-16, the other way round": b"\xfe\xff" + LINES.encode("utf-16-be"),
    "UTF-16 without its mark": LINES.encode("utf-16-le"),
    "UTF-16 the other way round without its mark": LINES.encode("utf-16-be"),
    "Windows": LINES.encode("cp1252"),
    "UTF-8 and Windows in one file": "Action,Owner\r\nRing the café,".encode("cp1252") + "Zoë\r\n".encode("cp1252"),
    "semicolons": LINES.replace(",", ";").encode(),
    "tabs": LINES.replace(",", "\t").encode(),
    "bars": LINES.replace(",", "|").encode(),
    "a first line that says so": f"sep=;\r\n{LINES.replace(',', ';')}".encode(),
    "old line ends": LINES.replace("\r\n", "\r").encode(),
    "NUL bytes": LINES.replace("Ring", "Ri\0ng").encode(),
    "quotes": b'"Action","Owner"\n"Ring the caf\xc3\xa9","Zo\xc3\xab"\n',
    "an XLSX": an_xlsx(),
    "an XLS": as_xls(ROWS),
    "an ODS": as_ods(ROWS),
}


def test_every_kind_of_file_is_told_by_what_is_in_it_whatever_it_is_called():
    found = {kind: read(content, "log.pdf")[0].rows for kind, content in READABLE.items()}
    said = {kind: rows for kind, rows in found.items() if kind != "a first line that says so"}
    assert {kind: rows for kind, rows in said.items() if rows != READ} == {}
    assert found["a first line that says so"] == [(2, ROWS[0]), (3, ROWS[1])]


def test_a_file_put_together_from_two_encodings_is_read_line_by_line():
    assert read("Café\n".encode() + "Zoë\n".encode("cp1252"), "a.csv")[0].rows == [(1, ["Café"]), (2, ["Zoë"])]


def test_letters_that_were_read_wrongly_once_are_put_right_and_real_ones_stay():
    rows = read("cafÃ©,Ã© is not é,Ã\u2030a中,Ãlgebra\n".encode(), "a.csv")[0].rows
    assert rows == [(1, ["café", "Ã© is not é", "Ã\u2030a中", "Ãlgebra"])]


REFUSED = {
    "nothing": (b"", reading.NOTHING_IN_IT),
    "only blank rows": (b"\n , ,\n\n", reading.NOTHING_IN_IT),
    "an empty workbook": (an_xlsx([]), reading.NOTHING_IN_IT),
    "too large": (b"a," * (reading.MOST_BYTES // 2 + 1), reading.TOO_LARGE),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), reading.NOT_OURS),
    "a PDF": (b"%PDF-1.7 ...", reading.NOT_OURS),
    "what nobody can read": (bytes(range(1, 9)) * 40, reading.NOT_OURS),
    "a web page": (b"<html><table><tr><td>Action</td></tr></table></html>", reading.WEB_PAGE),
    "a broken workbook": (an_xlsx()[:900], reading.BROKEN),
    "a workbook with a broken sheet": (
        rezipped(an_xlsx(), lambda name, part: b"<oh" if "sheet1" in name else part),
        reading.BROKEN,
    ),
    "an old workbook cut short": (as_xls(ROWS)[:1000], reading.BROKEN),
    "another kind of zip": (rezipped(an_xlsx(), lambda _, part: part).replace(b"xl/w", b"ab/w"), reading.NOT_OURS),
    "a workbook with a password": (
        as_xls(ROWS).replace("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")),
        reading.PASSWORD,
    ),
    "more rows than we take": (b"a,b\n" * (reading.MOST_ROWS + 1), reading.TOO_MANY_ROWS),
    "a cell without an end": (b'a,"' + b"x" * 200_000, reading.BROKEN),
}


def test_what_cannot_be_read_is_refused_in_words_that_help():
    found = {}
    for kind, (content, _) in REFUSED.items():
        with pytest.raises(Unreadable) as refusal:
            read(content, "log.xlsx")
        found[kind] = str(refusal.value)
    assert found == {kind: words for kind, (_, words) in REFUSED.items()}


def test_a_shut_part_of_a_zip_is_said_to_be_shut():
    content = bytearray(an_xlsx())
    for found in range(len(content) - 4):
        if content[found : found + 4] == b"PK\x01\x02":
            content[found + 8] |= 1
    with pytest.raises(Unreadable, match="password"):
        read(bytes(content), "log.xlsx")


def test_a_zip_that_says_it_grows_too_large_is_not_opened_at_all(monkeypatch):
    """A bomb: a few kilobytes that would unpack to more than anybody writes."""
    monkeypatch.setattr(reading, "MOST_BYTES_UNPACKED", 100_000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (reading.MOST_BYTES_UNPACKED + 1))
    with pytest.raises(Unreadable, match="too much"):
        read(bomb.getvalue(), "log.xlsx")
    crowd = io.BytesIO()
    with zipfile.ZipFile(crowd, "w") as packed:
        for number in range(reading.MOST_PARTS + 1):
            packed.writestr(f"xl/{number}" if number else "xl/workbook.xml", b"")
    with pytest.raises(Unreadable, match="too much"):
        read(crowd.getvalue(), "log.xlsx")


def test_a_cell_in_the_last_corner_takes_its_own_process_and_not_ours():
    """Seventeen thousand million cells in a file of six kilobytes."""
    with pytest.raises(Unreadable, match="too much"):
        read(an_xlsx(XFD1048576="far"), "log.xlsx")


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.01)
    with pytest.raises(Unreadable, match="too much"):
        read(an_xlsx(), "log.xlsx")


def test_a_hundred_thousand_blank_rows_and_far_columns_are_passed_over():
    rows = read(an_xlsx(A100000="last", CD1="beyond"), "log.xlsx")[0].rows
    assert [(number, len(cells)) for number, cells in rows] == [(1, 2), (2, 2), (100_000, 1)]
    late = read(an_xlsx([], C3="Action", D4="Ring"), "log.xlsx")[0].rows
    assert late == [(3, ["", "", "Action"]), (4, ["", "", "", "Ring"])]


def a_book(**rows):
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    for name, most in rows.items():
        book.add_worksheet(name).write_column(0, 0, ["x"] * most)
    book.close()
    return written.getvalue()


def test_of_several_sheets_each_with_something_in_it_is_read():
    book = a_book(**{"Log": 3, "943 476 5919": 2, "Empty": 0})
    assert [(one.name, len(one.rows)) for one in read(book, "a.xlsx")] == [("Log", 3), ("Sheet", 2)]


def test_one_sheet_with_too_many_rows_among_several_is_named_and_not_passed_over():
    with pytest.raises(Unreadable, match=r"The sheet “Log” has more than 5,000 rows\. Take it out, or"):
        read(a_book(Lists=2, Log=reading.MOST_ROWS + 2), "a.xlsx")
    with pytest.raises(Unreadable, match="The sheet “Sheet” has"):
        read(a_book(**{"943 476 5919": reading.MOST_ROWS + 2, "Lists": 2}), "a.xlsx")


def test_cells_say_what_they_said():
    day, moment = date(2025, 12, 5), datetime(2025, 12, 5, 9, 30)  # noqa: DTZ001 - a cell has no zone
    said = (True, False, 17.0, 0.5, float("inf"), 3, day, moment, time(9, 30), "word")
    assert [opening.text(cell) for cell in said] == [
        "TRUE",
        "FALSE",
        "17",
        "0.5",
        "inf",
        "3",
        "2025-12-05",
        "2025-12-05 09:30",
        "09:30:00",
        "word",
    ]
    assert [letters(place) for place in (0, 25, 26, 79, 702)] == ["A", "Z", "AA", "CB", "AAA"]


def opened_here(content, monkeypatch, capsys):
    """What the other process does, in this one and without its limits."""
    monkeypatch.setattr(opening.resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    runpy.run_path(str(Path(opening.__file__)), run_name="__main__")
    return capsys.readouterr().out


def test_the_process_that_opens_files_writes_what_it_found(monkeypatch, capsys):
    assert '"Ring the caf' in opened_here(an_xlsx(), monkeypatch, capsys)


def test_workbooks_are_opened_with_their_faults_and_joined_cells():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet("Log")
    sheet.merge_range("B1:B3", "Max")
    sheet.merge_range("D1:E1", "Across")
    sheet.merge_range("F1:F2", "")
    sheet.write_column("A1", ["One", "Two", "Three"])
    sheet.write_formula("C1", "=1/0", None, "#DIV/0!")
    sheet.write_formula("C2", "=A1", None, "")
    sheet.write_formula("C3", "=A1", None, "One")
    book.add_worksheet("Hidden").hide()
    book.close()
    (found,) = opening.read(written.getvalue())["sheets"]
    assert [cells for _, cells in found["rows"]] == [
        ["One", "Max", "", "Across"],
        ["Two", "Max"],
        ["Three", "Max", "One"],
    ]
    assert found["faults"] == {"C1": "fails", "C2": "not worked out"}
    assert opening.read(as_ods(ROWS))["sheets"][0]["faults"] == {}
    assert opening.read(b"PK\x03\x04")["not"] == "broken"


def test_a_formula_that_came_to_nothing_is_blank_and_has_no_fault():
    """As Excel and LibreOffice keep IF(C2<TODAY(),"Late","")."""
    as_excel = b'<c r="B2" t="str"><f>IF(A2="x","Late","")</f><v></v></c><c r="C2"><f>A2</f><v></v></c>'
    cells = rezipped(
        an_xlsx([["Action", "Late?"], ["Ring"]]),
        lambda name, part: part.replace(b"</c></row></sheetData>", b"</c>" + as_excel + b"</row></sheetData>"),
    )
    (found,) = opening.read(cells)["sheets"]
    assert (found["rows"][1], found["faults"]) == ((2, ["Ring"]), {"C2": "not worked out"})


def test_more_rows_than_are_taken_are_not_read_on():
    rows = opening.read(an_xlsx([["x"]] * (opening.MOST_ROWS + 50)))["sheets"][0]["rows"]
    assert len(rows) == opening.MOST_ROWS + 1 == reading.MOST_ROWS + 1
    assert (opening.MOST_COLUMNS, opening.LONGEST_CELL) == (reading.MOST_COLUMNS, reading.LONGEST_CELL)


def test_a_sheet_that_stands_where_its_link_says_is_found():
    moved = rezipped(an_xlsx(A3="x"), lambda name, part: part.replace(b'Target="worksheets', b'Target="/xl/worksheets'))
    assert opening.read(moved)["sheets"][0]["faults"] == {}
    odd = rezipped(
        an_xlsx(),
        lambda name, part: part.replace(b' r="B2"', b"").replace(b' r="A2"', b' t="e"') if "sheet1" in name else part,
    )
    assert opening.read(odd)["sheets"][0]["faults"] == {}


def test_an_old_workbook_with_a_password_says_so():
    plain = as_xls(ROWS)
    begins = plain.index(struct.pack("<HH", 0x0809, 16))
    shut = struct.pack("<HHH", 0x002F, 6, 1) + bytes(4)
    after = begins + 20
    with pytest.raises(Unreadable, match="password"):
        read(plain[:after] + shut + plain[after + len(shut) :], "log.xls")
    with pytest.raises(Unreadable, match="cannot read"):
        read(plain[:after], "log.xls")


def test_an_ods_with_a_password_says_so():
    listed = rezipped(as_ods(ROWS), lambda name, part: b"<encryption-data/>" if "manifest" in name else part)
    with pytest.raises(Unreadable, match="password"):
        read(listed, "log.ods")


def test_rows_without_a_word_are_no_rows():
    rows = opening.read(an_xlsx([["Action"], [" "], [], ["Ring"]]))["sheets"][0]["rows"]
    assert rows == [(1, ["Action"]), (4, ["Ring"])]


def test_a_familys_number_and_lost_letters_are_faults_of_their_cells_rule_1():
    sheet = read("Ring 943 476 5919,BP25C50123,Zo\ufffd,01632 960001".encode(), "a.csv")[0]
    assert sheet.rows == [(1, ["", "", "Zo\ufffd", "01632 960001"])]
    assert sheet.faults == {"A1": reading.FAMILY_NUMBER, "B1": reading.FAMILY_NUMBER, "C1": reading.LETTERS}
