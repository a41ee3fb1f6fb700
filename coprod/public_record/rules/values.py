"""What may stand behind each key of the public record, and what is said where it does not."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any

from coprod.core.words import has_court_number, has_nhs_number

Check = Callable[[Any], Any]
MOST_LETTERS = 2000
YEARS = range(1900, 2101)
ONE_DATE = 'a date in quotes, as exact as it is known: "2019", "2022-06" or "2024-03-27"'
A_SPAN = f'{ONE_DATE}, or from one to another: "2021-09/2022-02"'
A_DAY = 'a whole day in quotes: "2022-10-24"'
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Wrong(Exception):  # noqa: N818 - it is what the value is
    """A value is not what was expected; the words say what was."""


def _require(holds: object, expected: str) -> None:
    if not holds:
        raise Wrong(expected)


def text(value: Any) -> str:
    """Some words; never a number that only one family has (domain rule 1)."""
    _require(isinstance(value, str) and value.strip(), "some words in quotes")
    _require(not _CONTROL.search(value), "words without control characters")
    _require(len(value) <= MOST_LETTERS, f"{MOST_LETTERS} letters at most")
    _require(not has_nhs_number(value), "no NHS number")
    _require(not has_court_number(value), "no court number")
    return str(value).strip()


def texts(value: Any) -> list[str]:
    """A list of words, with at least one in it."""
    _require(isinstance(value, list) and value, 'a list of words in quotes: ["one", "two"]')
    return [text(item) for item in value]


def one_or_more(value: Any) -> list[str]:
    """One name in quotes, or a list of them."""
    return texts(value) if isinstance(value, list) else [text(value)]


def whole(least: int, most: int) -> Check:
    """A whole number between these."""

    def check(value: Any) -> int:
        counts = isinstance(value, int) and not isinstance(value, bool)
        _require(counts and least <= value <= most, f"a whole number from {least} to {most}")
        return int(value)

    return check


def number(value: Any) -> float:
    """A number, whole or not."""
    counts = isinstance(value, int | float) and not isinstance(value, bool)
    _require(counts and abs(value) < 10**9 and isfinite(value), "a number")
    return float(value)


def yes_or_no(value: Any) -> bool:
    """True or false."""
    _require(isinstance(value, bool), "true or false, without quotes")
    return bool(value)


def one_of(*known: str) -> Check:
    """One of these words."""

    def check(value: Any) -> str:
        _require(value in known, " or ".join(f'"{word}"' for word in known))
        return str(value)

    return check


def partial_date(value: Any) -> str:
    """A year, a month or a day, and no more exact than it is known."""
    _require(isinstance(value, str) and first_day(value), ONE_DATE)
    return str(value)


def span(value: Any) -> str:
    """One date, or from one to another."""
    parts = value.split("/") if isinstance(value, str) else []
    _require(len(parts) in (1, 2) and all(first_day(part) for part in parts), A_SPAN)
    _require(is_in_order(parts[0], parts[-1]), "the earlier date first")
    return str(value)


def whole_day(value: Any) -> date:
    """One day of the calendar."""
    _require(isinstance(value, str) and len(value) == len("2022-10-24") and first_day(value), A_DAY)
    return date.fromisoformat(value)


def first_day(when: str) -> date | None:
    """Answer the first day a partial date may mean, or None where it is not one."""
    found = _PARTIAL.fullmatch(when)
    if found is None or int(found[1]) not in YEARS:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def last_day(when: str) -> date:
    """Answer the last day a partial date may mean."""
    year, *rest = (int(part) for part in when.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else monthrange(year, month)[1])


def is_in_order(first: str, last: str) -> bool:
    """Answer whether the second of two partial dates can be as late as the first."""
    begins = first_day(first)
    return begins is not None and begins <= last_day(last)


def shown(value: Any) -> str:
    """Repeat what was found, short enough for one line."""
    words = value.isoformat() if isinstance(value, date | datetime) else repr(value)
    return words if len(words) <= 60 else f"{words[:59]}…"
