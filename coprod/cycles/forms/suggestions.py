"""What members ask the group to talk about, and what they are answered."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from coprod.core.forms import Form, at_most_words
from coprod.core.words import day
from coprod.cycles.models import Session

TAKE, LATER = "take", "later"
ANSWERS = (SelectChoice(TAKE, "Yes, take it into an evening"), SelectChoice(LATER, "Not now"))


class SuggestForm(Form):
    """Ask what somebody would like the group to talk about, and nothing about why."""

    words = TextAreaField(
        "Your words",
        [DataRequired("Write a few words."), Length(max=200, message="Use 200 letters at most."), at_most_words(30)],
        description="A few plain words. Leave out names",
    )


class AnswerForm(Form):
    """Ask the facilitator what becomes of it: an evening, or not now and a kind word."""

    do = RadioField(
        "What do you say?",
        [InputRequired("Choose one of these.")],
        choices=ANSWERS,
        invalid_choice_message="Choose one of these.",
    )
    evening = SelectField("Which evening", choices=[], validate_choice=False)
    answer = TextAreaField(
        "What they read",
        [Length(max=300, message="Use 300 letters at most."), at_most_words(40)],
        description="A kind word, and what happens with it. For example: Thank you. We come back to it in spring",
    )

    def validate_evening(self, field: SelectField) -> None:
        """It goes into one of the evenings that are still being built."""
        known = {choice.value for choice in field.choices or []}
        if self.do.data == TAKE and field.data not in known:
            raise ValidationError("Choose an evening that is not sent out yet.")

    def validate_answer(self, field: TextAreaField) -> None:
        """Nobody hears a bare no."""
        if self.do.data == LATER and not field.data:
            raise ValidationError("Write a kind word. They will read it.")


def answer_form(drafts: Iterable[Session], *, may_put_off: bool) -> AnswerForm:
    """Ask, with these evenings to choose from."""
    form = AnswerForm()
    evenings = [(str(session.id), f"Session {session.number}, {day(session.on)}") for session in drafts]
    form.evening.choices = [SelectChoice(key, name) for key, name in evenings]
    form.do.choices = [choice for choice, fits in zip(ANSWERS, (bool(evenings), may_put_off), strict=True) if fits]
    return form
