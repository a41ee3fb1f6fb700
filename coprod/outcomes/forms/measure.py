"""What people type to propose a measure."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form
from coprod.outcomes import rules
from coprod.outcomes.forms.fields import NumberField, blame
from coprod.outcomes.models import Direction, HowOften, MeasureKind, Unit
from coprod.outcomes.rules import defining, proposing

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
WORDS = ("name", "numerator", "denominator", "who_is_counted", "source", "told")
CHOSEN = {"kind": MeasureKind, "unit": Unit, "better": Direction, "how_often": HowOften}


def _choices(named: dict[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in named.items()]


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
