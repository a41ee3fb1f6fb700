"""What people type about one reading."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form
from coprod.outcomes import rules
from coprod.outcomes.forms.fields import NumberField, WholeNumberField, blame
from coprod.outcomes.models import HowOften, Indicator
from coprod.outcomes.rules import proposing
from coprod.outcomes.rules.bringing import A_NUMBER, A_WHOLE_NUMBER
from coprod.outcomes.rules.periods import ASKED, read_period

PERIODS = {
    HowOften.WEEK: ("A day of the week", "For example, 14 October 2025"),
    HowOften.MONTH: ("Month", "For example, October 2025"),
    HowOften.QUARTER: ("Quarter", "For example, Q4 2025"),
    HowOften.ONCE: ("Month", "For example, October 2025"),
    HowOften.TOLD: ("Month", "For example, October 2025"),
}


def _given(sentence: str) -> Callable[[Any, Any], None]:
    """Ask for a value, and say so, unless something unreadable was typed and is being complained of."""

    def check(_: Any, field: Any) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(sentence)

    return check


class _NumbersForm(Form):
    """What reading and correction ask alike: a value and out of how many, or a count for each group."""

    value = NumberField("Value", [_given(A_NUMBER)])
    denominator = WholeNumberField("Out of how many people?")

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.indicator = indicator

    @property
    def parts(self) -> list[Any]:
        """Answer the fields of the groups, in their order."""
        return [self[_part(place)] for place in range(len(self.indicator.groups))]

    @property
    def numbers(self) -> dict[str, Any]:
        """Answer value, denominator and parts; the value of what is broken down is the sum of its parts."""
        if self.indicator.groups:
            counts = [part.data for part in self.parts]
            return {"value": sum(counts), "denominator": None, "parts": counts}
        return {"value": self.value.data, "denominator": self.denominator.data, "parts": []}

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the fields, then at the numbers together."""
        fine = bool(super().validate(extra_validators))
        if self.indicator.groups:
            return self._parts_fit() and fine
        if self.value.data is None or self.denominator.errors:
            return False
        return blame(self, rules.reading_faults(self.indicator.unit, self.value.data, self.denominator.data)) and fine

    def _parts_fit(self) -> bool:
        if any(part.data is None for part in self.parts):
            return False
        sentence = proposing.parts_fault(self.indicator, [part.data for part in self.parts])
        return blame(self, {_part(0): sentence} if sentence else {})


def _part(place: int) -> str:
    return f"part_{place}"


def _broken_down(base: type[_NumbersForm], indicator: Indicator) -> type[Any]:
    """Ask for each group of a broken-down measure instead of for its value."""
    if not indicator.groups:
        return base
    counts = {
        _part(place): WholeNumberField(name, [_given(A_WHOLE_NUMBER)]) for place, name in enumerate(indicator.groups)
    }
    return type(base.__name__, (base,), counts | {"value": None, "denominator": None})


class ReadingForm(_NumbersForm):
    """Ask what an indicator was in one period."""

    month = StringField()
    note = StringField("A note, if you want", [Length(max=200)])
    starts: date

    def __init__(self, indicator: Indicator, today: date, **kwargs: Any) -> None:
        super().__init__(indicator, **kwargs)
        self.today = today
        self.month.label.text, self.month.description = PERIODS[indicator.how_often]

    def validate_month(self, field: StringField) -> None:
        """Refuse a period to come, and one that has a reading."""
        try:
            self.starts = read_period(self.indicator.how_often, field.data or "")
        except ValueError:
            raise ValidationError(ASKED[self.indicator.how_often]) from None
        if fault := proposing.period_fault(self.indicator, self.starts, self.today):
            raise ValidationError(fault)


class CorrectionForm(_NumbersForm):
    """Ask what a reading should have been, and why it was wrong."""

    why = TextAreaField("Why was it wrong?", [DataRequired("Say why it was wrong."), Length(max=400)])


class SendBackForm(Form):
    """Ask what is to be looked at again."""

    reply = StringField(
        "What should be looked at again?", [DataRequired("Say what to look at again."), Length(max=200)]
    )


def reading_form(indicator: Indicator, today: date, **kwargs: Any) -> ReadingForm:
    """Make the form that asks for a reading of this measure."""
    form: ReadingForm = _broken_down(ReadingForm, indicator)(indicator, today, **kwargs)
    return form


def correction_form(indicator: Indicator, **kwargs: Any) -> CorrectionForm:
    """Make the form that asks what a reading of this measure should have been."""
    form: CorrectionForm = _broken_down(CorrectionForm, indicator)(indicator, **kwargs)
    return form
