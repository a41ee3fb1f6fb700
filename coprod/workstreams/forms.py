"""What people type about tables and places at them."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form, at_most_words
from coprod.people.models import Person, Side
from coprod.workstreams.models import CheckAnswer, Kind, Role, Seat, Step, Words

TELLING = re.compile(r"\b(care|court|child(ren)?|bab(y|ies)|social|removed)s?\b", re.IGNORECASE)
NOBODY = UUID(int=0)
ROLES = {
    Role.MEMBER: "Member",
    Role.FACILITATOR: "Facilitator: plans and runs it",
    Role.CHAIR: "Chair of the steering group",
}


def says_nothing(_: Any, field: Any) -> None:
    """Refuse a word that would tell a passer-by what the group is about (domain rule 13)."""
    found = TELLING.search(field.data or "")
    if found:
        raise ValidationError(f"Leave out “{found[0]}”. Anybody near the phone can read this name.")


class StreamForm(Form):
    """A new table."""

    name = StringField("Name", [DataRequired("Give it a name."), Length(max=80, message="Use 80 letters at most.")])
    kind = RadioField(
        "What is it?",
        choices=[
            SelectChoice(kind.value, kind.value.capitalize()) for kind in (Kind.STREAM, Kind.GROUP, Kind.STEERING)
        ],
        default=Kind.STREAM.value,
    )
    purpose = TextAreaField("What it is for", [at_most_words(60), Length(max=1000, message="Use fewer letters.")])
    neutral_name = StringField(
        "What members’ pages call it",
        [
            DataRequired("Give it a name for members’ pages."),
            Length(max=40, message="Use 40 letters at most."),
            says_nothing,
        ],
        default="Your group",
        description="A name that tells nobody what it is about, such as “Tuesday group”",
    )
    step = RadioField(
        "What do people do in it?",
        choices=[SelectChoice(step.value, step.value.capitalize()) for step in Step],
        default=Step.DECIDE.value,
        description="Every invitation says so",
    )
    open_ended = BooleanField("It has no end yet")

    def name_is_free(self, taken: bool) -> bool:
        """Say so where the name is taken, and answer whether it is free."""
        if taken:
            self.name.errors = ["Something here has this name already. Choose another."]
        return not taken


class InviteForm(Form):
    """A place at the table for one person."""

    person = SelectField("Who", validate_choice=False)
    seat = SelectField(
        "Whose seat at the table?",
        choices=[
            SelectChoice("", "Choose"),
            *(SelectChoice(seat.value, seat.value.capitalize(), optgroup=seat.side.capitalize()) for seat in Seat),
        ],
    )
    role = RadioField("What will they do?", default=Role.MEMBER.value)

    def __init__(self, people: Sequence[Person], roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {str(person.id): person for person in people}
        self.person.choices = [SelectChoice("", "Choose"), *(_named(person) for person in people)]
        self.role.choices = [SelectChoice(role.value, ROLES[role]) for role in roles]

    def validate_person(self, field: Any) -> None:
        """Ask for one of the people who are not in yet."""
        if field.data not in self.people:
            raise ValidationError("Choose who to invite.")

    def validate_seat(self, field: Any) -> None:
        """Ask for a seat on the person's own side of the table."""
        if not field.data:
            raise ValidationError("Choose a seat.")
        guest = self.people.get(self.person.data)
        if guest is not None and field.data in {seat.value for seat in Seat} and Seat(field.data).side != guest.side:
            raise ValidationError(f"This seat is not on {guest.alias}’s side of the table. Choose another.")


class SeatForm(Form):
    """Another seat on the same side, another role."""

    seat = SelectField("Whose seat at the table?")
    role = RadioField("What will they do?")

    def __init__(self, person: Person, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        seats = [seat for seat in Seat if seat.side == person.side]
        self.seat.choices = [SelectChoice(seat.value, seat.value.capitalize()) for seat in seats]
        self.role.choices = [SelectChoice(role.value, ROLES[role]) for role in roles]


class SeparationForm(Form):
    """What came of looking whether somebody can take a place."""

    asked = BooleanField(
        "Each of them was asked in private whom they cannot be in a room with",
        [DataRequired("Ask each of them first. Then tick this.")],
    )
    answer = RadioField(
        "What came of it?",
        [InputRequired("Choose one of these.")],
        choices=[
            SelectChoice(CheckAnswer.TOGETHER.value, "They can be together"),
            SelectChoice(CheckAnswer.APART.value, "They are kept apart"),
        ],
    )


class ApartForm(Form):
    """Whom a member cannot be in a room with, in her own words."""

    words = TextAreaField(
        "Who is it?",
        [DataRequired("Tell us who it is. A first name will do."), Length(max=300, message="Use fewer words.")],
        description="A first name, or how we would know them. You need not say why.",
    )


class NameForm(Form):
    """What we shall call somebody."""

    alias = StringField(
        "A name to use here",
        [DataRequired("Type a name. Any name is fine."), Length(max=40, message="Use 40 letters at most.")],
        description="Your first name, or any name you like.",
    )


class LeaveForm(Form):
    """What becomes of what somebody said."""

    words = RadioField(
        "What about things you said?",
        [InputRequired("Choose one of these.")],
        choices=[SelectChoice(words.value, words.value) for words in Words],
    )


def _named(person: Person) -> SelectChoice:
    side = "lived experience" if person.side == Side.LIVED else "professional"
    return SelectChoice(str(person.id), f"{person.alias} ({side})")


def key_of(typed: str | None) -> UUID:
    """Read a person's key out of a form's hidden field; where it is not one, answer the key of nobody."""
    try:
        return UUID(typed or "")
    except ValueError:
        return NOBODY
