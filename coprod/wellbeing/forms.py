"""What is asked of somebody who says how she is: a word, a few more, and who may read it."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from coprod.core.forms import Form
from coprod.wellbeing.models import CheckIn, Feeling
from coprod.wellbeing.rules import Choice

MOST_LETTERS = 300


class CheckInForm(Form):
    """Ask how somebody is, and who may know."""

    feeling = RadioField(
        "How are you?",
        [InputRequired("Pick one.")],
        choices=[SelectChoice(each.value, each.capitalize()) for each in Feeling],
        invalid_choice_message="Pick one.",
    )
    words = TextAreaField(
        "Do you want to say more?",
        [Length(max=MOST_LETTERS, message=f"Use {MOST_LETTERS} letters at most.")],
        description="You can leave this empty.",
    )
    to = RadioField("Who may read it?", [InputRequired("Say who may read it.")], invalid_choice_message="Pick one.")

    @property
    def reader(self) -> UUID:
        """Answer the key of whoever may read it."""
        return UUID(self.to.data)


def check_in_form(choices: Iterable[Choice], said: CheckIn | None = None) -> CheckInForm:
    """Make the form with those who may read it, holding what was said before, if anything was."""
    before = {"feeling": said.feeling.value, "words": said.words, "to": str(said.to_id)} if said else None
    form = CheckInForm(data=before)
    form.to.choices = [SelectChoice(str(choice.person.id), choice.called) for choice in choices]
    return form
