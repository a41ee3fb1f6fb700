"""What people type about a session's agenda and its register."""

from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from coprod.core.forms import Form
from coprod.cycles.models import How
from coprod.library.forms import EveningPartForm
from coprod.library.models import Part, Purpose
from coprod.library.rules.templates import LONGEST
from coprod.people.models import Side

RAISED_BY = {"": "Both, or not known", Side.LIVED: "Parents and carers", Side.PROFESSIONAL: "Professionals"}


class ItemForm(EveningPartForm):
    """Ask about one part of a session, who leads it and who brought it up."""

    lead = StringField(
        "Who leads it", [Length(max=80, message="Use 80 letters at most.")], description="First name, or a role"
    )
    raised_by = SelectField(
        "Who brought it up",
        choices=[SelectChoice(str(value), name) for value, name in RAISED_BY.items()],
        default="",
        invalid_choice_message="Choose one of these.",
        description="Which side of the table. You need not say",
    )

    @property
    def words(self) -> dict[str, Any]:
        """Answer what was typed, as an agenda item keeps it."""
        return super().words | {
            "part": Part(self.part.data),
            "purpose": Purpose(self.purpose.data) if self.purpose.data else None,
            "lead": self.lead.data or "",
            "raised_by": Side(self.raised_by.data) if self.raised_by.data else None,
        }


class MinutesForm(Form):
    """Ask how long an item is."""

    minutes = IntegerField(
        "Minutes",
        [
            DataRequired("Write how many minutes it takes."),
            NumberRange(1, LONGEST, f"Choose from 1 to {LONGEST} minutes."),
        ],
    )


class TickForm(Form):
    """Ask how one person is here."""

    person = HiddenField("Who", [DataRequired("Choose somebody on the register.")])
    how = RadioField(
        "How are they here?",
        choices=[SelectChoice(how.value, how.value) for how in How],
        invalid_choice_message="Press one of the buttons.",
    )
