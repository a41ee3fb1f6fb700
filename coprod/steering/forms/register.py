"""What people type to find a decision."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from coprod.core.forms import Form
from coprod.steering import rules
from coprod.steering.models import Verdict


class RegisterForm(Form):
    """Which decisions to list."""

    class Meta(Form.Meta):
        """A search writes nothing, so it needs no key."""

        csrf = False

    q = StringField("Words in it")
    verdict = SelectField("Answer", validate_choice=False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = [
            SelectChoice("", "All of them"),
            *(SelectChoice(str(verdict), said) for verdict, said in rules.IN_WORDS.items()),
        ]

    @property
    def wanted(self) -> Verdict | None:
        """Answer which answers to list, if not all."""
        return next((verdict for verdict in Verdict if verdict == self.verdict.data), None)
