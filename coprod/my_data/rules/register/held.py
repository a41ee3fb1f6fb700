"""What is said of one kind of thing that is kept: whose it is, what she reads, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of something when the person it is about has it erased."""

    GOES = "goes"
    STAYS = "stays, without your name"


@dataclass(frozen=True)
class Held:
    """One kind of thing that is kept about a person.

    `whose` are the columns that say whose it is, as "table.column" of one table. `shown` are the columns she reads,
    each with its words; "workstream_id>workstream.neutral_name" follows a key to where the words are.
    """

    title: str
    whose: tuple[str, ...]
    fate: Fate
    shown: Mapping[str, str] = field(default_factory=dict)
    unseen: tuple[str, ...] = ()
    """Columns that are nobody's to read, such as hashes; declared so that none is forgotten."""
    why: str = ""
    """Why it stays, or why it is not shown."""
    change: str = ""
    """The page on which she can put it right."""

    @property
    def table(self) -> str:
        """Answer the table it lies in."""
        return self.whose[0].partition(".")[0]

    @property
    def columns(self) -> set[str]:
        """Answer every column this speaks of, as "table.column"."""
        named = {column.partition(">")[0] for column in (*self.shown, *self.unseen)}
        return {f"{self.table}.{column}" for column in named} | set(self.whose)


COUNTS = "So that numbers and decisions still add up. It has no name on it then."
DECIDED = "It is part of what was decided or agreed. It has no name on it then."
SAFE = "It keeps the site safe. It holds no names, and goes after 12 months."
PAID = "Payment records are kept for 6 years. They have no name on them then."
UNPAID = " What we still owe you can’t be paid then."
GROUP = {"workstream_id>workstream.neutral_name": "Group"}
