"""What people type about pilots and test cycles."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from coprod.core.forms import DayField, Form
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots import rules
from coprod.pilots.models import Compared

SHORT, LONG = Length(max=200), Length(max=2000)
NOBODY = SelectChoice("", "Choose a name")
PLAIN_MOVES = (*rules.RUNNING_IT, "not funded", "adapted")
"""The moves that need no words."""

LATER = "later"
ACTS = {
    "adopted": "Adopt: it works, keep it",
    "adapted": "Adapt: change it and test again",
    "abandoned": "Abandon: stop, and keep what we learned",
    LATER: "Decide later",
}


def _people(people: Iterable[Person]) -> list[SelectChoice]:
    return [NOBODY, *(SelectChoice(str(person.id), person.alias) for person in people)]


def _blame(form: Form, faults: dict[str, str]) -> bool:
    """Put each sentence beside its field, unless one stands there; answer whether all is well."""
    for name, sentence in faults.items():
        if not form[name].errors:
            form[name].errors = [sentence]
    return not any(field.errors for field in form)


class _OwnedForm(Form):
    """What pilot and plan ask alike: an aim, an owner, dates."""

    how_much = StringField("How much should change?", [SHORT])
    by_when = DayField("By when?")
    for_whom = StringField("For whom?", [SHORT])
    owner = SelectField("Who owns it?")
    begins = DayField("When does it begin?")
    ends = DayField("When does it end?")

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.id): person for person in people}
        self.owner.choices = _people(people)

    def words(self) -> dict[str, Any]:
        """Answer what was typed, for the rules and the service."""
        left_out = ("csrf_token", "once", "measures")
        typed = {field.short_name: field.data for field in self if field.short_name not in left_out}
        return typed | {"owner": self.people.get(self.owner.data or "")}


class ProposeForm(_OwnedForm):
    """Ask what the pilot is, where, and whose."""

    title = StringField("What is the pilot called?", [SHORT])
    site = StringField("Where is it tried?", [SHORT])
    funding_board = StringField("Which board is asked for money?", [SHORT])

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field, then say what is missing."""
        super().validate(extra_validators)
        return _blame(self, rules.missing(rules.PILOT_NEEDS, self.words()))


class PlanForm(_OwnedForm):
    """Ask for one change, what it will do, and how we keep it small and safe."""

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
        return _blame(self, rules.plan_faults(self.words(), self.chosen()))


class NoteForm(Form):
    """Ask what was done or seen."""

    words = TextAreaField("What did you do or see?", [DataRequired("Write what you did or saw."), LONG])


class StudyForm(Form):
    """Ask for the result beside the prediction, and what to do now."""

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

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field; to abandon it needs what was learned."""
        super().validate(extra_validators)
        unlearned = self.act.data == "abandoned" and not self.learning.data
        return _blame(self, {"learning": "Say what was learned."} if unlearned else {})


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


def key_of(person: Person | None) -> str:
    """Answer the value the owner's select holds for this person."""
    key: UUID | None = person.id if person else None
    return str(key) if key else ""
