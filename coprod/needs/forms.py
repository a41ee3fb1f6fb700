"""What members say would help them to come. Nothing here asks why, and everything can be left empty."""

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from coprod.core.forms import Form
from coprod.needs.models import Help
from coprod.needs.rules import DAYS, MOST_PLACES, PARTS, Slot, Wanted, code, slot_of


class HelpsForm(Form):
    """What would help."""

    helps = SelectMultipleField(
        "Tick all that help", choices=[SelectChoice(each.value, each.capitalize()) for each in Help]
    )
    places = SelectField(
        "Places in the crèche",
        choices=[SelectChoice("0", "None"), *(SelectChoice(str(n), str(n)) for n in range(1, MOST_PLACES + 1))],
        default="0",
    )
    language = StringField(
        "An interpreter",
        [Length(max=40, message="Use 40 letters at most.")],
        description="Write the language. British Sign Language is one too.",
    )
    food = StringField(
        "Food",
        [Length(max=80, message="Use 80 letters at most.")],
        description="Such as halal, no nuts, or soft food",
    )

    @property
    def wanted(self) -> Wanted:
        """Answer all that was said."""
        helps = tuple(each for each in Help if each in (self.helps.data or ()))
        return Wanted(helps, int(self.places.data), self.language.data or "", self.food.data or "")


class TimesForm(Form):
    """Parts of the week that never work."""

    slots = SelectMultipleField(
        "Tap the times that never work",
        choices=[SelectChoice(code((day, part)), f"{DAYS[day]} {part}") for day in range(len(DAYS)) for part in PARTS],
    )

    @property
    def never(self) -> set[Slot]:
        """Answer which."""
        return {slot_of(typed) for typed in self.slots.data or ()}


def of(wanted: Wanted) -> HelpsForm:
    """Show what was said before, ready to be changed."""
    said = {"helps": [each.value for each in wanted.helps], "places": str(wanted.places)}
    return HelpsForm(data={**said, "language": wanted.language, "food": wanted.food})


def of_times(never: frozenset[Slot]) -> TimesForm:
    """Show the times said before, ready to be changed."""
    return TimesForm(data={"slots": [code(slot) for slot in never]})
