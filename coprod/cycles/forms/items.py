"""What people type about a session's agenda and its register."""

from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from coprod.core.forms import Form, at_most_words
from coprod.cycles.models import How, Part, Purpose
from coprod.cycles.rules.agenda import LONGEST, MOST_ITEMS
from coprod.people.models import Side

PARTS = {
    Part.ARRIVE: "Arrival",
    Part.CHECK_IN: "Check-in",
    Part.RECAP: "What came of what we said",
    Part.WORK: "Working together",
    Part.BREAK: "Break",
    Part.ACTIONS: "Who does what next",
    Part.CHECK_OUT: "Check-out",
}
RAISED_BY = {"": "Both, or not known", Side.LIVED: "Parents and carers", Side.PROFESSIONAL: "Professionals"}
PURPOSES = {"": "None", Purpose.SHARE: "Share", Purpose.EXPLORE: "Explore", Purpose.DECIDE: "Decide"}


class ItemForm(Form):
    """Ask about one part of an evening."""

    title = StringField(
        "What happens",
        [DataRequired("Say what happens in a few words."), Length(max=80, message="Use 80 letters at most.")],
        description="Members read this. Use plain words",
    )
    part = SelectField(
        "Part of the evening",
        choices=[SelectChoice(str(part), name) for part, name in PARTS.items()],
        default="work",
        invalid_choice_message="Choose one of these parts.",
    )
    purpose = SelectField(
        "What it is for",
        choices=[SelectChoice(str(value), name) for value, name in PURPOSES.items()],
        default="",
        invalid_choice_message="Choose one of these.",
    )
    minutes = IntegerField(
        "Minutes",
        [
            DataRequired("Write how many minutes it takes."),
            NumberRange(1, LONGEST, f"Choose from 1 to {LONGEST} minutes."),
        ],
        default=10,
    )
    outcome_wanted = StringField("What we want to come of it", [Length(max=200, message="Use 200 letters at most.")])
    method = StringField("How we do it", [Length(max=200, message="Use 200 letters at most.")])
    lead = StringField(
        "Who leads it", [Length(max=80, message="Use 80 letters at most.")], description="First name, or a role"
    )
    papers = StringField(
        "Papers",
        [Length(max=200, message="Use 200 letters at most.")],
        description="What has to lie on the table: cards, dots, slips",
    )
    raised_by = SelectField(
        "Who brought it up",
        choices=[SelectChoice(str(value), name) for value, name in RAISED_BY.items()],
        default="",
        invalid_choice_message="Choose one of these.",
        description="Which side of the table. You need not say",
    )
    is_hard = BooleanField("This may be hard for some people")
    content_note = TextAreaField(
        "Content note",
        [Length(max=400, message="Use 400 letters at most."), at_most_words(50)],
        description="What it is about, in plain words, and where people can go instead",
    )

    @property
    def words(self) -> dict[str, Any]:
        """Answer what was typed, as an agenda item keeps it."""
        return {
            "title": self.title.data,
            "part": Part(self.part.data),
            "purpose": Purpose(self.purpose.data) if self.purpose.data else None,
            "minutes": self.minutes.data,
            "outcome_wanted": self.outcome_wanted.data or "",
            "method": self.method.data or "",
            "lead": self.lead.data or "",
            "papers": self.papers.data or "",
            "raised_by": Side(self.raised_by.data) if self.raised_by.data else None,
            "is_hard": self.is_hard.data,
            "content_note": self.content_note.data or "",
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


class PlaceForm(Form):
    """Ask where in the evening an item stands."""

    position = IntegerField(
        "Place",
        [
            DataRequired("Choose up or down."),
            NumberRange(1, MOST_ITEMS, f"Choose a place from 1 to {MOST_ITEMS}."),
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
