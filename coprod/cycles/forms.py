"""What people type about cycles, sessions and agendas."""

from datetime import date, time, timedelta
from typing import Any, cast

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from coprod.core.forms import DayField, Form, at_most_words
from coprod.cycles.models import How, Part, Purpose
from coprod.cycles.rules.agenda import LONGEST, MOST_ITEMS
from coprod.people.models import Side

EARLIEST, LATEST = date(2015, 1, 1), date(2099, 12, 31)
DAWN, MIDNIGHT = time(7), timedelta(days=1)
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


def _a_day_in_reach(_: Any, field: Any) -> None:
    if not EARLIEST <= field.data <= LATEST:
        raise ValidationError(f"Choose a day from {EARLIEST.year} to {LATEST.year}.")


class CycleForm(Form):
    """Ask when the ten weeks start, and where."""

    starts_on = DayField(
        "First day",
        [DataRequired("Write the first day, like 4 October 2025."), _a_day_in_reach],
        description="For example, 4 October 2025. The others follow weekly",
    )
    starts_at = TimeField(
        "Time it starts",
        [DataRequired("Write the time it starts, like 18:00.")],
        format=["%H:%M", "%H.%M", "%H:%M:%S", "%I%p", "%I.%M%p", "%I:%M%p", "%I %p"],
        default=time(18),
    )
    minutes = IntegerField(
        "How many minutes",
        [
            DataRequired("Write how many minutes it lasts, like 115."),
            NumberRange(30, LONGEST, f"Choose from 30 to {LONGEST} minutes."),
        ],
        default=115,
        description=f"{LONGEST} at most. The evening we offer takes 115",
    )
    place = StringField(
        "Place",
        [Length(max=120, message="Use 120 letters at most.")],
        description="Room, building and which door. Only the group sees it",
    )
    school = RadioField(
        "Skip school holidays?",
        [DataRequired("Choose yes or no.")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        default="yes",
        invalid_choice_message="Choose yes or no.",
        description="Bank holidays and Christmas are always skipped",
    )

    @property
    def first_day(self) -> date:
        """Answer the first day, once it has been checked."""
        return cast(date, self.starts_on.data)

    @property
    def skip_school(self) -> bool:
        """Answer whether school holidays are skipped."""
        return bool(self.school.data == "yes")

    def validate_starts_at(self, field: Any) -> None:
        """An evening begins and ends on the same day."""
        length = timedelta(minutes=max(0, min(self.minutes.data or 0, LONGEST)))
        starts = timedelta(hours=field.data.hour, minutes=field.data.minute)
        if field.data < DAWN or starts + length >= MIDNIGHT:
            raise ValidationError("Choose a time from 7 in the morning that ends before midnight.")


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


class DayForm(Form):
    """Ask for another day."""

    on = DayField("New day", [DataRequired("Write the new day, like 18 November 2025."), _a_day_in_reach])

    @property
    def day(self) -> date:
        """Answer the new day, once it has been checked."""
        return cast(date, self.on.data)


class TickForm(Form):
    """Ask how one person is here."""

    person = HiddenField("Who", [DataRequired("Choose somebody on the register.")])
    how = RadioField(
        "How are they here?",
        choices=[SelectChoice(how.value, how.value) for how in How],
        invalid_choice_message="Press one of the buttons.",
    )


class MoveForm(Form):
    """Ask which step is made."""

    name = HiddenField("Step", [DataRequired("Choose one of the buttons.")])
