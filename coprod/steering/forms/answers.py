"""What a group types about an answer it was given, and what it is answered."""

from typing import Any

from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from coprod.core.forms import Form, at_most_words
from coprod.steering import rules
from coprod.steering.forms.fields import SOME

SHORT = at_most_words(rules.MOST_WORDS)


class AskForm(Form):
    """What the group wants to know."""

    words = TextAreaField(
        "What do we want to ask?",
        [DataRequired("Write your question."), SHORT],
        description="No names, no details about a case",
    )


class ContestForm(Form):
    """Why the group asks for a decision to be looked at again, and who speaks for it."""

    words = TextAreaField(
        "What should they think about again?",
        [DataRequired("Say what they should think about again."), SHORT],
        description="They read this word for word. No names, no details about a case",
    )
    speaker = StringField(
        "Who speaks for us there?", [SOME], description="A first name or “one of us”. You can leave this empty"
    )


class AnswerQuestionForm(Form):
    """What a group is answered that asks."""

    words = TextAreaField(
        "What do we answer?",
        [DataRequired("Write what you answer."), SOME],
        description="Short sentences, plain words. The group reads this word for word.",
    )

    def validate_words(self, field: Any) -> None:
        """Refuse an answer that only says it was heard."""
        answer = rules.says_something(field.data or "")
        if not answer:
            raise ValidationError(answer.reason)
