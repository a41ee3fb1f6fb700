"""What one of two people counted in the box of a vote on paper (B16)."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from coprod.core.forms import Form
from coprod.voting import rules
from coprod.voting.forms.ballots import answers_of
from coprod.voting.models import Kind, Poll

SIDES = {"lived": "The parents’ box", "professionals": "The workers’ box"}
WHOLE = {"whole": ""}
SLIPS = "slips"


class PilesForm(Form):
    """Ask how many slips lay on each pile, of each box."""

    poll: Poll

    def validate(self, extra_validators: Any = None) -> bool:
        """Once every number is one, look whether together they can be the slips of this vote."""
        if not super().validate(extra_validators):
            return False
        fit = rules.piles_fit(self.poll, self.piles())
        if not fit:
            self.fields_of(next(iter(_boxes(self.poll))))[0].errors = [fit.reason]
        return bool(fit)

    def piles(self) -> rules.Piles:
        """Answer what was counted."""
        return rules.Piles(**{box: self._pile(box) for box in _boxes(self.poll)})

    def _pile(self, box: str) -> rules.Pile:
        typed = {field.short_name.removeprefix(f"{box}_"): field.data for field in self.fields_of(box)}
        slips = typed.pop(SLIPS, 0)
        return rules.Pile({int(number): many for number, many in typed.items()}, slips)

    def fields_of(self, box: str) -> list[IntegerField]:
        """List the fields of one box, in the order of the answers."""
        return [field for field in self if field.name.startswith(f"{box}_")]

    def boxes(self) -> list[tuple[str, list[IntegerField]]]:
        """List the boxes by their headings, with the fields of each."""
        return [(heading, self.fields_of(box)) for box, heading in _boxes(self.poll).items()]


def piles_form(poll: Poll) -> PilesForm:
    """Make the form for the answers of this vote, and for as many boxes as are counted apart."""
    made = {f"{box}_{code}": _number(label) for box in _boxes(poll) for code, label in _piles_of(poll)}
    form: PilesForm = type("PilesForm", (PilesForm,), made)()
    form.poll = poll
    return form


def _boxes(poll: Poll) -> dict[str, str]:
    return SIDES if len(rules.rolls(poll)) > 1 else WHOLE


def _piles_of(poll: Poll) -> list[tuple[str, str]]:
    if poll.kind == Kind.PICK:
        things = [(str(option.number), option.words) for option in poll.options]
        return [*things, (SLIPS, "Slips with any tick on them")]
    return [(choice.value, choice.label) for choice in answers_of(poll.kind)[0]]


def _number(label: str) -> IntegerField:
    zero = "Write a number. 0 is fine."
    return IntegerField(label, [InputRequired(zero), NumberRange(min=0, max=9999, message=zero)])
