"""What people type when they send a recommendation."""

from typing import Any

from wtforms import TextAreaField, ValidationError

from coprod.core.forms import Form, at_most_words
from coprod.recommendations.rules import MOST_WORDS


class SubmitForm(Form):
    """Ask for the reason when it is sent without the agreement it needs."""

    why_sent = TextAreaField("Why do you send it all the same?", [at_most_words(MOST_WORDS)])

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason

    def validate_why_sent(self, field: TextAreaField) -> None:
        """A reason is needed only then."""
        if self.needs_reason and not field.data:
            raise ValidationError("Say why it is sent all the same. The steering group reads this.")
