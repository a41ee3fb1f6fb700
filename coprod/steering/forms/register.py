"""What people type to find a decision."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from coprod.core.forms import Form
from coprod.steering import rules
from coprod.steering.models import Verdict
from coprod.steering.queries import Wanted
from coprod.workstreams.models import Workstream

FOUR = 4


class RegisterForm(Form):
    """Which decisions to list."""

    class Meta(Form.Meta):
        """A search writes nothing, so it needs no key."""

        csrf = False

    q = StringField("Words in it")
    verdict = SelectField("Answer", validate_choice=False)
    year = SelectField("Year", validate_choice=False)
    stream = SelectField("Group", validate_choice=False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.offer([], [])
        self.verdict.choices = [
            SelectChoice("", "All of them"),
            *(SelectChoice(str(verdict), said) for verdict, said in rules.IN_WORDS.items()),
        ]

    def offer(self, years: Sequence[int], streams: Sequence[Workstream]) -> None:
        """Name the years and the groups there are decisions of."""
        self.year.choices = [SelectChoice("", "Every year"), *(SelectChoice(str(year), str(year)) for year in years)]
        named = (SelectChoice(str(stream.id), stream.name) for stream in streams)
        self.stream.choices = [SelectChoice("", "Every group"), *named]

    @property
    def chosen(self) -> dict[str, str]:
        """Answer the part of the address that keeps this filter."""
        said = {name: self[name].data or "" for name in ("q", "verdict", "year", "stream")}
        return {name: words for name, words in said.items() if words}

    def wanted(self, page: str = "") -> Wanted:
        """Answer which decisions to list; what is no answer, year or group is no filter."""
        year, number = self.year.data or "", page[:6]
        return Wanted(
            words=self.q.data or "",
            verdict=next((verdict for verdict in Verdict if verdict == self.verdict.data), None),
            year=int(year) if len(year) == FOUR and year.isascii() and year.isdigit() and int(year) else None,
            stream=_key(self.stream.data or ""),
            page=max(1, int(number)) if number.isascii() and number.isdigit() else 1,
        )


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
