"""What people type and press on the run sheet."""

from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from coprod.core.forms import Form
from coprod.cycles.models import AgendaItem, Session
from coprod.cycles.rules.agenda import kept
from coprod.notes.rules import LONGEST_LINE
from coprod.room.models import Temperature
from coprod.room.rules.moves import WARMTH

PRESS = "Press one of the buttons."
MOST_TURNS = 10_000


class TurnForm(Form):
    """Ask where the evening stood when the button was pressed."""

    turn = IntegerField("Turn", [InputRequired(PRESS), NumberRange(0, MOST_TURNS, PRESS)], widget=HiddenInput())


class LetGoForm(Form):
    """Ask which item is carried over or dropped."""

    item = HiddenField("Item", [DataRequired(PRESS)])
    how = RadioField(
        "What becomes of it?",
        choices=[SelectChoice("carry", "Carry over"), SelectChoice("drop", "Drop")],
        invalid_choice_message=PRESS,
    )


class TemperatureForm(Form):
    """Ask how warm the room is."""

    temperature = RadioField(
        "How is the group, as a whole?",
        choices=[SelectChoice(str(one), words) for one, words in WARMTH.items()],
        coerce=Temperature,
        invalid_choice_message=PRESS,
    )


class PersonForm(Form):
    """Ask whom a button is about."""

    person = HiddenField("Who", [DataRequired(PRESS)])


class NoteForm(Form):
    """Ask for one line, and which item it belongs to."""

    item = SelectField("About", validate_choice=False)
    words = TextAreaField(
        "Note",
        [
            DataRequired("Write something first."),
            Length(max=LONGEST_LINE, message=f"Use {LONGEST_LINE} letters at most."),
        ],
        description="What was said and settled. No names",
    )

    def __init__(self, session: Session, on: AgendaItem | None, **given: Any) -> None:
        super().__init__(**({"item": str(on.id)} if on else {}), **given)
        self.items = {str(item.id): item for item in kept(session.items)}
        self.item.choices = [SelectChoice(key, item.title) for key, item in self.items.items()]

    def validate_item(self, field: Any) -> None:
        """Ask for one of the items of this evening."""
        if field.data not in self.items:
            raise ValidationError("Choose what it is about.")

    @property
    def chosen(self) -> AgendaItem:
        """Answer the item, once it has been checked."""
        return self.items[self.item.data]


class IdeaForm(Form):
    """Ask for an idea in a few words."""

    title = StringField(
        "The idea, in a few words",
        [DataRequired("Write the idea in a few words."), Length(max=120, message="Use 120 letters at most.")],
        description="It becomes the start of a recommendation",
    )
