"""What people type about what a group makes."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.answers import Answer
from coprod.core.forms import DayField, Form, at_most_words
from coprod.files.forms import WithFile
from coprod.outputs import rules
from coprod.outputs.models import Output, OutputKind, OutputVersion, Use
from coprod.recommendations.models import Recommendation

A_LINE = Length(max=120, message="Use 120 letters at most.")
A_FEW_LINES = Length(max=1000, message="Use fewer letters.")
NONE = ""


def _happened(label: str, fault: str) -> DayField:
    return DayField(label, [DataRequired(fault)])


def _say(field: Any, answer: Answer) -> bool:
    """Say beside a field why it cannot be, and answer whether it can."""
    if not answer:
        field.errors = [answer.reason]
    return bool(answer)


class OutputForm(Form):
    """What it is called, what kind of thing it is, and what for; it says what was read (R4)."""

    read = HiddenField()
    name = StringField(
        "What is it called?",
        [DataRequired("Give it a name."), Length(max=80, message="Use 80 letters at most.")],
        description="For example, Map of help",
    )
    kind = RadioField(
        "What is it?",
        [DataRequired("Choose one of these.")],
        choices=[SelectChoice(kind.value, words) for kind, words in rules.KINDS.items()],
    )
    what_for = TextAreaField("What is it for?", [at_most_words(60), A_FEW_LINES])
    recommendation = SelectField("Does it come of a recommendation?")

    def __init__(self, recommendations: Sequence[Recommendation], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {str(one.id): one for one in recommendations}
        choices = [SelectChoice(key, f"{one.number}. {one.title}") for key, one in self.known.items()]
        self.recommendation.choices = [SelectChoice(NONE, "No, or not yet"), *choices]

    @property
    def said(self) -> dict[str, Any]:
        """Answer what was typed, as the service wants it."""
        return {
            "name": self.name.data,
            "kind": OutputKind(self.kind.data),
            "what_for": self.what_for.data or "",
            "recommendation": self.known.get(self.recommendation.data),
        }

    def say_taken(self) -> None:
        """Say that something has this name already."""
        self.name.errors = ["The group makes something of this name already. Choose another."]


class VersionForm(WithFile):
    """What is new in a version, and where it can be looked at."""

    new = TextAreaField("What is new in it?", [DataRequired("Say what is new."), at_most_words(80), A_FEW_LINES])
    on = _happened("From which day is it?", "Say from which day it is.")
    address = StringField(
        "Where is it on the web?",
        [Length(max=2000, message="Use fewer letters.")],
        description="It begins with https://",
    )

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    @property
    def day(self) -> date:
        """Answer the day, once it has been checked."""
        return cast(date, self.on.data)

    def validate_on(self, field: Any) -> None:
        """Refuse a day to come."""
        if field.data and not (answer := rules.has_come(field.data, self.today)):
            raise ValidationError(answer.reason)

    def validate_address(self, field: Any) -> None:
        """Take a page on the web that nobody can read along, or nothing."""
        answer = rules.can_lead_to(field.data or "")
        if not answer:
            raise ValidationError(answer.reason)


class TrialForm(Form):
    """Who tried a version, and what they found."""

    who = StringField(
        "Who tried it?",
        [DataRequired("Say who tried it, without names."), A_LINE],
        description="No names. For example, five parents and two midwives",
    )
    on = _happened("On which day?", "Say on which day.")
    found = TextAreaField("What did they find?", [DataRequired("Say what they found."), at_most_words(80), A_FEW_LINES])

    def __init__(self, version: OutputVersion, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.version, self.today = version, today

    @property
    def day(self) -> date:
        """Answer the day, once it has been checked."""
        return cast(date, self.on.data)

    def validate_on(self, field: Any) -> None:
        """A day that has come, on which the version was there."""
        if field.data and not (answer := rules.can_be_tried(self.version, field.data, self.today)):
            raise ValidationError(answer.reason)


class LaunchForm(Form):
    """When it went out, and why untried where nobody has tried it."""

    on = _happened("On which day did it go out?", "Say on which day.")
    because = TextAreaField("Why does it go out untried?", [at_most_words(60), A_FEW_LINES])

    def __init__(self, output: Output, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.output, self.today = output, today
        self.is_tried = bool(rules.trials_of(output))
        if self.is_tried:
            del self.because

    @property
    def day(self) -> date:
        """Answer the day, once it has been checked."""
        return cast(date, self.on.data)

    @property
    def reason(self) -> str:
        """Answer why it goes out untried; nothing where somebody tried it."""
        return "" if self.is_tried else self.because.data or ""

    def validate_on(self, field: Any) -> None:
        """A day that has come, on which there was a version to go out."""
        if field.data and not (answer := rules.can_go_out(self.output, field.data, self.today)):
            raise ValidationError(answer.reason)

    def validate_because(self, field: Any) -> None:
        """Ask for a reason where nobody tried it."""
        if not field.data:
            raise ValidationError("Say why, or write down who tried it first.")


class PlanForm(Form):
    """For which day the launch is planned."""

    on = DayField("For which day is it planned?", description="Leave it empty if there is no day")

    def stands(self, answer: Answer) -> bool:
        """Say beside the day why it cannot be, and answer whether it can."""
        return _say(self.on, answer)


class UseForm(Form):
    """Where it is used, and since when."""

    place = StringField(
        "Where is it used?",
        [DataRequired("Say where it is used."), A_LINE],
        description="For example, at the booking visit",
    )
    since = _happened("Since which day?", "Say since which day.")

    def stands(self, answer: Answer) -> bool:
        """Say beside the day why it cannot be, and answer whether it can."""
        return _say(self.since, answer)


class EndForm(Form):
    """Until when it was used there."""

    until = _happened("Until which day was it used there?", "Say until which day.")

    def __init__(self, use: Use, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.use, self.today = use, today

    @property
    def day(self) -> date:
        """Answer the day, once it has been checked."""
        return cast(date, self.until.data)

    def validate_until(self, field: Any) -> None:
        """A day that has come, and not before it began."""
        if field.data and not (answer := rules.can_end(self.use, field.data, self.today)):
            raise ValidationError(answer.reason)
