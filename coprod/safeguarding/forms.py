"""What is asked when somebody may be in danger: as little as is needed to ring."""

import re
from typing import Any

from wtforms import RadioField, StringField, TelField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form
from coprod.safeguarding.models import Told, Urgency

MOST_LETTERS = 300
NUMBER = re.compile(r"\+?[\d ()-]{3,24}")
URGENCY = {Urgency.NOW: "Now", Urgency.TODAY: "Today", Urgency.SOON: "This week"}
TOLD = {Told.YES: "Yes", Told.NOT_YET: "Not yet", Told.UNSAFE: "No, it would not be safe"}


def _is_a_number(_: Any, field: Any) -> None:
    if not NUMBER.fullmatch(field.data or ""):
        raise ValidationError("Give a phone number: digits and spaces.")


class ConcernForm(Form):
    """Who is worried about, whom to ring, how soon, and whether the person knows."""

    about = StringField(
        "Who are you worried about?",
        [DataRequired("Say who you are worried about."), Length(max=80, message="Use 80 letters at most.")],
        description="The name you know. No surname is needed",
    )
    number = TelField("Best number to ring you on", [_is_a_number])
    urgency = RadioField(
        "How soon must somebody act?",
        [DataRequired("Say how soon.")],
        choices=[SelectChoice(value.value, words) for value, words in URGENCY.items()],
        invalid_choice_message="Say how soon.",
    )
    told = RadioField(
        "Have you told the person?",
        [DataRequired("Say whether the person knows.")],
        choices=[SelectChoice(value.value, words) for value, words in TOLD.items()],
        invalid_choice_message="Say whether the person knows.",
    )
    words = TextAreaField(
        "Anything else, in a few words",
        [Length(max=MOST_LETTERS, message=f"Use {MOST_LETTERS} letters at most. The rest is for the call.")],
        description=f"{MOST_LETTERS} letters at most. You can leave it empty. The rest is for the call",
    )

    @property
    def said(self) -> dict[str, Any]:
        """Answer what was said, as a concern keeps it."""
        return {
            "about": self.about.data,
            "number": self.number.data,
            "urgency": Urgency(self.urgency.data),
            "told": Told(self.told.data),
            "words": self.words.data or "",
        }


class PassOnForm(Form):
    """To whom a concern was passed on."""

    to = StringField(
        "Passed on to",
        [DataRequired("Say who has it now."), Length(max=120, message="Use 120 letters at most.")],
        description="A team and a first name",
    )
