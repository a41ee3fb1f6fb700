"""What people add to the minutes, and to the terms the group has agreed."""

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from coprod.actions.forms import FEW
from coprod.core.forms import DayField, Form
from coprod.steering.forms.fields import SOME, not_far
from coprod.steering.models import Meeting


class NotesForm(Form):
    """What the minutes do not know by themselves, and what stood there when this was begun."""

    read: Any = HiddenField()
    notes = TextAreaField(
        "Anything to add?",
        [Length(max=4000, message="Use 4,000 letters at most.")],
        description="Who was there and what was decided stand there already. Never write why somebody was not there.",
    )


def notes_of(meeting: Meeting) -> NotesForm:
    """Begin with the notes as they stand."""
    return NotesForm(formdata=None, data={"notes": meeting.minutes_notes, "read": meeting.minutes_notes})


class TermsForm(Form):
    """What the group is for, and how it works."""

    purpose = TextAreaField("What is this group for?", [DataRequired("Say what the group is for."), SOME])
    members = TextAreaField("Who sits here, and for how long?", [SOME])
    deciding = TextAreaField(
        "How do we decide?",
        [SOME],
        description="Half of the members and two people with lived experience are always needed",
    )
    meeting_often = StringField("How often do we meet?", [FEW])
    look_again_on: Any = DayField("When do we look at this again?", [not_far])

    def said(self) -> dict[str, Any]:
        """Answer what was typed, by the names the terms have for it."""
        return {name: self[name].data for name in ("purpose", "members", "deciding", "meeting_often", "look_again_on")}
