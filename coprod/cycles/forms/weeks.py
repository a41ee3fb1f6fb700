"""What people type about ten weeks and their days."""

from datetime import date, time, timedelta
from typing import Any, cast

from wtforms import HiddenField, IntegerField, RadioField, StringField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from coprod.core.forms import DayField, Form
from coprod.cycles.rules.agenda import LONGEST

EARLIEST, LATEST = date(2015, 1, 1), date(2099, 12, 31)
DAWN, MIDNIGHT = time(7), timedelta(days=1)


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


class DayForm(Form):
    """Ask for another day."""

    on = DayField("New day", [DataRequired("Write the new day, like 18 November 2025."), _a_day_in_reach])

    @property
    def day(self) -> date:
        """Answer the new day, once it has been checked."""
        return cast(date, self.on.data)


class MoveForm(Form):
    """Ask which step is made."""

    name = HiddenField("Step", [DataRequired("Choose one of the buttons.")])
