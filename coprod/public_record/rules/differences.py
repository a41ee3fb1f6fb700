"""How what a file says differs from what is kept here, one line each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from coprod.public_record.rules.facts import ORDERED, Fact

COUNTED = {"bank holiday": "bank holidays", "principle": "principles", "priority": "priorities"}
ANYBODYS = {"source", "principle", "priority"}
"""What has no sources of its own, and still comes from the record."""


class How(StrEnum):
    """What has become of a fact."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "no longer there"
    MOVED = "in another order"


@dataclass(frozen=True)
class Difference:
    """One fact that is new, other than before, or gone."""

    how: How
    fact: Fact
    was: Fact | None = None

    @property
    def changed(self) -> list[str]:
        """List the fields that are other than before."""
        old = self.was.fields if self.was else {}
        return [name for name, value in self.fact.fields.items() if self.was and value != old[name]]

    @property
    def lines(self) -> list[str]:
        """Say it, a line for each field that changed."""
        if self.how == How.MOVED:
            return [f"{self.fact.table}: {self.how}"]
        if self.was is None:
            return [f"{self.fact.words}: {self.how}"]
        return [
            f"{self.fact.words}, {name.replace('_', ' ')}: changed from {_said(self.was.fields[name])} "
            f"to {_said(self.fact.fields[name])}"
            for name in self.changed
        ]


def differences(file: Sequence[Fact], kept: Sequence[Fact]) -> list[Difference]:
    """List what the file adds and changes, then what it no longer has, then what stands in another order."""
    before = {fact: fact for fact in kept}
    found = [_compare(fact, before.get(fact)) for fact in file]
    named = set(file)
    gone = [Difference(How.GONE, fact) for fact in kept if fact not in named and _is_of_the_record(fact)]
    return [*(difference for difference in found if difference), *gone, *_in_another_order(file, kept)]


def _compare(fact: Fact, was: Fact | None) -> Difference | None:
    if was is None:
        return Difference(How.ADDED, fact)
    difference = Difference(How.CHANGED, fact, was)
    return difference if difference.changed else None


def _is_of_the_record(fact: Fact) -> bool:
    return fact.table in ANYBODYS or bool(fact.fields.get("sources"))


def _in_another_order(file: Sequence[Fact], kept: Sequence[Fact]) -> list[Difference]:
    both = set(file) & set(kept)
    found = []
    for table in ORDERED:
        now, then = ([f for f in facts if f.table == table and f in both] for facts in (file, kept))
        found += [Difference(How.MOVED, now[0])] if now != then else []
    return found


def in_lines(found: Iterable[Difference]) -> list[str]:
    """Say the differences, one line each; what is only counted in one line together."""
    lines: list[str] = []
    for (table, how), group in groupby(found, key=lambda d: (d.fact.table, d.how)):
        these = list(group)
        if table in COUNTED and how == How.ADDED:
            lines.append(f"{COUNTED[table]}: {len(these)} {how}")
        else:
            lines += [line for difference in these for line in difference.lines]
    return lines


def _said(value: Any) -> str:
    if isinstance(value, list):
        return f"“{'; '.join(value)}”" if value else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "":
        return "nothing"
    return f"{value:g}" if isinstance(value, float) else f"“{value}”"


@dataclass(frozen=True)
class Report:
    """What came of an import: what is wrong with the file, or what differs, what is left, and whether it was done."""

    faults: Sequence[str] = ()
    differences: Sequence[str] = ()
    left: Sequence[str] = ()
    applied: bool = False

    @property
    def heading(self) -> str:
        """Say in one sentence what came of it."""
        if self.faults:
            return f"Nothing was imported: {_many(len(self.faults), 'fault')} in the file."
        if not self.differences and self.left:
            return "Nothing to change: what the file no longer has is left, because people have built on it."
        if not self.differences:
            return "Nothing differs: the record is in already, and nothing was changed."
        done = "All of it is in now" if self.applied else "Nothing is changed yet"
        return f"{_many(len(self.differences), 'difference')}. {done}."

    @property
    def lines(self) -> list[str]:
        """Say all of it, one line each."""
        return [*self.faults, *self.differences, *self.left]


def _many(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
