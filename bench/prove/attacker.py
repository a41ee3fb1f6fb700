"""An attacker who knows how half of the polls were voted, and guesses the other half from what the disk betrays.

Every trace is a number that can be read beside a voter: the place of her row in some order, a byte of some column, a
byte near her id in some file. For each trace the attacker learns which choice a number goes with. Which trace to trust
is found out on the known half alone, so that having many traces is no advantage: whatever the unknown half gives away
above chance is real.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any
from uuid import UUID

from bench.prove.disk import Disk, forms_of

NEAR = range(-24, 96)
OPTIONS = 6
MOST_ROWS = 4
PUBLISHED = "what was published"
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
            _from_rows(found, name, [row for row in rows if _is(row.get("poll_id"), poll)], poll, truth)
            _from_the_poll(found, name, [row for row in rows if _is_of(row, poll)], poll, truth)
    _from_pairs(found, disk, polls, truth)
    for name, content in disk.files.items():
        _from_bytes(found, name, content, list(truth.choices))
    for poll, person in truth.choices:
        found[PUBLISHED][poll, person] = hash(truth.published[poll])
    return found


def _is(value: object, key: UUID) -> bool:
    return str(value).replace("-", "") == key.hex


def _voter(row: dict[str, Any], poll: UUID) -> Voter | None:
    return (poll, UUID(str(row["person_id"]))) if row.get("person_id") else None


def _from_rows(found: Traces, name: str, rows: list[dict[str, Any]], poll: UUID, truth: Truth) -> None:
    for place, row in enumerate(rows):
        voter = _voter(row, poll)
        if voter not in truth.choices:
            continue
        found[f"{name}: place"][voter] = place
        for column, value in row.items():
            for trace, number in _numbers(value):
                found[f"{name}: {column} {trace}"][voter] = number


def _is_of(row: dict[str, Any], poll: UUID) -> bool:
    return any(_is(row.get(column), poll) for column in ("poll_id", "id"))


def _from_the_poll(found: Traces, name: str, rows: list[dict[str, Any]], poll: UUID, truth: Truth) -> None:
    """Read what is kept of the whole poll, such as a sum: it says the same of every voter, and perhaps too much."""
    voters = [voter for voter in truth.choices if voter[0] == poll]
    known = {(poll, UUID(str(row["person_id"]))) for row in rows if row.get("person_id")} & set(voters)
    if known:
        return
    for place, row in enumerate(rows[:MOST_ROWS]):
        for column, value in row.items():
            for trace, number in _numbers(value):
                for voter in voters:
                    found[f"{name} {place} of the poll: {column} {trace}"][voter] = number


def _numbers(value: object) -> Iterator[tuple[str, int]]:
    if isinstance(value, int):
        yield "itself", value
    if isinstance(value, str):
        yield "itself", hash(value)
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        yield "length", len(content)
        yield from ((f"byte {n} mod 6", byte % 6) for n, byte in enumerate(content[:96]))


def _from_pairs(found: Traces, disk: Disk, polls: list[UUID], truth: Truth) -> None:
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
                    if voter in truth.choices:
                        found[f"{left} beside {right}"][voter] = int(str(ballot["choice"]))


def _with(disk: Disk, column: str) -> dict[str, list[dict[str, Any]]]:
    return {name: rows for name, rows in disk.tables.items() if rows and {"poll_id", column} <= set(rows[0])}


def _from_bytes(found: Traces, name: str, content: bytes, voters: list[Voter]) -> None:
    """Find every place where a poll's id stands before a voter's; the last one, the newest, wins."""
    for poll in {poll for poll, _ in voters}:
        beside = {form: (poll, person) for at, person in voters if at == poll for form in forms_of(person)}
        for place in re.finditer(b"|".join(re.escape(form) for form in forms_of(poll)), content):
            for size in (16, 32, 36):
                voter = beside.get(content[place.end() : place.end() + size])
                if voter is not None:
                    _around(found, f"{name}: beside the id", content, place.end() + size, voter)


def _around(found: Traces, name: str, content: bytes, at: int, voter: Voter) -> None:
    for offset in NEAR:
        if 0 <= at + offset < len(content):
            found[f"{name} {offset} mod 6"][voter] = content[at + offset] % 6


def hits(found: Traces, truth: Truth) -> int:
    """Count the votes guessed right: each half of the polls by what the other half taught."""
    polls = sorted(truth.published)
    halves = set(polls[::2]), set(polls[1::2])
    return sum(_guessed(found, truth, known, unknown) for known, unknown in (halves, halves[::-1]))


def _guessed(found: Traces, truth: Truth, known: set[UUID], unknown: set[UUID]) -> int:
    first, second = set(sorted(known)[::2]), set(sorted(known)[1::2])

    def worth(name: str) -> tuple[int, str]:
        read = found[name]
        return _right(read, truth, first, second) + _right(read, truth, second, first), name

    return _right(found[max(found, key=worth)], truth, known, unknown)


def _right(read: dict[Voter, int], truth: Truth, learn: set[UUID], guess: set[UUID]) -> int:
    """Learn on some polls which choice each number goes with most often, and guess others by it."""
    learned: dict[int, Counter[int]] = defaultdict(Counter)
    for voter, number in read.items():
        if voter[0] in learn:
            learned[number][truth.choices[voter]] += 1
    likeliest = {number: max(range(OPTIONS), key=seen.__getitem__) for number, seen in learned.items()}
    return sum(likeliest.get(number) == truth.choices[voter] for voter, number in read.items() if voter[0] in guess)


def bound(votes: int, options: int = OPTIONS) -> float:
    """Answer chance and three standard deviations (F17)."""
    return votes / options + 3 * sqrt(votes * (1 / options) * (1 - 1 / options))
