"""What people say, how they sort it, and what they ask the group."""

from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from wtforms import (
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form, at_most_words
from coprod.statements import rules
from coprod.statements.models import Statement, Theme
from coprod.statements.rules import Wish
from coprod.voting.forms import OpeningForm, opening_form
from coprod.voting.models import Kind, Quorum
from coprod.workstreams.models import Membership

NOWHERE, NEW = "", "new"
NAMED = Length(max=rules.MOST_LETTERS_OF_A_THEME, message=f"Use {rules.MOST_LETTERS_OF_A_THEME} letters at most.")


class SayForm(Form):
    """Ask for one short sentence; no key is kept of its having been sent (P4)."""

    once = None
    words = TextAreaField(
        "Your sentence",
        [DataRequired("Write a sentence.")],
        description=f"One sentence, {rules.MOST_WORDS} words at most. No names, and nothing of a case.",
    )

    def validate_words(self, field: Any) -> None:
        """Ask for one short sentence."""
        if fault := rules.fault_in(field.data or ""):
            raise ValidationError(fault)


class PaperForm(Form):
    """Ask for what was written on paper, a sentence a line; nothing is taken till every line fits."""

    once = None
    lines = TextAreaField(
        "What is on the slips",
        [DataRequired("Write at least one line.")],
        description=f"One sentence a line, {rules.MOST_LINES} lines at most.",
    )

    @property
    def read(self) -> list[str]:
        """List the lines that hold something."""
        return rules.lines_in(self.lines.data or "")

    @property
    def faulty(self) -> list[rules.Line]:
        """List the lines that do not fit."""
        return rules.faulty(self.read)

    def validate_lines(self, field: Any) -> None:
        """Ask for few lines, each a short sentence."""
        if len(self.read) > rules.MOST_LINES:
            raise ValidationError(f"Use {rules.MOST_LINES} lines at most. There are {len(self.read)}.")
        if faulty := self.faulty:
            many = "One line does not fit yet." if len(faulty) == 1 else f"{len(faulty)} lines do not fit yet."
            raise ValidationError(f"{many} Nothing is lost, and nothing is taken till all of them fit.")


class SortForm(Form):
    """Ask for each statement under which theme it goes; it says where each stood when it was read (R4)."""

    theme = StringField(
        "A new theme",
        [NAMED],
        description="Only if you need one. Name it here, then pick “The new theme” below.",
    )

    named: Sequence[Theme] = ()

    def validate_theme(self, field: Any) -> None:
        """Refuse a new theme where there are enough of them; the name of one that is there already is none."""
        is_new = field.data and not any(rules.is_same(theme.name, field.data) for theme in self.named)
        if is_new and not (room := rules.has_room_for_a_theme(len(self.named))):
            raise ValidationError(room.reason)

    def wishes(self, new: UUID | None) -> list[Wish]:
        """List where each statement was, and where it is to go; `new` is the key of the theme that was named."""
        return [
            Wish(UUID(name.removeprefix("to_")), _key(self[f"was_{name.removeprefix('to_')}"].data), _key(data, new))
            for name, data in self.data.items()
            if name.startswith("to_")
        ]

    @property
    def wants_new(self) -> bool:
        """Answer whether something is to go under the theme that is named."""
        return any(data == NEW for name, data in self.data.items() if name.startswith("to_"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the name of the new theme, where something goes under it."""
        fine = super().validate(extra_validators)
        if self.wants_new and not self.theme.data:
            self.theme.errors = [*self.theme.errors, "Write what the new theme is called."]
            return False
        return fine


def _key(data: Any, new: UUID | None = None) -> UUID | None:
    return new if data == NEW else UUID(data) if data else None


def sort_form(statements: Iterable[Statement], themes: Sequence[Theme]) -> SortForm:
    """Make the form, with a place for each statement."""
    choices = [
        SelectChoice(NOWHERE, "Not sorted yet"),
        *(SelectChoice(theme.id.hex, theme.name) for theme in themes),
        SelectChoice(NEW, "The new theme"),
    ]
    fields: dict[str, Any] = {"named": themes}
    for statement in statements:
        stands = statement.theme_id.hex if statement.theme_id else NOWHERE
        fields[f"was_{statement.id.hex}"] = HiddenField(default=stands, validators=[_is_a_place])
        # A theme that somebody took away meanwhile is no fault of hers: she is told.
        fields[f"to_{statement.id.hex}"] = SelectField(
            statement.words, choices=choices, default=stands, validate_choice=False, validators=[_is_a_place]
        )
    return cast(SortForm, type("SortTheseForm", (SortForm,), fields)())


def _is_a_place(_: Any, field: Any) -> None:
    if field.data in (None, NOWHERE, NEW):
        return
    try:
        UUID(field.data)
    except ValueError as error:
        raise ValidationError("Pick one of the themes.") from error


class ThemeForm(Form):
    """Ask for another name of a theme; it says which one was read (R4)."""

    read = HiddenField()
    name = StringField("What is this theme called?", [DataRequired("Write what it is called."), NAMED])


class AsideForm(Form):
    """Ask why a statement is set aside."""

    why = StringField(
        "Why is it set aside?",
        [DataRequired("Write why, in a few words."), Length(max=120, message="Use 120 letters at most.")],
        description="Everybody in the group can read this. For example: it says the same as another one.",
    )


class AskForm(OpeningForm):
    """Ask which statements are put to the group, and when the vote closes; it is online, and agrees nothing."""

    rule = None
    where = None
    question = StringField(
        "What you ask",
        [DataRequired("Write what you ask."), at_most_words(60)],
        default="Do you agree with these sentences?",
    )
    statements = SelectMultipleField("Which sentences?")

    def validate_statements(self, field: Any) -> None:
        """Ask for a few."""
        if not rules.LEAST_ASKED <= len(set(field.data or ())) <= rules.MOST_ASKED:
            raise ValidationError(f"Choose {rules.LEAST_ASKED} to {rules.MOST_ASKED} sentences.")

    @property
    def way(self) -> Kind:
        """Answer how people answer: each sentence by itself."""
        return Kind.STATEMENTS

    @property
    def chosen(self) -> set[UUID]:
        """Answer the keys of the statements that were chosen."""
        return {UUID(key) for key in self.statements.data or ()}

    def terms(self) -> dict[str, Any]:
        """Answer what the vote is opened with: how many must answer, and who is left out."""
        return {"quorum": Quorum(self.quorum.data), "left_out": self.left_out()}


def ask_form(statements: Iterable[Statement], seats: Iterable[Membership], **chosen: Any) -> AskForm:
    """Make the form, with the group's statements to choose from; everybody who may vote is ticked."""
    form: AskForm = opening_form(AskForm, seats, **chosen)
    form.statements.choices = [SelectChoice(statement.id.hex, statement.words) for statement in statements]
    return form
