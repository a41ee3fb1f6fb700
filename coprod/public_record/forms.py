"""What an admin hands in: the file of the public record, then the word to apply it."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, ValidationError

from coprod.core.forms import Form

MOST_BYTES = 500_000


class UploadForm(Form):
    """The file, and after the preview the same words again."""

    file = FileField("The file")
    words = HiddenField()

    content: bytes = b""

    def validate_file(self, field: Any) -> None:
        """Ask for a file that is not empty and not huge."""
        self.content = (self.words.data or "").encode() or (field.data.read() if field.data else b"")
        if not self.content:
            raise ValidationError("Choose the file.")
        if len(self.content) > MOST_BYTES:
            raise ValidationError("This file is too large to be the public record. Half a megabyte is the most.")
