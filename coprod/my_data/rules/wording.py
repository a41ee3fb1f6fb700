"""Saying what is kept about somebody: values in words, few enough on the page, all of them in the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol

from config import HERE
from coprod.core.words import long_date
from coprod.my_data.rules.register import Fate, Held

FEW = 3
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MASKED = ("E-mail", "Phone")
Said = list[tuple[str, str]]


class Found(Protocol):
    """One kind of thing that was found about somebody."""

    @property
    def held(self) -> Held:
        """Answer what kind that is."""

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Answer every one of it."""


@dataclass(frozen=True)
class Part:
    """One kind of thing as it is shown: every one of it in words, and how many more the file has."""

    held: Held
    things: list[Said]
    more: int = 0


def in_full(found: Sequence[Found]) -> list[Part]:
    """Say everything, for the file."""
    return [Part(kept.held, [_said(row) for row in kept.rows]) for kept in found]


def in_short(found: Sequence[Found], fate: Fate) -> list[Part]:
    """Say the first few of each kind of one fate, for the page; phone and e-mail are never whole there (A6)."""
    parts = [part for part in in_full(found) if part.held.fate == fate]
    return [
        Part(part.held, [_masked(thing) for thing in part.things[:FEW]], max(0, len(part.things) - FEW))
        for part in parts
    ]


def as_data(parts: Sequence[Part], made_on: date) -> dict[str, Any]:
    """Lay it out for a machine to read."""
    kinds = [
        {
            "kind": part.held.title,
            "if_erased": str(part.held.fate),
            "why": part.held.why,
            "things": [dict(thing) for thing in part.things],
        }
        for part in parts
    ]
    return {"made_on": made_on.isoformat(), "kept_about_you": kinds}


def _said(row: Mapping[str, Any]) -> Said:
    return [(label, words) for label, value in row.items() if (words := word_for(label, value))]


def word_for(label: str, value: Any) -> str:
    """Say one value in words; days are never finer than days, and what is empty says nothing."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return DAYS[value] if label == "Day" else str(value)
    if isinstance(value, date):
        return long_date(value.astimezone(HERE).date() if isinstance(value, datetime) else value)
    return _words(value)


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {words}" for name, words in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value.value if isinstance(value, Enum) else value or "")


def _masked(thing: Said) -> Said:
    return [(label, _mask(words) if label in MASKED else words) for label, words in thing]


def _mask(words: str) -> str:
    return f"{words[:1]}…{words[-2:]}"
