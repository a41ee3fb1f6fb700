"""What people type about principles and priorities."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form
from coprod.principles.models import Principle


class WordingForm(Form):
    """The words of one principle or priority."""

    wording = TextAreaField(
        "Wording", [DataRequired("Give it some words."), Length(max=400, message="Use 400 letters at most.")]
    )
    is_agreed = BooleanField("These are the words that were published, or that the group agreed")


class PriorityForm(WordingForm):
    """The words of one priority, and the principles it comes from."""

    principles = SelectMultipleField("Which principles does it come from?")

    def __init__(self, principles: Sequence[Principle], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {str(principle.id): principle for principle in principles}
        self.principles.choices = [
            SelectChoice(key, f"{principle.number}. {principle.wording}") for key, principle in self.known.items()
        ]
