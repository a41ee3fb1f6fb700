"""Reading the days people write, the British way unless a column shows another."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from coprod.core.words import MONTHS

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
_FIRST_SERIAL = date(1899, 12, 30)
"""What a spreadsheet counts days from, once it has left February 1900 behind."""
_SLASHED = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?:of\s+)?([a-z]{3,9})\.?[\s\-./,]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(r"[\sT,]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:am|pm)?Z?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)
_MONTHS = {name.lower()[:3]: number for number, name in enumerate(MONTHS, 1)}
_NAMES = {name.lower() for name in MONTHS} | set(_MONTHS) | {"sept"}


class Order(StrEnum):
    """How a column writes its days in numbers."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    BOTH = "both ways"


class NoDay(ValueError):  # noqa: N818 - a name that says what is there
    """What stands in a cell is no day; the words say what is wrong with it."""


WRITE_IT = "Write a day here, such as 18 November 2025."
NO_SUCH_DAY = "There is no such day. Please look again."
FAR_AWAY = "This day is too far away. Please look at the year."
EITHER = "This could be two days: other cells in this column put the month first, and others the day."


def order_of(cells: Iterable[str]) -> Order:
    """Answer how a column writes its days: the day comes first here, unless what stands there shows otherwise."""
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := _SLASHED.fullmatch(_bare(cell)))]
    month_first = any(first <= 12 < second for first, second in pairs)
    day_first = any(second <= 12 < first for first, second in pairs)
    if month_first:
        return Order.BOTH if day_first else Order.MONTH_FIRST
    return Order.DAY_FIRST


def read_day(cell: str, order: Order = Order.DAY_FIRST) -> date:
    """Answer the day a cell says; NoDay where it says none, or one of two."""
    bare = _bare(cell)
    try:
        day = _read(bare, order)
    except ValueError as error:
        raise error if isinstance(error, NoDay) else NoDay(NO_SUCH_DAY) from error
    if not EARLIEST <= day < LATEST:
        raise NoDay(FAR_AWAY)
    return day


def _bare(cell: str) -> str:
    """Take away the name of the weekday and the time of day."""
    return _WEEKDAY.sub("", _TIME.sub("", " ".join(cell.split()))).strip(" .,")


def _read(bare: str, order: Order) -> date:
    if found := _SERIAL.fullmatch(bare):
        return _FIRST_SERIAL + timedelta(int(found[1]))
    if found := _ISO.fullmatch(bare):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(bare):
        return _slashed(int(found[1]), int(found[2]), _year(found[3]), order)
    low = bare.lower()
    if (found := _NAMED.fullmatch(low)) and found[2] in _NAMES:
        return date(_year(found[3]), _MONTHS[found[2][:3]], int(found[1]))
    if (found := _NAMED_FIRST.fullmatch(low)) and found[1] in _NAMES:
        return date(int(found[3]), _MONTHS[found[1][:3]], int(found[2]))
    raise NoDay(WRITE_IT)


def _slashed(first: int, second: int, year: int, order: Order) -> date:
    if order == Order.BOTH and first <= 12 and second <= 12 and first != second:
        raise NoDay(EITHER)
    month_first = order == Order.MONTH_FIRST or (order == Order.BOTH and second > 12)
    return date(year, first, second) if month_first else date(year, second, first)


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)
