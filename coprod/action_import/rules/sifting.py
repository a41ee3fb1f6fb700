"""Sifting a log row by row: what can be brought in, what is here already, and what is refused, by cell and reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID

from coprod.action_import.rules.days import NoDay, Order, order_of, read_day
from coprod.action_import.rules.owners import NoOwner, Owner, People, owner_of, said, same
from coprod.action_import.rules.parts import Part, Row, heading
from coprod.action_import.rules.states import UNKNOWN, state_of
from coprod.actions.models import ActionState
from coprod.core.spreadsheets.reading import FAMILY_NUMBER, letters

LONGEST_WHAT, LONGEST_NOTE = 300, 2000
SAMPLE, LONGEST_SAMPLE = 6, 60
NO_WHAT = "It does not say what is to be done."
NO_DUE = "It does not say by when."
TOO_LONG = "This has {count:,} letters. Use {most:,} at most. Perhaps a quotation mark is missing."
HEADINGS_AGAIN = "These are the headings once more."
TO_COME = "This day is still to come."
STILL_OPEN = "There is a day it was done, and it is said to be open. Mend one of the two."
HERE = "It is in the log already."
AGAIN = "It says the same as row {row}."


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is to be read: its rows, the row of its headings, and what each column holds."""

    rows: list[Row]
    head: int
    columns: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def below(self) -> list[tuple[int, dict[str, str]]]:
        """List the rows under the headings, each with its cells by their letters."""
        return [(number, _by_letter(cells)) for number, cells in self.rows if number > self.head]

    @property
    def headings(self) -> dict[str, str]:
        """Answer the headings by their letters, as they are compared."""
        cells = next((cells for number, cells in self.rows if number == self.head), [])
        return {letter: heading(cell) for letter, cell in _by_letter(cells).items()}

    @property
    def letters(self) -> dict[Part, str]:
        """Answer in which column each part stands."""
        return {Part(part): letter for letter, part in self.columns.items()}


def _by_letter(cells: list[str]) -> dict[str, str]:
    return {letters(place): cell for place, cell in enumerate(cells)}


@dataclass(frozen=True)
class Line:
    """A row that can be brought in."""

    row: int
    what: str
    owner: Owner
    due: date
    state: ActionState
    opened_on: date
    settled_on: date | None
    note: str
    print_of_words: str
    """The fingerprint of what stands in the row, whoever is meant by it."""


@dataclass(frozen=True)
class Fault:
    """Why a row is not brought in, and which of its cells says so."""

    row: int
    cell: str
    reason: str


@dataclass
class Unknown:
    """A name that nobody here goes by, as it is first spelt, and in how many rows it stands however it is spelt."""

    name: str
    rows: int = 0


@dataclass
class Sifted:
    """What becomes of every row."""

    good: list[Line] = field(default_factory=list)
    here: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    unknown: dict[str, Unknown] = field(default_factory=dict)
    """Names that nobody here goes by, as they are compared."""
    orders: dict[str, Order] = field(default_factory=dict)
    """How each column of days is read, by its letter."""

    @property
    def rows_refused(self) -> int:
        """Count the rows that are refused; one may have several faults."""
        return len({fault.row for fault in self.refused})


def sample(sheet: Sheet) -> tuple[list[str], list[list[str]]]:
    """Answer how a sheet begins: the letters of its columns, and its first rows with their numbers."""
    first = [(number, cells) for number, cells in sheet.rows if number >= sheet.head][:SAMPLE]
    width = max((len(cells) for _, cells in first), default=0)
    rows = [
        [str(number), *(" ".join(cell.split())[:LONGEST_SAMPLE] for cell in [*cells, *[""] * (width - len(cells))])]
        for number, cells in first
    ]
    return ["", *(letters(place) for place in range(width))], rows


def sift(sheet: Sheet, people: People, known: Collection[str], today: date) -> Sifted:
    """Look at every row under the headings; `known` are the fingerprints of what this log has brought in before."""
    below, columns, headings = sheet.below, sheet.letters, sheet.headings
    sifted, seen = Sifted(), dict.fromkeys(known, 0)
    for part in (Part.DUE, Part.OPENED, Part.SETTLED):
        if letter := columns.get(part):
            sifted.orders[letter] = order_of(cells[letter] for _, cells in below if letter in cells)
    for number, cells in below:
        row = _Row(number, cells, columns, sheet.faults, sifted.orders)
        if _is_private(row) or _repeats(row, headings):
            sifted.refused += row.found
        else:
            _keep(row, _line(row, people, sifted.unknown, today), seen, sifted)
    return sifted


def _keep(row: "_Row", line: Line | None, seen: dict[str, int], sifted: Sifted) -> None:
    sifted.refused += row.found
    if line is None:
        return
    prints = (line.print_of_words, print_of_owner(line, line.owner.whose))
    before = next((seen[one] for one in prints if one in seen), None)
    for one in prints:
        seen.setdefault(one, line.row if before is None else before)
    if before is None:
        sifted.good.append(line)
    else:
        sifted.here.append(Fault(line.row, row.place(Part.WHAT), AGAIN.format(row=before) if before else HERE))


def print_of_owner(line: Line, owner: UUID | str) -> str:
    """Answer the fingerprint of a row by the person who is meant, however it spells them."""
    return _print("owner", line.what, str(owner), line.due)


def _print(kind: str, what: str, whose: str, due: date) -> str:
    """Answer a hash of what, whose and by when, however it is spelt and spaced."""
    return sha256("\x1f".join([kind, same(what), same(whose), due.isoformat()]).encode()).hexdigest()


# --- One row.


@dataclass
class _Row:
    """One row while it is looked at, with what is wrong with it."""

    number: int
    cells: dict[str, str]
    columns: dict[Part, str]
    unusable: Mapping[str, str]
    orders: Mapping[str, Order]
    found: list[Fault] = field(default_factory=list)

    def place(self, part: Part) -> str:
        """Answer the name of the cell this part stands in."""
        return f"{self.columns[part]}{self.number}"

    def says(self, part: Part) -> str:
        """Answer what the cell of this part says, if there is one."""
        return self.cells.get(self.columns.get(part, ""), "").strip()

    def refuse(self, part: Part, reason: str) -> None:
        """Note what is wrong with a cell."""
        self.found.append(Fault(self.number, self.place(part), reason))

    def day(self, part: Part) -> date | None:
        """Answer the day of this part, if it says one."""
        try:
            words = self.says(part)
            return read_day(words, self.orders[self.columns[part]]) if words else None
        except NoDay as fault:
            self.refuse(part, str(fault))
            return None


def _is_private(row: _Row) -> bool:
    """A row with a family's number anywhere is refused whole (domain rule 1)."""
    places = [f"{letter}{row.number}" for letter in row.cells]
    row.found += [Fault(row.number, at, FAMILY_NUMBER) for at in places if row.unusable.get(at) == FAMILY_NUMBER]
    return bool(row.found)


def _repeats(row: _Row, headings: Mapping[str, str]) -> bool:
    says = {letter: heading(row.says(part)) for part, letter in row.columns.items()}
    again = any(says.values()) and all(words == headings.get(letter, "") for letter, words in says.items())
    if again:
        row.refuse(Part.WHAT, HEADINGS_AGAIN)
    return again


def _line(row: _Row, people: People, unknown: dict[str, Unknown], today: date) -> Line | None:
    for part in row.columns:
        if reason := row.unusable.get(row.place(part)):
            row.refuse(part, reason)
    what, note = _words(row, Part.WHAT, LONGEST_WHAT, NO_WHAT), _words(row, Part.NOTE, LONGEST_NOTE)
    owner = _owner(row, people, unknown)
    due = row.day(Part.DUE)
    if not row.says(Part.DUE):
        _wanted(row, Part.DUE, NO_DUE)
    opened, settled = _past(row, Part.OPENED, today), _past(row, Part.SETTLED, today)
    state = _state(row, settled)
    if row.found or owner is None or due is None:
        return None
    settles = (settled or today) if state != ActionState.OPEN else None
    begun = opened or min(today, settles or today)
    words = _print("words", what, " ".join(said(row.says(Part.OWNER), row.says(Part.EMAIL))), due)
    return Line(row.number, what, owner, due, state, begun, settles, note, words)


def _wanted(row: _Row, part: Part, reason: str) -> None:
    """Ask for what is not there, unless its cell has a fault of its own."""
    if row.place(part) not in {fault.cell for fault in row.found}:
        row.refuse(part, reason)


def _words(row: _Row, part: Part, most: int, wanted: str = "") -> str:
    words = " ".join(row.says(part).split())
    if len(words) > most:
        row.refuse(part, TOO_LONG.format(count=len(words), most=most))
    if not words and wanted:
        _wanted(row, part, wanted)
    return words


def _owner(row: _Row, people: People, unknown: dict[str, Unknown]) -> Owner | None:
    try:
        return owner_of(row.says(Part.OWNER), row.says(Part.EMAIL), people)
    except NoOwner as fault:
        at = Part.EMAIL if fault.at_address and row.says(Part.EMAIL) else Part.OWNER
        _wanted(row, at, str(fault))
        if fault.name:
            unknown.setdefault(same(fault.name), Unknown(fault.name)).rows += 1
        return None


def _past(row: _Row, part: Part, today: date) -> date | None:
    day = row.day(part)
    if day and day > today:
        row.refuse(part, TO_COME)
    return day


def _state(row: _Row, settled: date | None) -> ActionState:
    """Answer how far it is: what the log says, and done where it says nothing but when it was done."""
    if settled and not row.says(Part.STATE):
        return ActionState.DONE
    state = state_of(row.says(Part.STATE))
    if state is None:
        row.refuse(Part.STATE, UNKNOWN)
    if settled and state == ActionState.OPEN:
        row.refuse(Part.SETTLED, STILL_OPEN)
    return state or ActionState.OPEN
