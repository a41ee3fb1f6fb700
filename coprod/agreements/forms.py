"""What people type about agreements."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.agreements.models import Agreement
from coprod.agreements.rules import HEADINGS, mark_of
from coprod.core.forms import Form, at_most_words
from coprod.people.models import Person

MOST_WORDS = 60
SHORT = Length(max=500, message="Use 500 letters at most.")
YES, CHANGE, RING = "yes", "change", "ring "


class AgreementForm(Form):
    """Ask for a few words under each heading, and what changed; it says which words were read."""

    read = HiddenField()

    changed = TextAreaField(
        "What changed, if anything",
        [Length(max=500, message="Use 500 letters at most."), at_most_words(MOST_WORDS)],
        description="Never say who asked",
    )

    @property
    def texts(self) -> list[Any]:
        """List the fields of the headings, in their order."""
        return [self[heading.key] for heading in HEADINGS]

    @property
    def words(self) -> dict[str, str]:
        """Answer what was typed under each heading."""
        return {heading.key: self[heading.key].data for heading in HEADINGS}


for _heading in HEADINGS:
    setattr(
        AgreementForm,
        _heading.key,
        TextAreaField(
            _heading.title,
            [
                DataRequired(f"Write a few words under “{_heading.title}”."),
                Length(max=600, message="Use 600 letters at most."),
                at_most_words(MOST_WORDS),
            ],
        ),
    )


class AnswerForm(Form):
    """Ask whether somebody is OK with a version, or what she would like changed: in a box, or by being rung."""

    answer = RadioField("What do you say?", [InputRequired("Pick one.")], invalid_choice_message="Pick one.")
    words = TextAreaField("What should change?", [SHORT], description="No names. Nobody sees who asked.")

    def validate_words(self, field: Any) -> None:
        """Ask for words where there is something to change."""
        if self.answer.data == CHANGE and not field.data:
            raise ValidationError("Write what should change, or ask us to ring you.")

    @property
    def rung_by(self) -> UUID | None:
        """Answer the key of whoever shall ring, if that was the answer."""
        chosen = self.answer.data or ""
        return UUID(chosen.removeprefix(RING)) if chosen.startswith(RING) else None


def answer_form(runs_it: Iterable[Person]) -> AnswerForm:
    """Make the form, with a call from each of those who run the group among its answers."""
    form = AnswerForm()
    form.answer.choices = [
        SelectChoice(YES, "I’m OK with this"),
        SelectChoice(CHANGE, "I want to change something"),
        *(SelectChoice(f"{RING}{person.id}", f"{person.alias}, please ring me") for person in runs_it),
    ]
    return form


class TakeForm(Form):
    """Ask under which heading a wish was taken up."""

    heading = SelectField("Under which heading", choices=[SelectChoice(h.key, h.title) for h in HEADINGS])


def take_form(place: int) -> TakeForm:
    """Make one of several such forms on a page, each with an id of its own."""
    form = TakeForm(formdata=None)
    form.heading.id = form.heading.label.field_id = f"heading-{place}"
    return form


class BreachForm(Form):
    """Ask what went against the agreement, and whether the writer's name goes with it."""

    words = TextAreaField(
        "What happened?",
        [DataRequired("Write a few words."), SHORT],
        description="A few words will do. Please use no case details.",
    )
    named = RadioField(
        "May they know it is from you?",
        [InputRequired("Say whether they may know.")],
        choices=[SelectChoice("yes", "Yes, say it is from me"), SelectChoice("no", "No, leave my name out")],
        invalid_choice_message="Say whether they may know.",
    )


def of(agreement: Agreement) -> AgreementForm:
    """Show a version's words, ready to be changed."""
    return AgreementForm(data={**agreement.words, "changed": agreement.changed, "read": mark_of(agreement)})
