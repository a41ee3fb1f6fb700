"""What people type about recommendations."""

from datetime import date, datetime, time
from typing import Any, cast

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.clock import moment_of
from coprod.core.forms import DayField, Form, at_most_words
from coprod.recommendations.models import Stage
from coprod.recommendations.rules import MOST_WORDS

LONGEST = 4000


def _long(label: str, **kwargs: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=LONGEST, message=f"Use {LONGEST} letters at most.")], **kwargs)


class NewForm(Form):
    """Ask for an idea's title."""

    workstream = SelectField("Which group is it for?", [InputRequired("Choose a group.")])
    title = StringField(
        "What is the idea, in a few words?",
        [DataRequired("Say what the idea is."), Length(max=120, message="Use 120 letters at most.")],
    )


class EditForm(Form):
    """Ask for the nine things of domain rule 21, and for the words to vote on."""

    version = HiddenField()
    title = StringField(
        "Title", [DataRequired("Give it a title."), Length(max=120, message="Use 120 letters at most.")]
    )
    said = TextAreaField(
        "What do you ask for?",
        [at_most_words(MOST_WORDS)],
        description="This is what people vote on. Plain words, 60 at most.",
    )
    problem = _long("What is the problem?")
    data = _long("What do the numbers say?", description="Or write “no numbers yet”.")
    practice_elsewhere = _long("What do other areas do?")
    stories = _long("What do people’s stories say?", description="Themes only. No names, no case details.")
    options = _long("Which options did you look at?")
    priorities = SelectMultipleField("Which priority does it come from?", coerce=str)
    outcomes = _long("What should change for people?")
    stage = SelectField(
        "Which stage does it speak to?",
        choices=[SelectChoice("", "Choose a stage"), *(SelectChoice(str(s), str(s).capitalize()) for s in Stage)],
    )
    owner_wanted = StringField("Who should own it?", [Length(max=200, message="Use 200 letters at most.")])
    cost = StringField(
        "What would it cost?",
        [Length(max=200, message="Use 200 letters at most.")],
        description="Or write “not known”.",
    )
    presenter = StringField(
        "Who presents it?",
        [Length(max=200, message="Use 200 letters at most.")],
        description="Or write “nobody yet”. First names only.",
    )

    def words(self) -> dict[str, Any]:
        """Answer what was typed, by the field's name, the stage as a stage."""
        stage = Stage(self.stage.data) if self.stage.data else None
        return {field.name: field.data for field in self} | {"stage": stage}


class VoteForm(Form):
    """Ask when the vote closes; everything else follows from the group."""

    closes_on = DayField("Which day does it close?", [InputRequired("Say which day it closes.")])
    closes_at = TimeField("At what time?", [InputRequired("Say at what time it closes, like 17:00.")])

    def validate_closes_at(self, field: TimeField) -> None:
        """Refuse a time that does not exist."""
        if self.closes_on.data and field.data:
            try:
                self.moment()
            except ValueError as error:
                raise ValidationError(str(error)) from error

    def moment(self) -> datetime:
        """Answer the moment that was typed, once both fields were found to be filled."""
        return moment_of(cast(date, self.closes_on.data), cast(time, self.closes_at.data))


class RoomForm(Form):
    """Ask what the lived-experience members said, together, in the room."""

    answer = RadioField(
        "What did they say, together?",
        [InputRequired("Say what they answered.")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "Anything else")],
    )


class SubmitForm(Form):
    """Ask for the reason when it is sent without an agreed result."""

    why_sent = TextAreaField("Why do you send it without an agreed result?", [at_most_words(MOST_WORDS)])

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason

    def validate_why_sent(self, field: TextAreaField) -> None:
        """A reason is needed only then."""
        if self.needs_reason and not field.data:
            raise ValidationError("Say why it is sent all the same. The steering group reads this.")


class WorryForm(Form):
    """Ask what the group answered to a worry."""

    answer = TextAreaField("What did the group answer?", [Length(max=1000, message="Use 1000 letters at most.")])
    name = StringField()
