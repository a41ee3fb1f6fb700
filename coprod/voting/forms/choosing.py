"""What settles a tie."""

from typing import Any

from wtforms import SelectChoice, SelectMultipleField, ValidationError
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput

from coprod.core.forms import Form
from coprod.voting import rules
from coprod.voting.models import Poll


class TieForm(Form):
    """Ask which of the things that came out level the group took, by talking."""

    taken = SelectMultipleField(
        "Which did the group take?", [DataRequired("Tick what the group took.")], option_widget=CheckboxInput()
    )
    places = 0

    def validate_taken(self, field: SelectMultipleField) -> None:
        """Refuse more than there is room for."""
        if len(set(field.data)) > self.places:
            raise ValidationError(f"There is room for {self.places}. Tick fewer.")

    @property
    def numbers(self) -> list[int]:
        """Answer the numbers of what was ticked."""
        return [int(number) for number in self.taken.data]


def tie_form(poll: Poll, **bound: Any) -> TieForm:
    """Make the form for what came out level in this vote."""
    form = TieForm(**bound)
    form.places = rules.places_left(poll)
    form.taken.choices = [SelectChoice(str(option.number), option.words) for option in rules.tied(poll)]
    return form
