"""What people type about the evidence of a recommendation, what is not known yet, and their own interest in it."""

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form, at_most_words
from coprod.recommendations.models import Strength
from coprod.recommendations.rules import STRENGTHS

MOST_WORDS = 60
LONGEST_ANSWER = 1000


class WeighForm(Form):
    """Ask what a piece of evidence shows, how strongly, and what it leaves open; `read` is what stood there."""

    read = StringField()
    shows = TextAreaField(
        "What does it show?",
        [DataRequired("Say what it shows."), at_most_words(MOST_WORDS)],
        description="In the group’s words. Of a testimony, the theme alone: nobody’s own words go here.",
    )
    strength = RadioField(
        "How strong is it?",
        [InputRequired("Say how strong it is.")],
        coerce=Strength,
        choices=[SelectChoice(one, words) for one, words in STRENGTHS.items()],
    )
    gaps = TextAreaField(
        "What does it leave open?", [at_most_words(MOST_WORDS)], description="You can leave this empty."
    )


class LinkForm(WeighForm):
    """Ask which piece of the library it is, too."""

    evidence = SelectField("Which piece from the library?", [InputRequired("Choose one.")])


class AskForm(Form):
    """Ask for something the group does not know yet."""

    words = TextAreaField("What do you not know yet?", [DataRequired("Write the question."), at_most_words(MOST_WORDS)])


class AnswerForm(Form):
    """Ask for the answer to a question; `read` is the one that stood there when the page was read."""

    read = StringField()
    answer = TextAreaField(
        "What is the answer?",
        [
            DataRequired("Write down the answer."),
            Length(max=LONGEST_ANSWER, message=f"Use {LONGEST_ANSWER} letters at most."),
        ],
    )


class DeclareForm(Form):
    """Ask what somebody, or whom they work for, would gain or lose."""

    words = TextAreaField("What would you, or whom you work for, gain or lose by it?", [at_most_words(MOST_WORDS)])
