"""A field for a file, which is looked at before anything is kept."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import ValidationError

from coprod.core.forms import Form
from coprod.files.rules import MOST_BYTES, TAKEN, NotTaken
from coprod.files.services import Taken, look_at

AGAIN = "Please choose your file once more. All else is kept."


class WithFile(Form):
    """A form that may bring a file along; what was typed beside a file that is not taken is kept."""

    file = FileField("A file, if there is one", description=f"{TAKEN} 5 MB at most")
    taken: Taken | None = None

    def validate_file(self, field: Any) -> None:
        """Look what it is, and say kindly why it is not taken."""
        if not field.data:
            return
        try:
            self.taken = look_at(field.data.stream.read(MOST_BYTES + 1), field.data.filename)
        except NotTaken as refusal:
            raise ValidationError(str(refusal)) from refusal

    def ask_for_file_again(self) -> None:
        """Say that it has to be chosen once more, where the form is shown again: no browser keeps a file."""
        if self.taken is not None:
            self.file.errors = [AGAIN]
