"""What people type about a pilot's money."""

from datetime import date
from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired

from coprod.core.forms import DayField, Form
from coprod.pilots import rules
from coprod.pilots.forms.parts import LONG, SHORT, PoundsField, blame, choices_of
from coprod.pilots.models import BoardAnswer, FundingAsk

GIVEN = {
    BoardAnswer.ALL: "Yes",
    BoardAnswer.PART: "Yes, in part",
    BoardAnswer.NOTHING: "No",
}


class AskForm(Form):
    """Ask which board is asked, for how much, and what for."""

    board = StringField("Which board is asked?", [DataRequired("Say which board."), SHORT])
    pounds = PoundsField("For how much, in pounds?")
    what_for = StringField("What for?", [SHORT])

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field; it asks for money or says what for."""
        super().validate(extra_validators)
        fault = rules.pounds_fault(self.pounds.data)
        unsaid = self.pounds.data is None and not self.what_for.data
        return blame(self, ({"pounds": fault} if fault else {}) | ({"what_for": "Say what for."} if unsaid else {}))


class BoardAnswerForm(Form):
    """Ask what a board answered, and on what conditions."""

    answer = RadioField("What did it answer?", validate_choice=False)
    granted = PoundsField("How much is granted, in pounds?")
    conditions = TextAreaField("Its conditions, or what it gives besides money", [LONG])

    def __init__(self, asked: FundingAsk, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked = asked
        self.answer.choices = choices_of(GIVEN)

    @property
    def chosen(self) -> BoardAnswer | None:
        """Answer what was chosen."""
        return next((one for one in BoardAnswer if one == self.answer.data), None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field, then at what they say together."""
        super().validate(extra_validators)
        said = self.chosen, self.granted.data, self.conditions.data or ""
        return blame(self, rules.answer_faults(self.asked, *said))


class SpendForm(Form):
    """Ask what was spent."""

    spent = PoundsField("How many pounds?")
    spent_for = StringField("What was it for?", [DataRequired("Say what for."), SHORT])
    spent_on = DayField("When?")

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field; it needs a sum, and a day that has come."""
        super().validate(extra_validators)
        faults = {"spent": rules.pounds_fault(self.spent.data or 0)}
        day = self.spent_on.data
        faults["spent_on"] = rules.spent_fault(day, self.today) if day else "Say when."
        return blame(self, {name: said for name, said in faults.items() if said})
