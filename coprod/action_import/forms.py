"""What people say about a log they bring."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from coprod.action_import.rules import NEEDED, Part, Sheet, Unknown, columns_of, counted
from coprod.core.forms import Form
from coprod.core.spreadsheets.reading import MOST_BYTES, TAKEN, Unreadable, read
from coprod.core.spreadsheets.reading import Sheet as Found
from coprod.people.models import Person

LABELS = {
    Part.WHAT: "What is to be done",
    Part.OWNER: "Who does it",
    Part.DUE: "By when",
    Part.EMAIL: "Their e-mail address",
    Part.STATE: "How far it is",
    Part.OPENED: "When it was agreed",
    Part.SETTLED: "When it was done",
    Part.NOTE: "Notes",
}
MOST_NAMES = 30
_HEADS = 30
_FIELDS: dict[Part, SelectField] = {part: SelectField(label, validate_choice=False) for part, label in LABELS.items()}


class FileForm(Form):
    """A log that was kept elsewhere."""

    file = FileField("Your log", description=f"{TAKEN} 10 MB at most")
    found: Sequence[Found] = ()

    def validate_file(self, field: Any) -> None:
        """Read it, and say kindly why it cannot be read."""
        if not field.data:
            raise ValidationError("Choose the file with your log.")
        try:
            self.found = read(field.data.stream.read(MOST_BYTES + 1), field.data.filename)
        except Unreadable as refusal:
            raise ValidationError(str(refusal)) from refusal


class ColumnsForm(Form):
    """Which row the headings stand in, and which column holds what."""

    head = SelectField("Which row has the headings?", validate_choice=False)
    what = _FIELDS[Part.WHAT]
    owner = _FIELDS[Part.OWNER]
    due = _FIELDS[Part.DUE]
    email = _FIELDS[Part.EMAIL]
    state = _FIELDS[Part.STATE]
    opened = _FIELDS[Part.OPENED]
    settled = _FIELDS[Part.SETTLED]
    note = _FIELDS[Part.NOTE]

    def __init__(self, sheet: Sheet, **given: Any) -> None:
        letters = {str(part): letter for part, letter in sheet.letters.items()}
        super().__init__(data={"head": str(sheet.head), **letters}, **given)
        rows = [SelectChoice(str(number), _row_of(number, cells)) for number, cells in sheet.rows[:_HEADS]]
        self.head.choices = rows
        self.heads = {choice.value for choice in rows}
        columns = columns_of(sheet.rows, sheet.head)
        self.letters = set(columns)
        for part in Part:
            nothing = SelectChoice("", "Choose" if part in NEEDED else "It has no such column")
            self[part].choices = [nothing, *(SelectChoice(letter, told) for letter, told in columns.items())]

    @property
    def row(self) -> int:
        """Answer the number of the row with the headings."""
        return int(self.head.data)

    @property
    def columns(self) -> dict[str, str]:
        """Answer which part each column holds, by its letter."""
        return {self[part].data: str(part) for part in Part if self[part].data}

    def validate_head(self, field: Any) -> None:
        """Ask for one of the first rows."""
        if field.data not in self.heads:
            raise ValidationError("Choose the row with the headings.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the columns nothing can do without, and for each column once."""
        fine = super().validate(extra_validators)
        chosen: dict[str, Part] = {}
        for part in Part:
            if fault := self._fault(part, chosen):
                self[part].errors = [fault]
                fine = False
        return fine

    def _fault(self, part: Part, chosen: dict[str, Part]) -> str:
        letter = self[part].data
        if letter and letter not in self.letters:
            return "Choose one of these columns."
        if not letter:
            return f"Choose the column that says “{LABELS[part]}”." if part in NEEDED else ""
        other = chosen.setdefault(letter, part)
        return "" if other == part else f"This column says “{LABELS[other]}” already."


def _row_of(number: int, cells: Sequence[str]) -> str:
    said = ", ".join(" ".join(cell.split())[:24] for cell in cells if cell)
    return f"Row {number}: {said[:80]}"


class WhoForm(Form):
    """Who is meant by names that nobody here goes by."""

    people: Mapping[str, Person]
    names: Mapping[str, str]

    @property
    def meant(self) -> dict[str, Person]:
        """Answer who was chosen for each name."""
        chosen = {name: self.people.get(self[field].data or "") for field, name in self.names.items()}
        return {name: person for name, person in chosen.items() if person}


def who_form(unknown: Mapping[str, Unknown], people: Sequence[Person], **given: Any) -> WhoForm:
    """Ask for each of these names who is meant: somebody of the list, or nobody."""
    asked = {
        f"who_{sha256(compared.encode()).hexdigest()[:16]}": one
        for compared, one in islice(unknown.items(), MOST_NAMES)
    }
    choices = [SelectChoice("", "Leave these rows out"), *(SelectChoice(str(one.id), one.alias) for one in people)]
    fields = {
        field: SelectField(f"“{one.name}” ({counted(one.rows, 'row')})", choices=choices, validate_choice=False)
        for field, one in asked.items()
    }
    names = {field: one.name for field, one in asked.items()}
    keys = {str(one.id): one for one in people}
    form: WhoForm = type("WhoForm", (WhoForm,), fields | {"names": names, "people": keys})(**given)
    return form
