"""What people choose in the action log."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from coprod.core.forms import Form
from coprod.people.models import Person


class LogForm(Form):
    """Which actions to list."""

    class Meta(Form.Meta):
        """A filter writes nothing, so it needs no key."""

        csrf = False

    show = SelectField("Which ones", validate_choice=False)
    owner = SelectField("Whose", validate_choice=False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.show.choices = [SelectChoice("all", "All"), SelectChoice("mine", "Mine"), SelectChoice("late", "Late")]

    @property
    def whose(self) -> str:
        """Answer whose actions to list, if not everybody's; what is no person's key is nobody's filter."""
        try:
            return str(UUID(self.owner.data or ""))
        except ValueError:
            return ""

    def offer(self, owners: Sequence[Person]) -> None:
        """Name the people who have something to do."""
        self.owner.choices = [
            SelectChoice("", "Everybody’s"),
            *(SelectChoice(str(owner.id), owner.alias) for owner in owners),
        ]

    @property
    def address(self) -> dict[str, Any]:
        """Answer the part of the address that keeps this filter."""
        chosen = {"show": self.show.data or "", "owner": self.whose}
        return {name: value for name, value in chosen.items() if value}
