"""What people type about meetings."""

from typing import Any

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from coprod.actions.forms import FEW, a_day, not_past
from coprod.core.forms import DayField, Form
from coprod.steering.forms.fields import ClockField, not_far
from coprod.steering.models import Meeting
from coprod.workstreams.models import Membership
from coprod.workstreams.rules import seated


class MeetingForm(Form):
    """When and where the steering group meets."""

    on: Any = DayField("Which day?", [a_day("Say which day."), not_past, not_far])
    starts_at: Any = ClockField("What time?", [a_day("Say what time.")], description="For example, 10am")
    place = StringField("Where?", [FEW], description="You can leave this empty")


class PresenceForm(Form):
    """Who is in the room now."""

    here = SelectMultipleField(
        "Who is here now?", validate_choice=False, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def __init__(self, meeting: Meeting, **given: Any) -> None:
        super().__init__(data={"here": [str(presence.membership_id) for presence in meeting.present]}, **given)
        self.members = sorted(seated(meeting.workstream), key=lambda held: (held.person.alias.lower(), str(held.id)))
        self.here.choices = [SelectChoice(str(held.id), held.person.alias) for held in self.members]

    @property
    def chosen(self) -> list[Membership]:
        """List the members that were ticked."""
        ticked = set(self.here.data or ())
        return [held for held in self.members if str(held.id) in ticked]


class CloseForm(Form):
    """Why a meeting ends with something undecided."""

    why = TextAreaField(
        "Why does the meeting end now?",
        [DataRequired("Say why the meeting ends now."), FEW],
        description="This stands in the minutes. Name nobody.",
    )
