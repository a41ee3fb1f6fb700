"""What people type when they write a recommendation."""

from typing import Any

from wtforms import HiddenField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form, at_most_words
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
    easy_read = _long(
        "The same in easy words",
        description="A short sentence on each line. Members read this first. You can leave it empty.",
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
