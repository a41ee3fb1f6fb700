"""What people type about a test cycle: plan, do, study, act, and how it was."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from coprod.core.answers import Answer
from coprod.core.forms import Form
from coprod.outcomes.forms import NumberField, WholeNumberField
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots import rules
from coprod.pilots.forms.parts import FEW, LONG, SHORT, OwnedForm, blame, choices_of
from coprod.pilots.models import Compared, TestCycle, Touched

LATER = "later"
ACTS = {
    "adopted": "Adopt: it works, keep it",
    "adapted": "Adapt: change it and test again",
    "abandoned": "Abandon: stop, and keep what we learned",
    LATER: "Decide later",
}
WHOSE = {Touched.PARENT: "A parent", Touched.WORKER: "A worker"}


class PlanForm(OwnedForm):
    """Ask for one change, what it will do, and how we keep it small and safe."""

    read = HiddenField()
    change = StringField("What is the one change?", [SHORT])
    prediction = StringField("What do you think will happen?", [LONG])
    scale = StringField("How small do you start?", [SHORT])
    safety_check = TextAreaField("How do you make sure nobody comes to harm?", [LONG])
    measures = SelectMultipleField(
        "Which measures do you watch?",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def __init__(self, people: Sequence[Person], indicators: Sequence[Indicator], *args: Any, **kwargs: Any) -> None:
        super().__init__(people, *args, **kwargs)
        self.indicators = {str(one.id): one for one in indicators}
        self.measures.choices = [SelectChoice(str(one.id), f"{one.name} ({one.kind})") for one in indicators]

    def chosen(self) -> list[Indicator]:
        """Answer the measures that were ticked."""
        return [self.indicators[key] for key in self.measures.data or () if key in self.indicators]

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field, then say what is missing."""
        super().validate(extra_validators)
        return blame(self, rules.plan_faults(self.words(), self.chosen()))


class NoteForm(Form):
    """Ask what was done or seen."""

    words = TextAreaField("What did you do or see?", [DataRequired("Write what you did or saw."), LONG])


class NumberForm(Form):
    """Ask for a number of today, beside the notes."""

    measure = SelectField("Which measure?", validate_choice=False)
    value = NumberField("What is the number?")
    denominator = WholeNumberField("Out of how many people?")

    def __init__(self, test_cycle: TestCycle, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.test_cycle = test_cycle
        self.measure.choices = [SelectChoice(str(one.id), one.name) for one in test_cycle.measures]

    @property
    def chosen(self) -> Indicator | None:
        """Answer which measure it is of."""
        return next((one for one in self.test_cycle.measures if str(one.id) == self.measure.data), None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field, then say what is wrong with the number."""
        super().validate(extra_validators)
        numbers = self.value.data, self.denominator.data
        return blame(self, rules.number_faults(self.test_cycle, self.chosen, *numbers))


class FeedbackForm(Form):
    """Ask how it was, in a few words, and whether they may be shown."""

    whose = RadioField("Whose words are these?", [InputRequired("Choose whose words these are.")])
    words = TextAreaField("How was it?", [DataRequired("Write a few words."), FEW])
    consent = BooleanField(
        "They said yes: these words may be shown here, without a name.",
        [InputRequired("First ask whether the words may be shown.")],
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.whose.choices = choices_of(WHOSE)


class StudyForm(Form):
    """Ask for the result beside the prediction, and what to do now."""

    read = HiddenField()
    result = TextAreaField("What came out?", [DataRequired(rules.STUDY_NEEDS["result"]), LONG])
    compared = RadioField(
        "Beside the prediction, it was",
        [InputRequired(rules.STUDY_NEEDS["compared"])],
        choices=[SelectChoice(one.value, one.value.capitalize()) for one in Compared],
    )
    surprised = TextAreaField("What surprised us?", [DataRequired(rules.STUDY_NEEDS["surprised"]), LONG])
    act = RadioField(
        "What now?",
        [InputRequired("Choose what happens now.")],
        choices=[SelectChoice(name, label) for name, label in ACTS.items()],
    )
    learning = TextAreaField("What did we learn?", [LONG])

    def __init__(self, earned: Answer, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earned = earned

    def words(self) -> dict[str, Any]:
        """Answer the study that was typed, for the rules and the service."""
        compared = next((one for one in Compared if one == self.compared.data), None)
        return {"result": self.result.data or "", "compared": compared, "surprised": self.surprised.data or ""}

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field; adopting has to be earned, and abandoning needs what was learned."""
        super().validate(extra_validators)
        faults = {}
        if self.act.data == "abandoned" and not self.learning.data:
            faults["learning"] = "Say what was learned."
        if self.act.data == "adopted" and not self.earned:
            faults["act"] = self.earned.reason
        return blame(self, faults)
