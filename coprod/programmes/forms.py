"""What people type about a programme's calendar."""

from datetime import date
from typing import Any, cast

from wtforms import StringField, ValidationError
from wtforms.validators import DataRequired, Length

from coprod.core.forms import DayField, Form


def a_day(_: Any, field: Any) -> None:
    """Ask for a day where none was given; what could not be read has its own sentence."""
    if field.data is None and not field.process_errors:
        raise ValidationError("Give the day.")


class HolidayForm(Form):
    """A run of school days off."""

    what = StringField(
        "Which holiday?", [DataRequired("Say which holiday."), Length(max=120, message="Use 120 letters at most.")]
    )
    first = DayField("First day off", [a_day])
    last = DayField("Last day off", [a_day])

    def validate_last(self, field: Any) -> None:
        """Refuse a holiday that ends before it begins, or is longer than any."""
        if not (self.first.data and field.data):
            return
        if field.data < self.first.data:
            raise ValidationError("The last day comes before the first. Change one of them.")
        if (field.data - self.first.data).days > 70:
            raise ValidationError("This is longer than ten weeks. Change one of the days.")

    @property
    def days(self) -> tuple[date, date]:
        """Answer the first and the last day, once both are known to be there."""
        return cast(date, self.first.data), cast(date, self.last.data)

    def is_new(self, known: bool) -> bool:
        """Say so where this holiday is in the calendar already, and answer whether it is not."""
        if known:
            self.what.errors = ["This holiday is in the calendar already."]
        return not known
