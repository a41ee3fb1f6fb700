"""Readings that are brought from a spreadsheet: which rows can come in, and for each other one the cell and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from coprod.core.spreadsheets.reading import Sheet, letters
from coprod.outcomes.models import Indicator, Unit
from coprod.outcomes.rules.measuring import MOST, reading_faults
from coprod.outcomes.rules.periods import ASKED, NAMES, period_words, read_period
from coprod.outcomes.rules.proposing import period_fault

MOST_ROWS = 300
A_NUMBER = "Write a number, such as 62 or 4.5."
A_WHOLE_NUMBER = "Write a whole number, such as 40."
A_SHARE = "A spreadsheet keeps 62% as 0.62. Write 62, or add this one by hand."


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can come in."""

    number: int
    month: date
    value: float
    denominator: int | None
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that keeps its row from coming in, and why."""

    cell: str
    reason: str


@dataclass
class Sifted:
    """What can come in, and what cannot."""

    good: list[Row] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


class _Fault(Exception):  # noqa: N818 - a row's own, caught where the row is read
    """The column a row fails in, and why."""


def number(typed: str) -> float:
    """Read a number as people write it: 62, 62%, 1,200 or 4.5."""
    return float(typed.removesuffix("%").replace(",", ""))


def whole_number(typed: str) -> int:
    """Read a whole number; more digits than anybody counts are no number."""
    if len(typed) > len(f"{MOST:,}") + 1:
        raise ValueError(typed)
    return int(typed.replace(",", ""))


def sift(indicator: Indicator, sheet: Sheet, today: date) -> Sifted:
    """Read each row: the period, then the value and out of how many, or the count of each group."""
    found, seen = Sifted(), dict[date, int]()
    for place, cells in _below_the_heading(sheet.rows):
        try:
            row = _row(indicator, place, cells, sheet.faults)
            if fault := _period_fault(indicator, row, seen, today):
                raise _Fault(0, fault)
        except _Fault as fault:
            column, reason = fault.args
            found.refused.append(Refused(f"{letters(column)}{place}", reason))
        else:
            seen[row.month] = place
            found.good.append(row)
    return found


def as_rows(indicator: Indicator, rows: Sequence[Row]) -> str:
    """Write rows down again, so that they can be read once more when they are let in."""
    sign = "%" if indicator.unit == Unit.PERCENT else ""
    return "\n".join("\t".join(_cells(row, sign)) for row in rows)


def as_typed(sheet: Sheet) -> str:
    """Write all rows down as they were brought, so that those that cannot come in are mended and nothing is lost."""
    return "\n".join("\t".join(cells) for _, cells in sheet.rows)


def _cells(row: Row, sign: str) -> Iterator[str]:
    yield row.month.isoformat()
    if row.parts:
        yield from (str(part) for part in row.parts)
    else:
        yield f"{row.value!r}{sign}"
        yield "" if row.denominator is None else str(row.denominator)


def _below_the_heading(rows: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Leave out a first row that has neither a period nor a number."""
    for first, (place, cells) in enumerate(rows):
        if first == 0 and not any(letter.isdigit() for letter in "".join(cells)):
            continue
        yield place, cells


def _row(indicator: Indicator, place: int, found: Sequence[str], unread: dict[str, str]) -> Row:
    width = 1 + (len(indicator.groups) or 2)
    cells = [*(cell.strip() for cell in found), *[""] * width]
    for column in range(len(cells)):
        if fault := unread.get(f"{letters(column)}{place}"):
            raise _Fault(column, fault)
        if column >= width and cells[column]:
            raise _Fault(column, "There is no column for this.")
    month = _month(indicator, cells[0])
    if indicator.groups:
        parts = tuple(_whole(cells, column) for column in range(1, width))
        return Row(place, month, sum(parts), None, parts)
    value = _value(indicator, cells[1])
    denominator = _whole(cells, 2) if cells[2] else None
    if faults := reading_faults(indicator.unit, value, denominator):
        raise _Fault(*next((1 if name == "value" else 2, fault) for name, fault in faults.items()))
    return Row(place, month, value, denominator)


def _month(indicator: Indicator, cell: str) -> date:
    try:
        return read_period(indicator.how_often, cell)
    except ValueError:
        raise _Fault(0, ASKED[indicator.how_often]) from None


def _value(indicator: Indicator, cell: str) -> float:
    try:
        value = number(cell)
    except ValueError:
        raise _Fault(1, A_NUMBER) from None
    if indicator.unit == Unit.PERCENT and 0 < value <= 1 and not cell.endswith("%"):
        raise _Fault(1, A_SHARE)
    return value


def _whole(cells: Sequence[str], column: int) -> int:
    try:
        count = whole_number(cells[column])
    except ValueError:
        raise _Fault(column, A_WHOLE_NUMBER) from None
    if not 0 <= count <= MOST:
        raise _Fault(column, A_WHOLE_NUMBER)
    return count


def _period_fault(indicator: Indicator, row: Row, seen: dict[date, int], today: date) -> str:
    if row.month in seen:
        named = NAMES[indicator.how_often]
        return f"Row {seen[row.month]} has this {named} already: {period_words(indicator.how_often, row.month)}."
    return period_fault(indicator, row.month, today)
