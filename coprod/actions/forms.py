"""What people type about actions."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.clock import today
from coprod.core.forms import DayField, Form
from coprod.workstreams.models import Membership

FEW = Length(max=300, message="Use 300 letters at most.")


def a_day(message: str) -> Callable[[Any, Any], None]:
    """Ask for a day where none was given; what could not be read has its own sentence."""

    def check(_: Any, field: Any) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(message)

    return check


def not_past(_: Any, field: Any) -> None:
    """Refuse a day that is over."""
    if field.data and field.data < today():
        raise ValidationError("This day is over. Choose today or a day to come.")


def choices_of(people: Sequence[Membership]) -> list[SelectChoice]:
    """List people to choose from, nobody chosen beforehand."""
    return [SelectChoice("", "Choose"), *(SelectChoice(str(held.person_id), held.person.alias) for held in people)]


class ActionForm(Form):
    """Something one person is to do by a day."""

    what = StringField(
        "What is to be done?",
        [DataRequired("Say what is to be done."), FEW],
        description="Begin with a verb, such as “Share the ward data with the group”",
    )
    owner = SelectField("Who does it?", validate_choice=False)
    due: Any = DayField("By when?", [a_day("Say by when."), not_past])

    def __init__(self, people: Sequence[Membership], **given: Any) -> None:
        super().__init__(**given)
        self.people = {str(held.person_id): held.person for held in people}
        self.owner.choices = choices_of(people)

    def validate_owner(self, field: Any) -> None:
        """Ask for one of the people who may own it."""
        if field.data not in self.people:
            raise ValidationError("Choose who does it.")


class DoneForm(Form):
    """How anyone can tell that it is done."""

    evidence = StringField("How can anyone tell?", [FEW], description="You can leave this empty")


class DateForm(Form):
    """A new date, and what is in the way of the old one."""

    due: Any = DayField("New date", [a_day("Say the new date."), not_past])
    reason = TextAreaField("What is in the way?", [DataRequired("Say what is in the way."), FEW])

    def __init__(self, now: date, **given: Any) -> None:
        super().__init__(**given)
        self.now = now

    def validate_due(self, field: Any) -> None:
        """Ask for another date than the one it has."""
        if field.data == self.now:
            raise ValidationError("That is the date it has now.")
