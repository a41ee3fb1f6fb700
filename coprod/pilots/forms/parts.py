"""What the forms about pilots have in common."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from coprod.core.forms import DayField, Form
from coprod.outcomes.forms import WholeNumberField
from coprod.people.models import Person
from coprod.pilots import rules

SHORT, LONG, FEW = Length(max=200), Length(max=2000), Length(max=300)
NOBODY = SelectChoice("", "Choose a name")


def _pounds(typed: str) -> int:
    """Read a sum of whole pounds as people write it: 18000, 18,000 or £18,000."""
    digits = typed.removeprefix("£").replace(",", "").strip()
    if len(digits) > len(str(rules.MOST_POUNDS)) or not digits.isascii() or not digits.isdigit():
        raise ValueError(typed)
    return int(digits)


class PoundsField(WholeNumberField):
    """A sum of whole pounds."""

    fault, read = rules.NOT_A_SUM, staticmethod(_pounds)

    def _value(self) -> str:
        return super()._value() or (f"{self.data:,}" if self.data else "")


def choices_of(named: Mapping[Any, str]) -> list[SelectChoice]:
    """List these as answers to choose from."""
    return [SelectChoice(value, label) for value, label in named.items()]


def people_in(people: Iterable[Person]) -> list[SelectChoice]:
    """List people to choose from."""
    return [NOBODY, *(SelectChoice(str(person.id), person.alias) for person in people)]


def blame(form: Form, faults: dict[str, str]) -> bool:
    """Put each sentence beside its field, unless one stands there; answer whether all is well."""
    for name, sentence in faults.items():
        if not form[name].errors:
            form[name].errors = [sentence]
    return not any(field.errors for field in form)


class OwnedForm(Form):
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
        self.owner.choices = people_in(people)

    def words(self) -> dict[str, Any]:
        """Answer what was typed, for the rules and the service."""
        left_out = ("csrf_token", "once", "measures", "read")
        typed = {field.short_name: field.data for field in self if field.short_name not in left_out}
        return typed | {"owner": self.people.get(self.owner.data or "")}


def key_of(person: Person | None) -> str:
    """Answer the value the owner's select holds for this person."""
    key: UUID | None = person.id if person else None
    return str(key) if key else ""
