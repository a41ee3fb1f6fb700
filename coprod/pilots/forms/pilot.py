"""What people type about a pilot, its steps, and what becomes of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired

from coprod.core.forms import DayField, Form
from coprod.people.models import Person
from coprod.pilots import rules
from coprod.pilots.forms.parts import LONG, SHORT, OwnedForm, PoundsField, blame, choices_of, people_in
from coprod.pilots.models import PilotStep, StepKind

PLAIN_MOVES = (*rules.RUNNING_IT, "not funded")
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


class DecisionForm(Form):
    """Ask why; each of the three answers stands on one page, so each has a name of its own for its reason."""

    move, reason = "", ""
    """The move it makes, and the name of the field that says why."""

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def words(self) -> dict[str, Any]:
        """Answer what was typed, for the rules and the service."""
        typed = {"reason": self[self.reason].data or ""}
        return typed | {name: self[name].data for name in rules.WORDS_OF[self.move] if name in self}

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field, then say what is missing."""
        super().validate(extra_validators)
        faults = rules.decision_faults(self.move, self.words(), self.today)
        return blame(self, {self.reason if name == "reason" else name: said for name, said in faults.items()})


class AdoptForm(DecisionForm):
    """Ask why it is kept, where it goes from here, and by when."""

    move, reason = "adopted", "why_keep"

    why_keep = TextAreaField("Why do we keep it?", [LONG])
    scaled_to = StringField("Where does it go now, or who gets it?", [SHORT])
    scaled_by = DayField("By when is it there?")


class AdoptAllTheSameForm(AdoptForm):
    """Ask the same where the rule says no, and so why it is adopted all the same."""

    reason = "override_reason"

    why_keep = None
    override_reason = TextAreaField("Why adopt it all the same?", [LONG])


class AdaptForm(DecisionForm):
    """Ask why it is changed and tried again."""

    move, reason = "adapted", "why_change"

    why_change = TextAreaField("Why do we change it?", [LONG])


class StopForm(DecisionForm):
    """Ask why it is stopped, and what was learned."""

    move, reason = "abandoned", "why_stop"

    why_stop = TextAreaField("Why do we stop it?", [LONG])
    learning = TextAreaField("What did we learn?", [LONG])


class OverrideForm(Form):
    """Ask why a test cycle is adopted although the rule says no."""

    override_reason = TextAreaField("Why adopt it all the same?", [DataRequired("Say why."), LONG])


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
