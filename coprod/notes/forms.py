"""What people type into the notes, and about them."""

from typing import Any

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form
from coprod.notes.models import ItemNote
from coprod.notes.rules import LONGEST_NOTE


class NoteForm(Form):
    """What stands under one item, and which version of it was read."""

    words = TextAreaField(
        "What was said and settled",
        [Length(max=LONGEST_NOTE, message="This note is too long. Make it shorter.")],
        description="One thing a line. No names of members, no case details",
    )
    version: Any = HiddenField()

    @property
    def read(self) -> int:
        """Answer the version that was read, or one that never was where it cannot be told."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() else -1


def of(part: ItemNote) -> NoteForm:
    """Show what stands under an item, ready to be changed."""
    return NoteForm(formdata=None, data={"words": part.words, "version": str(part.version)})


class CorrectionForm(Form):
    """What a member says should read otherwise."""

    words = TextAreaField(
        "What should it say?",
        [DataRequired("Write what it should say."), Length(max=1000, message="Use 1000 letters at most.")],
        description="Please leave out names and case details",
    )


class AnswerForm(Form):
    """A kind word on why a correction is not taken."""

    words = TextAreaField(
        "What do you say to it?",
        [DataRequired("Write a kind word."), Length(max=500, message="Use 500 letters at most.")],
        description="For example: It is what the group said that evening. Bring it up next time, and we write it down",
    )
