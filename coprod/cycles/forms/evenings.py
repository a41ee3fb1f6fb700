"""What people say of one evening: how to dial in, which template it starts from, what became of its work."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from coprod.core.forms import Form
from coprod.cycles.models import AgendaItem
from coprod.library.models import Template

CARRY = SelectChoice("carried over", "Carry it over to the next session")
BECAME = (SelectChoice("done", "We did it"), SelectChoice("dropped", "Drop it"))


class DialInForm(Form):
    """Ask how people take part by phone."""

    dial_in = StringField(
        "Number to ring, and what to type",
        [Length(max=120, message="Use 120 letters at most.")],
        description="For example, 01632 960 000, then 4455#. Leave it empty where nobody can dial in",
    )


class OutlineForm(Form):
    """Ask which template the evening starts from."""

    outline = SelectField("Template", [InputRequired("Choose one of these.")], choices=[])


def outline_form(outlines: Iterable[Template]) -> OutlineForm:
    """Ask which of these templates the evening starts from."""
    form = OutlineForm()
    form.outline.choices = [SelectChoice(str(outline.id), outline.name) for outline in outlines]
    return form


class SettleForm(Form):
    """Ask, in one go, what became of each piece of an evening's work."""

    @property
    def asked(self) -> list[RadioField]:
        """List the questions, in the order of the evening."""
        return [field for field in self if isinstance(field, RadioField)]

    @property
    def became(self) -> dict[UUID, str]:
        """Answer what became of each, by its key."""
        return {UUID(field.short_name.removeprefix("item_")): field.data for field in self.asked}


def settle_form(items: Sequence[AgendaItem], *, can_carry: bool) -> SettleForm:
    """Ask what became of these; nothing is chosen beforehand."""
    choices = [BECAME[0], *([CARRY] if can_carry else []), BECAME[1]]

    class Settling(SettleForm):
        """Ask about these."""

    for item in items:
        asked = RadioField(item.title, [InputRequired(f"Say what became of “{item.title}”.")], choices=choices)
        setattr(Settling, f"item_{item.id.hex}", asked)
    return Settling()
