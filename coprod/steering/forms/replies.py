"""What people type to tell the group."""

from typing import Any

from wtforms import TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form
from coprod.steering import rules


class ReplyForm(Form):
    """What the people who asked are told."""

    words = TextAreaField(
        "What do we tell the group?",
        [DataRequired("Write what you tell the group."), Length(max=2000, message="Use 2,000 letters at most.")],
        description="Short sentences, plain words. The group reads this word for word.",
    )

    def validate_words(self, field: Any) -> None:
        """Refuse an answer that only says it was heard."""
        answer = rules.says_something(field.data or "")
        if not answer:
            raise ValidationError(answer.reason)
