"""What is typed while a vote runs and after it was counted."""

from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form, at_most_words
from coprod.voting.models import Outcome

MOST_OF_A_MINORITY = 100
YES, ELSE, NOBODY = "yes", "else", "nobody"


class RoomForm(Form):
    """Ask what the lived-experience members said, together, in the room (domain rule 5)."""

    answer = RadioField(
        "What did they say, together?",
        [InputRequired("Say what they answered.")],
        invalid_choice_message="Pick one of these.",
        choices=[
            SelectChoice(YES, "Yes"),
            SelectChoice(ELSE, "Anything else"),
            SelectChoice(NOBODY, "Nobody of them was there"),
        ],
    )

    @property
    def said(self) -> bool | None:
        """Answer yes or anything else; None where there was nobody to ask."""
        return None if self.answer.data == NOBODY else bool(self.answer.data == YES)


class HandsForm(Form):
    """Ask what a show of hands came to, as the whole group's answer; no numbers."""

    outcome = RadioField(
        "What did the group say?",
        [InputRequired("Say what the group said.")],
        invalid_choice_message="Pick one of these.",
        choices=[
            SelectChoice(str(Outcome.AGREED), "We agree"),
            SelectChoice(str(Outcome.NEEDS_TALK), "We need to talk more"),
            SelectChoice(str(Outcome.NOT_AGREED), "We do not agree"),
            SelectChoice(str(Outcome.NO_RESULT), "Nobody with lived experience was there"),
        ],
    )


class WorryForm(Form):
    """Ask what the group answered to a worry."""

    answer = TextAreaField("What did the group answer?", [Length(max=1000, message="Use 1000 letters at most.")])
    name = StringField()


class MinorityForm(Form):
    """Ask for the view of those who were not for it; it says what stood there when it was read (R4)."""

    read = HiddenField()
    words = TextAreaField(
        "What do those who were not for it want people to know?",
        [at_most_words(MOST_OF_A_MINORITY)],
        description="In the group’s words. No names, and not how many they are.",
    )

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for words, unless those that stand there are taken back."""
        if not (field.data or self.read.data):
            raise ValidationError("Write what they want people to know.")


class TabletForm(Form):
    """Ask for the words on a voter's card."""

    once = None
    words = StringField(
        "The words on your card",
        [DataRequired("Type the words on your card."), Length(max=100, message="Type just the words on your card.")],
    )
