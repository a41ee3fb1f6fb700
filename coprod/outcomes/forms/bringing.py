"""What people bring from a spreadsheet."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import TextAreaField, ValidationError

from coprod.core.forms import Form
from coprod.core.spreadsheets.reading import MOST_BYTES, TAKEN, Sheet, Unreadable, read
from coprod.outcomes.rules.bringing import MOST_ROWS


class _Rows(TextAreaField):
    """Rows of a spreadsheet: each cell is looked through by itself, so that two of them never seem one number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = TextAreaField.__name__


class BringForm(Form):
    """Rows that are pasted from a spreadsheet, or brought as a file."""

    rows = _Rows("Paste the rows")
    file = FileField("Or choose a file", description=TAKEN)
    sheet: Sheet

    def validate_rows(self, field: Any) -> None:
        """Read what was pasted, or else the file, and say kindly why it cannot be read."""
        file = self.file.data
        if not (field.data or file):
            raise ValidationError("Paste some rows, or choose a file.")
        try:
            found = read(field.data.encode(), "Rows") if field.data else read(file.stream.read(MOST_BYTES + 1), "File")
        except Unreadable as refusal:
            raise ValidationError(str(refusal)) from refusal
        self.sheet = found[0]
        if len(self.sheet.rows) > MOST_ROWS:
            raise ValidationError(f"Bring {MOST_ROWS} rows at most at a time.")
