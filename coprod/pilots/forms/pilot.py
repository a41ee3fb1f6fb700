"""What people type about a pilot, its steps, and what becomes of it."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired

from coprod.core.forms import DayField, Form
from coprod.people.models import Person
from coprod.pilots import rules
from coprod.pilots.forms.parts import LONG, SHORT, OwnedForm, PoundsField, blame, choices_of, people_in
from coprod.pilots.models import PilotStep, StepKind

PLAIN_MOVES = (*rules.RUNNING_IT, "not funded", "adapted")
"""The moves that need no words."""

STEPS = {StepKind.SET_UP: "A step of the set-up", StepKind.SAFETY: "A safety check, before testing begins"}


class ProposeForm(OwnedForm):
    """Ask what the pilot is, where, and whose."""

    title = StringField("What is the pilot called?", [SHORT])
    site = StringField("Where is it tried?", [SHORT])
    budget = PoundsField("What does it cost, in pounds?")
    funding_board = StringField("Which board is asked for money?", [SHORT])

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field, then say what is missing."""
        super().validate(extra_validators)
        faults = {name: said for name, said in {"budget": rules.pounds_fault(self.budget.data)}.items() if said}
        return blame(self, rules.missing(rules.PILOT_NEEDS, self.words()) | faults)


class MoveForm(Form):
    """Ask which of the moves that need no words to make."""

    name = HiddenField(validators=[AnyOf(PLAIN_MOVES, "There is no such step.")])


class GrantForm(Form):
    """Ask what was granted."""

    granted = StringField("What was granted?", [DataRequired("Say what was granted, in money or in kind."), SHORT])


class AdoptForm(Form):
    """Ask for the reason of an override; where adoption is earned it may stay empty."""

    override_reason = TextAreaField("Why adopt it all the same?", [LONG])


class OverrideForm(AdoptForm):
    """Ask for the reason of an override that is needed."""

    override_reason = TextAreaField("Why adopt it all the same?", [DataRequired("Say why."), LONG])


class StopForm(Form):
    """Ask what was learned."""

    learning = TextAreaField("What did we learn?", [DataRequired("Say what was learned."), LONG])


class StepForm(Form):
    """Ask what has to be done, by whom and by when."""

    kind = RadioField("What is it?", [InputRequired("Choose what it is.")])
    what = StringField("What has to be done?", [DataRequired("Say what has to be done."), SHORT])
    owner = SelectField("Who does it?")
    due = DayField("By when?", [InputRequired("Say by when.")])

    def __init__(self, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {str(person.id): person for person in people}
        self.owner.choices = people_in(people)
        self.kind.choices = choices_of(STEPS)

    def words(self) -> dict[str, Any]:
        """Answer what was typed, for the service."""
        return {"what": self.what.data, "owner": self.people[self.owner.data or ""], "due": self.due.data}

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field; somebody has to do it."""
        super().validate(extra_validators)
        return blame(self, {} if self.owner.data in self.people else {"owner": "Choose who does it."})


class DoneForm(Form):
    """Ask what a step found; a safety check has to say."""

    found = TextAreaField("What did it find?", [LONG])

    def __init__(self, step: PilotStep, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.step = step

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at what is said."""
        super().validate(extra_validators)
        fault = rules.found_fault(self.step, self.found.data or "")
        return blame(self, {"found": fault} if fault else {})
