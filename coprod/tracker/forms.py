"""What people choose to see of the tracker."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from coprod.core.forms import Form
from coprod.steering.rules import IN_WORDS
from coprod.tracker.rules import SORTS, WAITING, Line


class TrackerForm(Form):
    """Which recommendations to list, and in which order; all of it stays in the address."""

    class Meta(Form.Meta):
        """A search writes nothing, so it needs no key."""

        csrf = False

    stream = SelectField("Group", validate_choice=False)
    answer = SelectField("Answer", validate_choice=False)
    year = SelectField("Sent in", validate_choice=False)
    sort = SelectField("Order", validate_choice=False)

    def __init__(self, lines: Sequence[Line], **given: Any) -> None:
        super().__init__(**given)
        streams = {str(line.asked.workstream_id): line.asked.workstream.name for line in lines}
        years = sorted({str(line.sent_on.year) for line in lines}, reverse=True)
        self.stream.choices = _all_or(sorted(streams.items(), key=lambda one: one[1]))
        self.answer.choices = _all_or([(WAITING, "Waits for one"), *((str(v), said) for v, said in IN_WORDS.items())])
        self.year.choices = _all_or([(year, year) for year in years])
        self.sort.choices = [SelectChoice(name, said) for name, said in SORTS.items()]

    @property
    def wanted(self) -> dict[str, str]:
        """Answer what was chosen; what nobody offers is not chosen."""
        fields = (self.stream, self.answer, self.year, self.sort)
        return {field.name: field.data for field in fields if field.data in {choice.value for choice in field.choices}}

    @property
    def is_narrowed(self) -> bool:
        """Answer whether something is left out."""
        return any(self.wanted.get(name) for name in ("stream", "answer", "year"))


def _all_or(choices: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", "All of them"), *(SelectChoice(value, label) for value, label in choices)]
