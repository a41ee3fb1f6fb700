"""What people type about a vote on a recommendation."""

from datetime import date, datetime, time
from typing import cast

from wtforms import RadioField, SelectChoice, StringField, TextAreaField, TimeField, ValidationError
from wtforms.validators import InputRequired, Length

from coprod.core.clock import moment_of
from coprod.core.forms import DayField, Form


class VoteForm(Form):
    """Ask when the vote closes; everything else follows from the group."""

    closes_on = DayField("Which day does it close?", [InputRequired("Say which day it closes.")])
    closes_at = TimeField("At what time?", [InputRequired("Say at what time it closes, like 17:00.")])

    def validate_closes_at(self, field: TimeField) -> None:
        """Refuse a time that does not exist."""
        if self.closes_on.data and field.data:
            try:
                self.moment()
            except ValueError as error:
                raise ValidationError(str(error)) from error

    def moment(self) -> datetime:
        """Answer the moment that was typed, once both fields were found to be filled."""
        return moment_of(cast(date, self.closes_on.data), cast(time, self.closes_at.data))


class RoomForm(Form):
    """Ask what the lived-experience members said, together, in the room."""

    answer = RadioField(
        "What did they say, together?",
        [InputRequired("Say what they answered.")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "Anything else")],
    )


class WorryForm(Form):
    """Ask what the group answered to a worry."""

    answer = TextAreaField("What did the group answer?", [Length(max=1000, message="Use 1000 letters at most.")])
    name = StringField()
