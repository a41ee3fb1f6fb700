"""What people type about the items of an agenda."""

from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, NumberRange

from coprod.actions.forms import FEW
from coprod.core.forms import Form
from coprod.people.models import Person
from coprod.steering import rules
from coprod.steering.forms.fields import SOME
from coprod.steering.models import Meeting, MeetingItem
from coprod.workstreams.models import Membership

NEEDS_WORDS = {"talked about": "Say what was said.", "taken off": "Say why it is taken off."}


def a_time() -> Any:
    """Ask how long something takes."""
    said = NumberRange(min=1, max=240, message="Write a number from 1 to 240.")
    return IntegerField("How many minutes?", [DataRequired("Write a number from 1 to 240."), said], default=10)


class ItemForm(Form):
    """Something else for the agenda."""

    title = StringField("What is it about?", [DataRequired("Say what it is about."), FEW])
    minutes = a_time()
    speaker = StringField("Who speaks to it?", [FEW], description="A name or a role. You can leave this empty")

    def __init__(self, meeting: Meeting, **given: Any) -> None:
        super().__init__(**given)
        self.known = {item.title for item in meeting.items if item.thing_id is None}

    def validate_title(self, field: Any) -> None:
        """Refuse what is there already."""
        if field.data in self.known:
            raise ValidationError("This is on the agenda already.")


class ChangeItemForm(Form):
    """How long an item takes, and who speaks to it."""

    minutes = a_time()
    speaker = StringField("Who speaks to it?", [FEW])


class PlaceForm(Form):
    """Which way an item goes."""

    places = SelectField("Which way?", choices=[SelectChoice("-1", "Up"), SelectChoice("1", "Down")])


class SettleForm(Form):
    """What became of an item."""

    move = RadioField("What became of it?", validate_choice=False)
    words = TextAreaField(
        "In a sentence", [SOME], description="What was said, or why it is taken off. It stands in the minutes."
    )

    def __init__(self, person: Person, item: MeetingItem, **given: Any) -> None:
        super().__init__(**given)
        moves = [move for move in rules.ITEMS.open_to(person, item) if move.name in rules.BY_HAND]
        self.move.choices = [SelectChoice(move.name, move.label) for move in moves]

    def validate_move(self, field: Any) -> None:
        """Ask for one of the moves."""
        if field.data not in {choice.value for choice in self.move.choices}:
            raise ValidationError("Choose what became of it.")

    def validate_words(self, field: Any) -> None:
        """Ask for the sentence some moves need."""
        if not field.data and self.move.data in NEEDS_WORDS:
            raise ValidationError(NEEDS_WORDS[self.move.data])


class DeclareForm(Form):
    """Who has an interest in an item, and whether they leave the room for it."""

    who = SelectField("Who?", validate_choice=False)
    stake = StringField(
        "What would you like others to know?",
        [FEW],
        description="You can leave this empty. The people here read it, and it stands in the minutes",
    )
    leaves = RadioField(
        "For this item", choices=[SelectChoice("yes", "Leave the room"), SelectChoice("no", "Stay")], default="yes"
    )

    def __init__(self, person: Person, item: MeetingItem, **given: Any) -> None:
        super().__init__(**given)
        self.members = {str(held.id): held for held in rules.to_declare(person, item)}
        own = [held for held in self.members.values() if held.person_id == person.id]
        others = sorted(set(self.members.values()) - set(own), key=lambda held: (held.person.alias, str(held.id)))
        named = [(held, "Me") for held in own] + [(held, held.person.alias) for held in others]
        self.who.choices = [SelectChoice(str(held.id), name) for held, name in named]

    def validate_who(self, field: Any) -> None:
        """Ask for one of those it can be."""
        if field.data not in self.members:
            raise ValidationError("Choose who it is.")

    @property
    def chosen(self) -> Membership:
        """Answer whose interest it is."""
        return self.members[self.who.data]
