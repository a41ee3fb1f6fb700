"""What people type about indicators and their readings."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from wtforms import Field, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import TextInput

from coprod.core.forms import Form, clean
from coprod.outcomes import rules
from coprod.outcomes.models import Direction, Indicator, MeasureKind, Unit

MONTH_FORMATS = ("%B %Y", "%b %Y", "%Y-%m", "%m/%Y", "%m.%Y")
A_NUMBER = "Write a number, such as 62 or 4.5."
A_WHOLE_NUMBER = "Write a whole number, such as 40."
A_MONTH = "Write the month like this: October 2025."
KINDS = {
    MeasureKind.OUTCOME: "An outcome: the change we want",
    MeasureKind.PROCESS: "A process: whether it is being done",
    MeasureKind.BALANCING: "A balancing measure: harm somewhere else",
}
UNITS = {
    Unit.COUNT: "A number of people",
    Unit.PERCENT: "A percentage",
    Unit.DAYS: "Days",
    Unit.SCORE: "A score",
}
WAYS = {Direction.UP: "Up is better", Direction.DOWN: "Down is better", Direction.NEITHER: "Neither"}


def _number(typed: str) -> float:
    return float(typed.removesuffix("%").replace(",", ""))


def _whole_number(typed: str) -> int:
    """More digits than anybody counts are no number."""
    if len(typed) > len(f"{rules.MOST:,}") + 1:
        raise ValueError(typed)
    return int(typed.replace(",", ""))


def _month(typed: str) -> date:
    for shape in MONTH_FORMATS:
        try:
            return datetime.strptime(typed, shape).date()  # noqa: DTZ007 - a month has no zone
        except ValueError:
            continue
    raise ValueError(typed)


class _Typed(Field):
    """A text box that is read as something else, and shows again what was typed."""

    widget = TextInput()
    fault: str
    read: Callable[[str], Any]

    def _value(self) -> str:
        return (clean(str(self.raw_data[0])) or "") if self.raw_data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed, or say kindly how to write it."""
        typed = clean(" ".join(valuelist)) or ""
        self.data = None
        if typed:
            try:
                self.data = self.read(typed)
            except ValueError as error:
                raise ValueError(self.fault) from error


class NumberField(_Typed):
    """A number, as people write it: 62, 62%, 1,200 or 4.5."""

    fault, read = A_NUMBER, staticmethod(_number)


class WholeNumberField(_Typed):
    """A whole number of people."""

    fault, read = A_WHOLE_NUMBER, staticmethod(_whole_number)


class MonthField(_Typed):
    """A month, read as its first day: October 2025, Oct 2025, 2025-10 or 10/2025."""

    fault, read = A_MONTH, staticmethod(_month)


def _given(sentence: str) -> Callable[[Any, Any], None]:
    """Ask for a value, and say so, unless something unreadable was typed and is being complained of."""

    def check(_: Any, field: Any) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(sentence)

    return check


def _choices(named: dict[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in named.items()]


def blame(form: Form, faults: dict[str, str]) -> bool:
    """Put each sentence beside its field; answer whether there was none."""
    for name, sentence in faults.items():
        form[name].errors = [*form[name].errors, sentence]
    return not faults


class IndicatorForm(Form):
    """Ask what is to be measured, and how."""

    name = StringField("What do you measure?", [DataRequired("Say what you measure."), Length(max=120)])
    kind = RadioField("What kind of measure is it?", [InputRequired("Choose a kind.")], choices=_choices(KINDS))
    unit = RadioField("What is one reading?", [InputRequired("Choose what a reading is.")], choices=_choices(UNITS))
    better = RadioField("Which way is better?", [InputRequired("Choose a way.")], choices=_choices(WAYS))
    who_is_counted = StringField("Who is counted?", [Length(max=200)])
    source = StringField("Where do the numbers come from?", [Length(max=200)])
    baseline = NumberField("Where does it stand now? (baseline)")
    target = NumberField("Where should it get to? (target)")

    def __init__(self, taken: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.taken = {name.casefold() for name in taken}

    def validate_name(self, field: StringField) -> None:
        """Refuse a name that is taken."""
        if field.data.casefold() in self.taken:
            raise ValidationError("There is a measure of this name already.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the fields, and at whether baseline and target can be readings."""
        fine = bool(super().validate(extra_validators))
        if self.unit.data not in list(Unit):
            return False
        levels = {name: self[name].data for name in ("baseline", "target") if self[name].data is not None}
        found = {
            name: rules.reading_faults(Unit(self.unit.data), level, 10).get("value") for name, level in levels.items()
        }
        return blame(self, {name: sentence for name, sentence in found.items() if sentence}) and fine


class _NumbersForm(Form):
    """What reading and correction ask alike."""

    value = NumberField("Value", [_given(A_NUMBER)])
    denominator = WholeNumberField("Out of how many people?")

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.indicator = indicator

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the fields, then at the numbers together."""
        fine = bool(super().validate(extra_validators))
        if self.value.data is None or self.denominator.errors:
            return False
        return blame(self, rules.reading_faults(self.indicator.unit, self.value.data, self.denominator.data)) and fine


class ReadingForm(_NumbersForm):
    """Ask what an indicator was in one month."""

    month = MonthField("Month", [_given(A_MONTH)])
    note = StringField("A note, if you want", [Length(max=200)])

    def __init__(self, indicator: Indicator, today: date, **kwargs: Any) -> None:
        super().__init__(indicator, **kwargs)
        self.today = today

    def validate_month(self, field: MonthField) -> None:
        """Refuse a month to come, and one that has a reading."""
        fault = field.data and rules.month_fault(self.indicator, field.data, self.today)
        if fault:
            raise ValidationError(fault)


class CorrectionForm(_NumbersForm):
    """Ask what a reading should have been, and why it was wrong."""

    why = TextAreaField("Why was it wrong?", [DataRequired("Say why it was wrong."), Length(max=400)])
