"""What people type about a theory of change."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.answers import Answer
from coprod.core.forms import Form
from coprod.theories import rules
from coprod.theories.models import PartKind, Standing, TheoryArrow, TheoryPart
from coprod.theories.queries import Links
from coprod.theories.services import Claim, Linked

STANDINGS = {
    Standing.NOT_TESTED: "Not tested yet",
    Standing.BEING_TESTED: "We are testing it",
    Standing.HOLDS: "It holds",
    Standing.DOES_NOT_HOLD: "It does not hold",
}
TOO_LONG = f"Use {rules.MOST_LETTERS} letters at most, so that it fits into the picture."


def _choices(things: Iterable[Any], name: str) -> list[SelectChoice]:
    return [SelectChoice(str(one.id), getattr(one, name)) for one in things]


class _LinkedForm(Form):
    """Something that can be linked to pilots and measures; it says which words were read."""

    read = HiddenField()
    pilots = SelectMultipleField("Which pilots belong to it?", validate_choice=False)
    indicators = SelectMultipleField("Which measures show it?", validate_choice=False)

    def __init__(self, links: Links, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.links = links
        self.pilots.choices = _choices(links.pilots, "title")
        self.indicators.choices = _choices(links.indicators, "name")

    def _chosen(self, name: str) -> list[Any]:
        return [one for one in getattr(self.links, name) if str(one.id) in (self[name].data or ())]

    @property
    def linked(self) -> Linked:
        """Answer what was ticked, and what could have been."""
        names = [name for name in ("recommendations", "pilots", "indicators") if name in self]
        return Linked({name: self._chosen(name) for name in names}, self.links.keys)


class PartForm(_LinkedForm):
    """One part: what kind it is, its words, and what it is linked to."""

    kind = RadioField(
        "What is it?",
        [InputRequired("Choose one of these.")],
        choices=[SelectChoice(kind.value, heading) for kind, heading in rules.HEADINGS.items()],
        invalid_choice_message="Choose one of these.",
    )
    words = TextAreaField(
        "In a few words",
        [DataRequired("Write a few words."), Length(max=rules.MOST_LETTERS, message=TOO_LONG)],
        description="Plain words, no names. Everybody in the programme can read them.",
    )
    recommendations = SelectMultipleField("Which recommendations belong to it?", validate_choice=False)

    def __init__(self, links: Links, *args: Any, **kwargs: Any) -> None:
        super().__init__(links, *args, **kwargs)
        self.recommendations.choices = _choices(links.recommendations, "title")

    @property
    def chosen_kind(self) -> PartKind:
        """Answer what it is."""
        return PartKind(self.kind.data)

    @property
    def said(self) -> str:
        """Answer its words, in one line."""
        return " ".join((self.words.data or "").split())

    def fits(self, answer: Answer) -> bool:
        """Say beside the kind why it cannot be, and answer whether it can."""
        if not answer:
            self.kind.errors = [answer.reason]
        return bool(answer)


def part_given(part: TheoryPart) -> dict[str, Any]:
    """Answer what the form begins with."""
    links = {name: [str(one.id) for one in getattr(part, name)] for name in ("recommendations", "pilots", "indicators")}
    return {"kind": part.kind.value, "words": part.words, "read": rules.mark_of(part)} | links


class ArrowForm(_LinkedForm):
    """One arrow: from where to where, what it takes for granted, and what shows it."""

    start = SelectField("From", [InputRequired("Choose a part.")], invalid_choice_message="Choose a part.")
    end = SelectField("To", [InputRequired("Choose a part.")], invalid_choice_message="Choose a part.")
    assumption = TextAreaField(
        "What does it take for granted?",
        [DataRequired("Write what must be true for this to happen."), Length(max=300, message="Use 300 letters.")],
        description="For example: people stay when it is safe and paid",
    )
    evidence = TextAreaField("What shows it?", [Length(max=600, message="Use 600 letters at most.")])
    standing = RadioField(
        "How sure are we?",
        [InputRequired("Choose one of these.")],
        choices=[SelectChoice(standing.value, words) for standing, words in STANDINGS.items()],
        invalid_choice_message="Choose one of these.",
    )

    def __init__(self, links: Links, parts: Sequence[TheoryPart], *args: Any, **kwargs: Any) -> None:
        super().__init__(links, *args, **kwargs)
        self.parts = {str(part.id): part for part in parts}
        ordered = sorted(parts, key=lambda part: (rules.column_of(part.kind), part.number))
        told = [SelectChoice(str(one.id), f"{rules.HEADINGS[one.kind]}: {one.words}") for one in ordered]
        self.start.choices = self.end.choices = [SelectChoice("", "Choose a part"), *told]

    @property
    def claim(self) -> Claim:
        """Answer what the arrow says."""
        words = self.assumption.data or "", self.evidence.data or ""
        return Claim(self.parts[self.start.data], self.parts[self.end.data], *words, Standing(self.standing.data))

    def fits(self, answer: Answer) -> bool:
        """Say beside the end why it cannot be, and answer whether it can."""
        if not answer:
            self.end.errors = [answer.reason]
        return bool(answer)


def arrow_given(arrow: TheoryArrow) -> dict[str, Any]:
    """Answer what the form begins with."""
    links = {name: [str(one.id) for one in getattr(arrow, name)] for name in ("pilots", "indicators")}
    said = {"assumption": arrow.assumption, "evidence": arrow.evidence, "standing": arrow.standing.value}
    return {"start": str(arrow.start_id), "end": str(arrow.end_id), "read": rules.mark_of(arrow)} | said | links


class RoomForm(Form):
    """What the room says in the first workshop: under each heading, a part a line."""

    @property
    def boxes(self) -> list[Any]:
        """List the boxes in their order."""
        return [self[kind.value] for kind in rules.KINDS]

    @property
    def said(self) -> dict[PartKind, list[str]]:
        """Answer the lines under each heading."""
        return {kind: rules.lines_of(self[kind.value].data or "") for kind in rules.KINDS}

    def fits(self, answer: Answer) -> bool:
        """Say beside the first box why there is no room, and answer whether there is."""
        if not answer:
            self.boxes[0].errors = [answer.reason]
        return bool(answer)


def _short_lines(_: Any, field: Any) -> None:
    for line in rules.lines_of(field.data or ""):
        if len(line) > rules.MOST_LETTERS:
            raise ValidationError(f"“{line[:30]}…” is too long. Use {rules.MOST_LETTERS} letters a line at most.")


for _kind, _heading in rules.HEADINGS.items():
    setattr(RoomForm, _kind.value, TextAreaField(_heading, [_short_lines]))


class ChangedForm(Form):
    """What a later version changes."""

    words = TextAreaField(
        "What changed?",
        [DataRequired("Say in a few words what changed."), Length(max=500, message="Use 500 letters at most.")],
        description="Never say who asked",
    )
