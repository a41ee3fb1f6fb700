"""An attacker who knows how everybody voted in all polls but one, and guesses that one from what the disk betrays.

Every trace is a number that can be read beside a voter: the place of her row in some order, a byte of some column, a
byte near her id in some file. For each trace the attacker learns from the other polls which choice it goes with, then
guesses. A trace that is worth anything beats chance; of all traces only the one that did best on the polls he knows is
used on the poll he does not, so that trying many traces is no advantage.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any
from uuid import UUID

from bench.prove.disk import Disk, forms_of

NEAR = range(-24, 96)
Voter = tuple[UUID, UUID]
Traces = dict[str, dict[Voter, int]]


@dataclass(frozen=True)
class Truth:
    """How everybody voted, and what was published of each poll."""

    choices: dict[Voter, int]
    published: dict[UUID, str]


def traces(disk: Disk, truth: Truth) -> Traces:
    """Read every trace the disk holds beside the voters."""
    found: Traces = defaultdict(dict)
    polls = sorted(truth.published)
    for name, rows in disk.tables.items():
        for poll in polls:
            _from_rows(found, name, [row for row in rows if _is(row.get("poll_id"), poll)], poll)
    _from_pairs(found, disk, polls)
    for name, content in disk.files.items():
        _from_bytes(found, name, content, list(truth.choices))
    for poll, person in truth.choices:
        found["what was published"][poll, person] = hash(truth.published[poll])
    return found


def _is(value: object, key: UUID) -> bool:
    return str(value).replace("-", "") == key.hex


def _voter(row: dict[str, Any], poll: UUID) -> Voter | None:
    return (poll, UUID(str(row["person_id"]))) if row.get("person_id") else None


def _from_rows(found: Traces, name: str, rows: list[dict[str, Any]], poll: UUID) -> None:
    for place, row in enumerate(rows):
        voter = _voter(row, poll)
        if voter is None:
            continue
        found[f"{name}: place"][voter] = place
        for column, value in row.items():
            for trace, number in _numbers(value):
                found[f"{name}: {column} {trace}"][voter] = number


def _numbers(value: object) -> Iterator[tuple[str, int]]:
    if isinstance(value, int):
        yield "itself", value
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        yield "length", len(content)
        yield from ((f"byte {n} mod 6", byte % 6) for n, byte in enumerate(content[:96]))


def _from_pairs(found: Traces, disk: Disk, polls: list[UUID]) -> None:
    """Lay tables that name voters beside tables that hold plain choices, row by row."""
    named, plain = _with(disk, "person_id"), _with(disk, "choice")
    for left, people in named.items():
        for right, ballots in plain.items():
            for poll in polls:
                beside = zip(
                    (row for row in people if _is(row["poll_id"], poll)),
                    (row for row in ballots if _is(row["poll_id"], poll)),
                    strict=False,
                )
                for person, ballot in beside:
                    voter = _voter(person, poll)
                    if voter is not None:
                        found[f"{left} beside {right}"][voter] = int(str(ballot["choice"]))


def _with(disk: Disk, column: str) -> dict[str, list[dict[str, Any]]]:
    return {name: rows for name, rows in disk.tables.items() if rows and {"poll_id", column} <= set(rows[0])}


def _from_bytes(found: Traces, name: str, content: bytes, voters: list[Voter]) -> None:
    for poll, person in voters:
        for form in forms_of(person):
            for near in (forms_of(poll)[0] + form, forms_of(poll)[1] + form):
                at = content.rfind(near)
                if at >= 0:
                    _around(found, f"{name}: beside the id", content, at + len(near), (poll, person))


def _around(found: Traces, name: str, content: bytes, at: int, voter: Voter) -> None:
    for offset in NEAR:
        if 0 <= at + offset < len(content):
            found[f"{name} {offset} mod 6"][voter] = content[at + offset] % 6


def hits(found: Traces, truth: Truth) -> tuple[int, dict[str, int]]:
    """Count the votes guessed right, poll by poll, each with the trace that did best on the others; and by trace."""
    by_trace = {name: _right_by_poll(read, truth) for name, read in found.items()}
    total = 0
    for poll in truth.published:
        best = max(by_trace, key=lambda name: (sum(by_trace[name].values()) - by_trace[name][poll], name))
        total += by_trace[best][poll]
    tally = {name: sum(right.values()) for name, right in by_trace.items()}
    return total, dict(sorted(tally.items(), key=lambda item: -item[1])[:5])


def _right_by_poll(read: dict[Voter, int], truth: Truth) -> Counter[UUID]:
    learned: dict[int, Counter[int]] = defaultdict(Counter)
    for voter, number in read.items():
        learned[number][truth.choices[voter]] += 1
    right: Counter[UUID] = Counter(dict.fromkeys(truth.published, 0))
    for poll in truth.published:
        own: dict[int, Counter[int]] = defaultdict(Counter)
        mine = [voter for voter in read if voter[0] == poll]
        for voter in mine:
            own[read[voter]][truth.choices[voter]] += 1
        for voter in mine:
            number = read[voter]
            known = learned[number] - own[number]
            guess = max(range(6), key=lambda choice, known=known: known[choice])
            right[poll] += guess == truth.choices[voter]
    return right


def bound(votes: int, options: int = 6) -> float:
    """Answer chance and three standard deviations (F17)."""
    return votes / options + 3 * sqrt(votes * (1 / options) * (1 - 1 / options))
