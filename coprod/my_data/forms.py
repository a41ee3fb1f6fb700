"""What people type about their data."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form

LONG = Length(max=1000, message="Use 1,000 letters at most.")


class AskForm(Form):
    """What somebody wants to know or have changed."""

    words = TextAreaField(
        "What would you like to know, or have changed?",
        [DataRequired("Say what you want to know, or have changed."), LONG],
        description="Say where it is, if you can. You need not say why.",
    )


class AnswerForm(Form):
    """The answer to it."""

    answer = TextAreaField(
        "Your answer",
        [DataRequired("Write an answer."), LONG],
        description="Plain words. Nothing about anybody else.",
    )


class EraseForm(Form):
    """The one tick that stands before it."""

    sure = BooleanField("Yes, erase it all", [InputRequired("Tick the box if you are sure.")])
