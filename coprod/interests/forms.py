"""What somebody who would like to join is asked, one question a page; and what those who ring them type."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from coprod.core.forms import Form
from coprod.interests.models import Whose
from coprod.interests.rules import SEATS
from coprod.people.rules import looks_like_address, same_number
from coprod.workstreams.models import Seat, Workstream

QUESTIONS = {
    "name": "What shall we call you?",
    "contact": "How can we reach you?",
    "safe": "Is it safe to leave a message there?",
    "whose": "Which is closest to you?",
}
ORDER = tuple(QUESTIONS)
REACH = "Write a phone number like 07700 900123, or an e-mail address like name@example.org."


class JoinForm(Form):
    """The questions so far: those that come later are not asked yet."""

    name = StringField(
        "A name to use here",
        [DataRequired("Type a name. Any name is fine."), Length(max=40, message="Use 40 letters at most.")],
        description="Your first name, or any name you like.",
    )
    contact = StringField(
        "Phone number or e-mail address",
        [DataRequired(REACH), Length(max=254, message=REACH)],
        description="One is enough.",
    )
    safe = RadioField(
        QUESTIONS["safe"],
        [InputRequired("Choose yes or no.")],
        choices=[
            SelectChoice("yes", "Yes"),
            SelectChoice("no", "No. Say nothing if somebody else answers"),
        ],
    )
    whose = RadioField(
        QUESTIONS["whose"],
        [InputRequired("Choose one of these.")],
        choices=[SelectChoice(whose.value, whose.value[0].upper() + whose.value[1:]) for whose in Whose],
    )

    def __init__(self, last: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked = ORDER[: ORDER.index(last) + 1]
        for later in ORDER[len(self.asked) :]:
            del self[later]

    def validate_contact(self, field: Any) -> None:
        """Ask for something by which somebody can be reached."""
        if field.data and not (looks_like_address(field.data) or same_number(field.data)):
            raise ValidationError(REACH)

    @property
    def to_mend(self) -> str:
        """Answer the first question whose answer does not do."""
        return next(name for name in self.asked if self[name].errors)


class MarkForm(Form):
    """For which table somebody is thought of."""

    table = SelectField("Which group?", validate_choice=False)

    def __init__(self, tables: Sequence[Workstream], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tables = {str(table.id): table for table in tables}
        named = [SelectChoice(key, table.name) for key, table in self.tables.items()]
        self.table.choices = [SelectChoice("", "Choose"), *named]

    def validate_table(self, field: Any) -> None:
        """Ask for one of the tables this person may invite to."""
        if field.data not in self.tables:
            raise ValidationError("Choose a group.")


class PlaceForm(MarkForm):
    """At which table, in which seat."""

    seat = SelectField("Whose seat at the table?", validate_choice=False)

    def __init__(self, whose: Whose, tables: Sequence[Workstream], **kwargs: Any) -> None:
        super().__init__(tables, **kwargs)
        self.seats = {seat.value: seat for seat in Seat if seat in SEATS[whose]}
        self.seat.choices = [
            SelectChoice("", "Choose"),
            *(SelectChoice(seat, seat.capitalize()) for seat in self.seats),
        ]

    def validate_seat(self, field: Any) -> None:
        """Ask for a seat that somebody like this could take."""
        if field.data not in self.seats:
            raise ValidationError("Choose a seat.")


class OpenSeatsForm(Form):
    """How many more people are looked for, by seat."""

    @property
    def numbers(self) -> dict[Seat, int]:
        """Answer what was typed; an empty box means nobody."""
        return {seat: self[seat.name.lower()].data or 0 for seat in Seat}


for _seat in Seat:
    setattr(
        OpenSeatsForm,
        _seat.name.lower(),
        IntegerField(
            _seat.value.capitalize(),
            [Optional(), NumberRange(0, 20, "Write a number from 0 to 20.")],
            id=f"seat-{_seat.name.lower().replace('_', '-')}",
        ),
    )
