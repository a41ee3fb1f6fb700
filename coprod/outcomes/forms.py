"""What people type about indicators and their readings."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import TextInput

from coprod.core.forms import DayField, Form, clean
from coprod.core.spreadsheets.reading import MOST_BYTES, TAKEN, Sheet, Unreadable, read
from coprod.outcomes import rules
from coprod.outcomes.models import Direction, HowOften, Indicator, MeasureKind, Unit
from coprod.outcomes.rules import bringing, defining, proposing
from coprod.outcomes.rules.bringing import A_NUMBER, A_WHOLE_NUMBER, MOST_ROWS
from coprod.outcomes.rules.periods import ASKED, period_words, read_period

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
OFTEN = {
    HowOften.WEEK: "Every week",
    HowOften.MONTH: "Every month",
    HowOften.QUARTER: "Every quarter",
    HowOften.ONCE: "Once before and once after: two points, never a trend",
    HowOften.TOLD: "Not at all: it is only told, and nobody knows the dates",
}
PERIODS = {
    HowOften.WEEK: ("A day of the week", "For example, 14 October 2025"),
    HowOften.MONTH: ("Month", "For example, October 2025"),
    HowOften.QUARTER: ("Quarter", "For example, Q4 2025"),
    HowOften.ONCE: ("Month", "For example, October 2025"),
    HowOften.TOLD: ("Month", "For example, October 2025"),
}


class _Typed(Field):
    """A text box that is read as something else, and shows again what was typed."""

    widget = TextInput()
    fault: str
    read: Callable[[str], Any]

    def _value(self) -> str:
        if self.raw_data:
            return clean(str(self.raw_data[0])) or ""
        return "" if self.data is None else f"{self.data:.12g}"

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

    fault, read = A_NUMBER, staticmethod(bringing.number)


class WholeNumberField(_Typed):
    """A whole number of people."""

    fault, read = A_WHOLE_NUMBER, staticmethod(bringing.whole_number)


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


WORDS = ("name", "numerator", "denominator", "who_is_counted", "source", "told")
CHOSEN = {"kind": MeasureKind, "unit": Unit, "better": Direction, "how_often": HowOften}


class IndicatorForm(Form):
    """Ask what is to be measured, and how."""

    name = StringField("What do you measure?", [DataRequired("Say what you measure."), Length(max=120)])
    kind = RadioField("What kind of measure is it?", [InputRequired("Choose a kind.")], choices=_choices(KINDS))
    unit = RadioField("What is one reading?", [InputRequired("Choose what a reading is.")], choices=_choices(UNITS))
    better = RadioField("Which way is better?", [InputRequired("Choose a way.")], choices=_choices(WAYS))
    numerator = StringField("What is counted? (numerator)", [Length(max=200)])
    denominator = StringField("Out of what? (denominator)", [Length(max=200)])
    who_is_counted = StringField("Who is counted?", [Length(max=200)])
    source = StringField("Where do the numbers come from?", [Length(max=200)])
    how_often = RadioField("How often is it read?", choices=_choices(OFTEN), default=str(HowOften.MONTH))
    told = StringField("What do they say has changed?", [Length(max=80)])
    groups = TextAreaField("Is it broken down by group?", [Length(max=600)])
    baseline = NumberField("Where does it stand now? (baseline)")
    target = NumberField("Where should it get to? (target)")

    def __init__(self, taken: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.taken = {name.casefold() for name in taken}

    @property
    def named_groups(self) -> list[str]:
        """Answer the groups it is broken down by: one a line."""
        return [line.strip() for line in (self.groups.data or "").splitlines() if line.strip()]

    def validate_name(self, field: StringField) -> None:
        """Refuse a name that is taken."""
        if field.data.casefold() in self.taken:
            raise ValidationError("There is a measure of this name already.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the fields, and at whether baseline and target can be readings."""
        fine = bool(super().validate(extra_validators))
        return self._lines_fit() and fine

    @property
    def meaning(self) -> tuple[Any, Any]:
        """Answer unit and how often, as they were chosen."""
        return self.unit.data, self.how_often.data

    def _lines_fit(self) -> bool:
        unit, how_often = self.meaning
        if unit not in list(Unit):
            return False
        levels = {name: self[name].data for name in defining.LEVELS if self[name].data is not None}
        found = rules.level_faults(Unit(unit), levels)
        if "groups" in self:
            found["groups"] = proposing.groups_fault(Unit(unit), self.named_groups)
        if "told" in self and how_often in list(HowOften):
            words = self.told.data or "", self.source.data or ""
            found |= defining.told_faults(HowOften(how_often), Unit(unit), *words)
        return blame(self, {name: sentence for name, sentence in found.items() if sentence})

    @property
    def given(self) -> dict[str, Any]:
        """Answer the lines of a definition sheet, as they were typed."""
        words = {name: self[name].data or "" for name in WORDS}
        levels = {name: self[name].data for name in defining.LEVELS}
        chosen = {name: enum(self[name].data) for name, enum in CHOSEN.items()}
        return words | levels | chosen | {"groups": self.named_groups}


class DefinitionForm(IndicatorForm):
    """Ask how a definition sheet should be put, and why; the first reading fixes what gives readings their meaning."""

    why = StringField("Why do you change it?", [DataRequired("Say why."), Length(max=200)])
    afresh = BooleanField("It is counted in another way from now on. Begin the limits afresh with the next reading.")
    read = HiddenField()

    def __init__(self, indicator: Indicator, taken: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(taken, **kwargs)
        self.indicator, self.is_fixed = indicator, defining.is_read(indicator)
        for name in (*defining.MEANING, "told") if self.is_fixed else ("afresh",):
            del self[name]

    @property
    def meaning(self) -> tuple[Any, Any]:
        """Answer unit and how often, as they are fixed, or else as they were chosen."""
        return (self.indicator.unit, self.indicator.how_often) if self.is_fixed else super().meaning

    @property
    def given(self) -> dict[str, Any]:
        """Answer every line, those that are fixed as they are."""
        if not self.is_fixed:
            return super().given | self._unsaid
        words = {name: self[name].data or "" for name in WORDS if name in self}
        typed = words | {name: self[name].data for name in defining.LEVELS}
        return {name: getattr(self.indicator, name) for name in (*defining.MEANING, "told")} | typed | self._unsaid

    @property
    def _unsaid(self) -> dict[str, Any]:
        """Answer the baseline that is too small to be shown in its box, and stays where that is left empty."""
        stays = self.baseline.data is None and defining.hides_baseline(self.indicator)
        return {"baseline": self.indicator.baseline} if stays else {}

    @property
    def was_read(self) -> int | None:
        """Answer how many changes there were when the sheet was opened."""
        return int(self.read.data) if (self.read.data or "").isdecimal() else None


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


def reading_form(indicator: Indicator, today: date, **kwargs: Any) -> ReadingForm:
    """Make the form that asks for a reading of this measure."""
    form: ReadingForm = _broken_down(ReadingForm, indicator)(indicator, today, **kwargs)
    return form


def correction_form(indicator: Indicator, **kwargs: Any) -> CorrectionForm:
    """Make the form that asks what a reading of this measure should have been."""
    form: CorrectionForm = _broken_down(CorrectionForm, indicator)(indicator, **kwargs)
    return form


class _Rows(TextAreaField):
    """Rows of a spreadsheet: each cell is looked through by itself, so that two of them never seem one number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = TextAreaField.__name__


class BringForm(Form):
    """Rows that are pasted from a spreadsheet, or brought as a file."""

    rows = _Rows("Paste the rows")
    file = FileField("Or choose a file", description=TAKEN)
    sheet: Sheet

    def validate_rows(self, field: Any) -> None:
        """Read what was pasted, or else the file, and say kindly why it cannot be read."""
        file = self.file.data
        if not (field.data or file):
            raise ValidationError("Paste some rows, or choose a file.")
        try:
            found = read(field.data.encode(), "Rows") if field.data else read(file.stream.read(MOST_BYTES + 1), "File")
        except Unreadable as refusal:
            raise ValidationError(str(refusal)) from refusal
        self.sheet = found[0]
        if len(self.sheet.rows) > MOST_ROWS:
            raise ValidationError(f"Bring {MOST_ROWS} rows at most at a time.")


class SendBackForm(Form):
    """Ask what is to be looked at again."""

    reply = StringField(
        "What should be looked at again?", [DataRequired("Say what to look at again."), Length(max=200)]
    )


class PhaseForm(Form):
    """Ask from which reading on the limits are worked out afresh, and why."""

    starts = SelectField("From which reading on?", validate_choice=False)
    why = StringField("Why?", [DataRequired("Say why the limits begin afresh."), Length(max=200)])

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.days = {one.month.isoformat(): one.month for one in indicator.readings[1:]}
        self.indicator = indicator
        self.starts.choices = [
            SelectChoice(key, period_words(indicator.how_often, day)) for key, day in self.days.items()
        ]

    def validate_starts(self, field: Any) -> None:
        """Take a reading after the first at which no phase begins yet."""
        day = self.days.get(field.data)
        fault = proposing.phase_fault(self.indicator, day) if day else "Choose a reading after the first."
        if fault:
            raise ValidationError(fault)


class EventForm(Form):
    """Ask what happened, and when."""

    day = DayField("When was it?", [InputRequired("Write the day like this: 14 October 2025.")])
    words = StringField("What happened?", [DataRequired("Say what happened."), Length(max=60)])
    today: date

    def validate_day(self, field: DayField) -> None:
        """Refuse a day to come."""
        if field.data and field.data > self.today:
            raise ValidationError("That day has not come yet.")
