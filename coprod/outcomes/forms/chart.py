"""What people type to mark a chart: where its limits begin afresh, and what happened."""

from datetime import date
from typing import Any

from wtforms import SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import DayField, Form
from coprod.outcomes.models import Indicator
from coprod.outcomes.rules import proposing
from coprod.outcomes.rules.periods import period_words


class PhaseForm(Form):
    """Ask from which reading on the limits are worked out afresh, and why."""

    starts = SelectField("From which reading on?", validate_choice=False)
    why = StringField("Why?", [DataRequired("Say why the limits begin afresh."), Length(max=200)])

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.days = {one.month.isoformat(): one.month for one in indicator.readings[1:]}
        self.indicator = indicator
        self.starts.choices = [
            SelectChoice(key, period_words(indicator.how_often, day)) for key, day in self.days.items()
        ]

    def validate_starts(self, field: Any) -> None:
        """Take a reading after the first at which no phase begins yet."""
        day = self.days.get(field.data)
        fault = proposing.phase_fault(self.indicator, day) if day else "Choose a reading after the first."
        if fault:
            raise ValidationError(fault)


class EventForm(Form):
    """Ask what happened, and when."""

    day = DayField("When was it?", [InputRequired("Write the day like this: 14 October 2025.")])
    words = StringField("What happened?", [DataRequired("Say what happened."), Length(max=60)])
    today: date

    def validate_day(self, field: DayField) -> None:
        """Refuse a day to come."""
        if field.data and field.data > self.today:
            raise ValidationError("That day has not come yet.")
