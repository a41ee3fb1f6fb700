"""What people type about principles and priorities."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.forms import DayField, Form, clean
from coprod.principles.models import Principle
from coprod.workstreams.models import Workstream


class WordingForm(Form):
    """The words of one principle or priority; it says which ones were read (R4)."""

    read = HiddenField(filters=[clean])
    wording = TextAreaField(
        "Wording", [DataRequired("Give it some words."), Length(max=400, message="Use 400 letters at most.")]
    )
    is_agreed = BooleanField("These are the words that were published, or that the group agreed")


class PriorityForm(WordingForm):
    """The words of one priority, and the principles it comes from; it says which were linked when it was read (R4)."""

    linked = HiddenField()
    principles = SelectMultipleField("Which principles does it come from?")

    def __init__(self, principles: Sequence[Principle], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {str(principle.id): principle for principle in principles}
        self.principles.choices = [
            SelectChoice(key, f"{principle.number}. {principle.wording}") for key, principle in self.known.items()
        ]

    @property
    def chosen(self) -> list[Principle]:
        """List the principles that were ticked."""
        return [self.known[key] for key in self.principles.data]

    @property
    def was_linked(self) -> list[Principle]:
        """List the principles that were linked when this was read."""
        return [self.known[key] for key in (self.linked.data or "").split() if key in self.known]


class RatifyForm(Form):
    """Which principles a group said yes to, and when. A tick stands for the very words that were read."""

    principles = SelectMultipleField(
        "Which principles did the group say yes to?", [DataRequired("Tick what the group said yes to.")]
    )
    group = SelectField("Which group?", [DataRequired("Say which group.")])
    on: Any = DayField("On which day?", [DataRequired("Say on which day, like 18 November 2025.")])

    def __init__(
        self, principles: Sequence[Principle], groups: Sequence[Workstream], today: date, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.today = today
        self.known = {f"{principle.id}.{principle.version}": principle for principle in principles}
        self.groups = {str(group.id): group for group in groups}
        self.principles.choices = [
            SelectChoice(key, f"{principle.number}. {principle.wording}") for key, principle in self.known.items()
        ]
        names = [SelectChoice(key, group.name) for key, group in self.groups.items()]
        self.group.choices = names if len(names) == 1 else [SelectChoice("", "Choose a group"), *names]

    def validate_on(self, field: Any) -> None:
        """Refuse a day that has not come."""
        if field.data > self.today:
            raise ValidationError("This day has not come yet.")

    @property
    def chosen(self) -> list[Principle]:
        """List the principles that were ticked."""
        return [self.known[key] for key in self.principles.data]
