"""What people type about a programme's calendar."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from wtforms import SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.answers import Answer
from coprod.core.clock import today
from coprod.core.forms import DayField, Form
from coprod.people.models import Person
from coprod.programmes.rules import pence


def a_day(_: Any, field: Any) -> None:
    """Ask for a day where none was given; what could not be read has its own sentence."""
    if field.data is None and not field.process_errors:
        raise ValidationError("Give the day.")


def not_to_come(_: Any, field: Any) -> None:
    """Refuse a day that is still to come."""
    if field.data is not None and field.data > today():
        raise ValidationError("That day is still to come. Give the day it was done.")


class SignOffForm(Form):
    """Who receives concerns, and which papers are signed and published."""

    lead = SelectField(
        "Safeguarding lead",
        description="Every concern goes to this person",
        invalid_choice_message="Choose one of these.",
    )
    deputy = SelectField(
        "Deputy",
        description="Is told when the lead has not answered within 30 minutes",
        invalid_choice_message="Choose one of these.",
    )
    data_protection = DayField("Data protection was signed off on", [not_to_come])
    accessibility = DayField("The accessibility statement was published on", [not_to_come])

    def __init__(self, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {str(person.id): person for person in people}
        choices = [SelectChoice("", "Nobody yet"), *(SelectChoice(str(one.id), one.alias) for one in people)]
        self.lead.choices = self.deputy.choices = choices

    @property
    def named(self) -> tuple[Person | None, Person | None]:
        """Answer who is chosen as lead and as deputy."""
        return self.people.get(self.lead.data), self.people.get(self.deputy.data)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """Answer the two days."""
        return self.data_protection.data, self.accessibility.data

    def fits(self, *answers: Answer) -> bool:
        """Say beside the deputy what does not fit, and answer whether all does."""
        self.deputy.errors = [answer.reason for answer in answers if not answer]
        return not self.deputy.errors


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


SUM = "Write the pounds like this: 12.50"


class RateForm(Form):
    """What is paid, for which work, and from which day on."""

    what = StringField(
        "What is it paid for?",
        [DataRequired("Say what it is paid for."), Length(max=80, message="Use 80 letters at most.")],
    )
    pounds = StringField("How many pounds?", [DataRequired(SUM)])
    valid_from = DayField("From which day on?", [a_day])

    def validate_pounds(self, field: Any) -> None:
        """Refuse what is no sum."""
        if field.data and pence(field.data) is None:
            raise ValidationError(SUM)

    @property
    def day(self) -> date:
        """Answer the day, once it is known to be there."""
        return cast(date, self.valid_from.data)

    @property
    def pence(self) -> int:
        """Answer the sum, once it is known to be one."""
        return pence(self.pounds.data or "") or 0

    def fits(self, answer: Answer) -> bool:
        """Say beside the day what does not fit, and answer whether it does."""
        self.valid_from.errors = [] if answer else [answer.reason]
        return bool(answer)
