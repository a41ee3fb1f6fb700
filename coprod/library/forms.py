"""What people type about templates."""

from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from coprod.core.forms import Form, at_most_words
from coprod.library.models import TemplateKind
from coprod.library.rules.templates import (
    LONGEST,
    MOST_IN_A_NOTE,
    MOST_ITEMS,
    MOST_LETTERS,
    PARTS,
    PHASES,
    PURPOSES,
    STEP_STAGES,
)

KINDS = {TemplateKind.CYCLE: "A run of weeks", TemplateKind.SESSION: "One session"}
HOUSE = ""
NO_PEOPLE = "No names of people. Others may read it, once you share it"


class TemplateForm(Form):
    """Ask what a template is called."""

    name = StringField(
        "Name",
        [DataRequired("Give it a name."), Length(max=MOST_LETTERS, message=f"Use {MOST_LETTERS} letters at most.")],
        description=NO_PEOPLE,
    )
    note = StringField("What it is good for", [Length(max=200, message="Use 200 letters at most.")])


class NewForm(TemplateForm):
    """Ask what is to be kept."""

    kind = RadioField(
        "What is it for?",
        [DataRequired("Choose one of the two.")],
        choices=[SelectChoice(str(kind), name) for kind, name in KINDS.items()],
        default=str(TemplateKind.CYCLE),
        invalid_choice_message="Choose one of the two.",
        description="It starts from what the house offers",
    )


class PlaceForm(Form):
    """Ask where a part stands."""

    position = IntegerField(
        "Place",
        [
            DataRequired("Choose up or down."),
            NumberRange(1, MOST_ITEMS, f"Choose a place from 1 to {MOST_ITEMS}."),
        ],
    )


class WeekForm(Form):
    """Ask which phase a session belongs to, and which evening it starts from."""

    of = HiddenField("What", default="session")
    phase = RadioField(
        "Phase",
        [DataRequired("Choose a phase.")],
        choices=[SelectChoice(str(phase), name) for phase, name in PHASES.items()],
        invalid_choice_message="Choose a phase.",
    )
    evening = SelectField(
        "The evening it starts from",
        choices=[],
        default=HOUSE,
        invalid_choice_message="Choose one of these.",
    )

    def offer(self, names: list[tuple[Any, str]]) -> "WeekForm":
        """Offer the house's evening, and these."""
        kept = [SelectChoice(str(key), name) for key, name in names]
        self.evening.choices = [SelectChoice(HOUSE, "The house’s evening for that week"), *kept]
        return self


class StepForm(Form):
    """Ask what is done before the first session or after the last."""

    of = HiddenField("What", default="step")
    stage = RadioField(
        "When",
        [DataRequired("Choose one of the two.")],
        choices=[SelectChoice(str(stage), name) for stage, name in STEP_STAGES.items()],
        invalid_choice_message="Choose one of the two.",
    )
    title = StringField(
        "What is done",
        [DataRequired("Say what is done in a few words."), Length(max=80, message="Use 80 letters at most.")],
        description="Members read it once it has a day. Use plain words",
    )


class EveningPartForm(Form):
    """Ask about one part of an evening, whether of a template or of a session's own agenda."""

    title = StringField(
        "What happens",
        [DataRequired("Say what happens in a few words."), Length(max=80, message="Use 80 letters at most.")],
        description="Members read this. Use plain words",
    )
    part = SelectField(
        "Part of the evening",
        choices=[SelectChoice(str(part), name) for part, name in PARTS.items()],
        default="work",
        invalid_choice_message="Choose one of these parts.",
    )
    purpose = SelectField(
        "What it is for",
        choices=[SelectChoice(str(value), name) for value, name in PURPOSES.items()],
        default="",
        invalid_choice_message="Choose one of these.",
    )
    minutes = IntegerField(
        "Minutes",
        [
            DataRequired("Write how many minutes it takes."),
            NumberRange(1, LONGEST, f"Choose from 1 to {LONGEST} minutes."),
        ],
        default=10,
    )
    outcome_wanted = StringField("What we want to come of it", [Length(max=200, message="Use 200 letters at most.")])
    method = StringField("How we do it", [Length(max=200, message="Use 200 letters at most.")])
    papers = StringField(
        "Papers",
        [Length(max=200, message="Use 200 letters at most.")],
        description="What has to lie on the table: cards, dots, slips",
    )
    is_hard = BooleanField("This may be hard for some people")
    content_note = TextAreaField(
        "Content note",
        [Length(max=400, message="Use 400 letters at most."), at_most_words(MOST_IN_A_NOTE)],
        description=f"What it is about, and where people can go instead: plain words, {MOST_IN_A_NOTE} at most",
    )

    @property
    def words(self) -> dict[str, Any]:
        """Answer what was typed, each thing by its name."""
        texts = ("title", "part", "purpose", "outcome_wanted", "method", "papers", "content_note")
        told: dict[str, Any] = {name: self[name].data or "" for name in texts}
        return told | {"minutes": self.minutes.data, "is_hard": self.is_hard.data}


class ItemForm(EveningPartForm):
    """Ask about one part of a session template."""

    of = HiddenField("What", default="item")
