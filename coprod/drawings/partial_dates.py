"""Dates of the public record that are only partly known: a year, a month, a day, or from one to another."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coprod.core.words import MONTHS


class Known(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known, between the first and the last day it may mean."""

    known: Known
    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> "PartialDate":
        """Read "2019", "2020-06" or "2024-03-27"."""
        parts = [int(part) for part in text.strip().split("-")]
        if len(parts) == 1:
            return cls(Known.YEAR, date(parts[0], 1, 1), date(parts[0], 12, 31))
        if len(parts) == 2:
            year, month = parts
            return cls(Known.MONTH, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        day = date(*parts)
        return cls(Known.DAY, day, day)

    def words(self, *, with_year: bool = True) -> str:
        """Say it as far as it is known: 2019, June 2020, 27 March 2024."""
        if self.known is Known.YEAR:
            return str(self.first.year)
        month = MONTHS[self.first.month - 1]
        said = f"{self.first.day} {month}" if self.known is Known.DAY else month
        return f"{said} {self.first.year}" if with_year else said


@dataclass(frozen=True, slots=True)
class Span:
    """From one partly known date to another; the same one twice for a single date, no last one for an open end."""

    start: PartialDate
    end: PartialDate | None

    @classmethod
    def read(cls, text: str) -> "Span":
        """Read one date, "2019/2022" for a span, or "2023-09/" for an open end."""
        first, slash, last = text.partition("/")
        start = PartialDate.read(first)
        if not slash:
            return cls(start, start)
        return cls(start, PartialDate.read(last) if last.strip() else None)

    @property
    def single(self) -> bool:
        """Whether this is one date and not a stretch of time."""
        return self.end is self.start

    def words(self) -> str:
        """Say it under the heading of its first year: June, 27 March, September to February 2022, 2019 to 2022."""
        start = self.start.words(with_year=False)
        if self.single:
            return start
        if self.end is None:
            return f"From {start}"
        return f"{start} to {self.end.words(with_year=self.end.first.year != self.start.first.year)}"
