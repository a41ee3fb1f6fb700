"""What a log's columns can hold, what people call them, and in which row their names stand."""

from collections.abc import Sequence
from enum import StrEnum

from coprod.core.spreadsheets.reading import letters

Row = tuple[int, list[str]]
SEARCHED = 30
"""The headings stand in one of the first rows, or the log has none that we know."""


class Part(StrEnum):
    """One part of an action that a column can hold."""

    WHAT = "what"
    OWNER = "owner"
    EMAIL = "email"
    DUE = "due"
    STATE = "state"
    OPENED = "opened"
    SETTLED = "settled"
    NOTE = "note"


NEEDED = (Part.WHAT, Part.OWNER, Part.DUE)
CALLED: dict[Part, tuple[str, ...]] = {
    Part.WHAT: (
        "what",
        "action",
        "actions",
        "action point",
        "action required",
        "action agreed",
        "action description",
        "description",
        "description of action",
        "task",
        "what is to be done",
        "to do",
        "agreed action",
    ),
    Part.OWNER: (
        "who",
        "owner",
        "action owner",
        "lead",
        "lead officer",
        "lead person",
        "responsible",
        "person responsible",
        "responsible officer",
        "assigned to",
        "by whom",
        "name",
        "who does it",
        "allocated to",
    ),
    Part.EMAIL: ("email", "e-mail", "email address", "e-mail address", "owner email", "owner e-mail", "contact"),
    Part.DUE: (
        "due",
        "due date",
        "date due",
        "deadline",
        "by when",
        "target date",
        "target completion date",
        "timescale",
        "target",
        "due by",
        "when",
        "complete by",
        "to be completed by",
    ),
    Part.STATE: ("status", "state", "progress", "rag", "rag status", "action status", "open/closed", "done?", "%"),
    Part.OPENED: (
        "opened",
        "raised",
        "date raised",
        "date opened",
        "date agreed",
        "agreed on",
        "meeting date",
        "date of meeting",
        "date added",
        "date",
        "start date",
    ),
    Part.SETTLED: (
        "done on",
        "completed",
        "date completed",
        "completed on",
        "completion date",
        "closed",
        "date closed",
        "closed on",
        "actual completion date",
        "settled",
        "date done",
    ),
    Part.NOTE: (
        "notes",
        "note",
        "comments",
        "comment",
        "update",
        "updates",
        "latest update",
        "progress notes",
        "remarks",
        "how anyone can tell",
    ),
}
_PARTS = {called: part for part, names in CALLED.items() for called in names}


def heading(cell: str) -> str:
    """Answer a heading as it is compared: without case, breaks, colons and what stands in brackets."""
    before_brackets = cell.split("(")[0] if not cell.startswith("(") else cell
    return " ".join(before_brackets.replace("_", " ").casefold().split()).strip(" :*.-")


def head_of(rows: Sequence[Row]) -> int:
    """Answer the number of the row that looks most like headings; the first one where none does."""
    best = max(rows[:SEARCHED], key=lambda row: len(set(guessed(row[1]).values())))
    return best[0]


def guessed(headings: Sequence[str]) -> dict[str, str]:
    """Guess which part each column holds, by its letter; of two columns called the same, the first."""
    found: dict[str, str] = {}
    for place, cell in enumerate(headings):
        part = _PARTS.get(heading(cell))
        if part and part not in found.values():
            found[letters(place)] = str(part)
    return found


def known_headings(rows: Sequence[Row]) -> int:
    """Answer how many headings of a sheet we know, to choose among sheets."""
    return len(guessed(dict(rows)[head_of(rows)]))


def columns_of(rows: Sequence[Row], head: int) -> dict[str, str]:
    """Answer what each column is called, by its letter, with the first thing that stands in it."""
    named = dict(rows).get(head, [])
    widest = max((len(cells) for number, cells in rows if number >= head), default=0)
    return {letters(place): _told(place, named, rows, head) for place in range(widest)}


def _told(place: int, named: Sequence[str], rows: Sequence[Row], head: int) -> str:
    called = named[place] if place < len(named) else ""
    example = next(
        (cells[place] for number, cells in rows if number > head and place < len(cells) and cells[place]), ""
    )
    said = " ".join((called or "no heading").split())[:60]
    return f"{letters(place)}: {said}" + (f", such as “{' '.join(example.split())[:40]}”" if example else "")
