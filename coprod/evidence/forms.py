"""What people type about what they know: each kind asks only for what it needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from coprod.core.clock import today
from coprod.core.forms import DayField, Form, at_most_words
from coprod.evidence import rules
from coprod.evidence.models import Audience, Evidence, EvidenceKind
from coprod.evidence.rules import KINDS, LONGEST_LINE, LONGEST_SAYS, LONGEST_TITLE, Said
from coprod.files.forms import WithFile
from coprod.people.models import Person

MINE, NOBODY_HERE = "mine", "nobody"
INCLUDE, LEAVE_OUT = "include", "leave out"
ONE_OF_THESE = "Choose one of these."
FOUND_KINDS = [kind for kind in EvidenceKind if kind != EvidenceKind.TESTIMONY]


def _at_most(letters: int) -> Length:
    return Length(max=letters, message=f"Use {letters} letters at most.")


class EvidenceForm(WithFile):
    """One thing the group knows; whoever changes it says what she had read of it."""

    read = HiddenField()
    title = StringField("", [_at_most(LONGEST_TITLE)])
    says = TextAreaField("", [_at_most(LONGEST_SAYS)])
    source = StringField("", [_at_most(LONGEST_LINE)])
    period = StringField("", [_at_most(80)])
    address = StringField("", [_at_most(2000)], description="It begins with https://")
    content_note = StringField(
        "Is something in it hard to read?",
        [at_most_words(20), _at_most(160)],
        description="Then say what, in a few words. People read that first. You can leave this empty",
    )
    without_file = BooleanField("Take the file away")

    def __init__(self, kind: EvidenceKind, evidence: Evidence | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind, self.asks, self.evidence = kind, KINDS[kind], evidence
        for name in ("title", "says", "source", "period", "address"):
            if question := getattr(self.asks, name):
                self[name].label.text = question
            else:
                del self[name]
        if evidence is None or evidence.file is None:
            del self.without_file

    @property
    def words(self) -> dict[str, Any]:
        """Answer what was typed into the fields this kind has."""
        return {name: self[name].data or "" for name in rules.WORDS if name in self}

    @property
    def drops_file(self) -> bool:
        """Answer whether the file that is there goes."""
        return bool(self.without_file is not None and self.without_file.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then what this kind needs to say of itself."""
        fine = super().validate(extra_validators)
        keeps = self.evidence is not None and self.evidence.file is not None and not self.drops_file
        found = rules.faults(
            Said(self.kind, **self.words),
            has_file=keeps or bool(self.file.data),
            until=self["until"].data if "until" in self else None,
            today=today(),
        )
        for name, fault in found.items():
            self[name].errors = [*self[name].errors, fault]
        if self.errors:
            self.ask_for_file_again()
        return fine and not found


class TestimonyForm(EvidenceForm):
    """Somebody's own words: whose, for whom, until when."""

    __test__ = False

    whose = SelectField("Whose words are these?", invalid_choice_message=ONE_OF_THESE)
    audience = RadioField(
        "Who may read it?",
        [DataRequired("Say who may read it.")],
        choices=[SelectChoice(one.name, words) for one, words in rules.AUDIENCES.items()],
        default=Audience.GROUP.name,
    )
    until = DayField(
        "Until when?",
        [Optional()],
        description="After that day nobody can read it. You can leave this empty. For example, 14 May 2026",
    )

    def __init__(self, kind: EvidenceKind, evidence: Evidence | None = None, **kwargs: Any) -> None:
        self.people: dict[str, Person] = {}
        told_by: Sequence[Person] = kwargs.pop("told_by", ())
        super().__init__(kind, evidence, **kwargs)
        self.file.description += (
            ". Its name is not kept. A PDF can still hold your name inside. A picture does not, once it is here"
        )
        if not told_by:
            del self.whose
            return
        self.people = {str(person.id): person for person in told_by}
        self.whose.choices = [
            SelectChoice(MINE, "My own"),
            *(SelectChoice(key, f"{person.alias} told me") for key, person in self.people.items()),
            SelectChoice(NOBODY_HERE, "Somebody else told me"),
        ]

    @property
    def given(self) -> dict[str, Any]:
        """Answer for whom it is, and until when."""
        return {"audience": Audience[self.audience.data], "until": self.until.data}

    @property
    def teller(self) -> dict[str, Any]:
        """Answer whose words they are, where a facilitator writes down what she was told."""
        if self.whose is None or self.whose.data == MINE:
            return {}
        return {"in_person": True, "told_by": self.people.get(self.whose.data)}


def words_of(evidence: Evidence) -> dict[str, Any]:
    """Lay out what is kept, ready to be changed."""
    words: dict[str, Any] = {name: getattr(evidence, name) for name in rules.WORDS}
    words["read"] = rules.mark_of(evidence)
    if evidence.testimony is not None:
        words |= {"audience": evidence.testimony.audience.name, "until": evidence.testimony.until}
    return words


# --- Reviews.


class QuestionForm(Form):
    """The one question a review looks at."""

    question = StringField(
        "What would you like to know?",
        [DataRequired("Write one question."), at_most_words(40), _at_most(LONGEST_LINE)],
        description="One question. For example: What helps parents on the first day?",
    )


class SearchForm(Form):
    """Where was looked, and what came up."""

    where = StringField("Where did you look?", [DataRequired("Say where."), _at_most(LONGEST_LINE)])
    words = StringField("With which words?", [DataRequired("Say with which words."), _at_most(LONGEST_LINE)])
    found = IntegerField(
        "How many things came up?",
        [
            InputRequired("Write a whole number. It may be 0."),
            NumberRange(0, 1_000_000, message="Write a whole number from 0 to 1,000,000."),
        ],
    )
    on = DayField("On which day?", [DataRequired("Say on which day.")])

    @property
    def day(self) -> date:
        """Answer the day, once it is known to be there."""
        return cast(date, self.on.data)

    def validate_on(self, field: Any) -> None:
        """Refuse a day to come."""
        if field.data and field.data > today():
            raise ValidationError("That day is still to come.")


class FindForm(Form):
    """One thing that came up."""

    title = StringField("What did you find?", [DataRequired("Give it a short title."), _at_most(LONGEST_TITLE)])
    source = StringField("Whose is it, or where is it?", [_at_most(LONGEST_LINE)])


class SiftForm(Form):
    """Whether something found is used, why, and what it says."""

    choice = RadioField(
        "Do we use it?",
        [DataRequired(ONE_OF_THESE)],
        choices=[SelectChoice(INCLUDE, "Include it"), SelectChoice(LEAVE_OUT, "Leave it out")],
    )
    why = TextAreaField(
        "Why?", [DataRequired("Say why, in a few words."), at_most_words(60), _at_most(500)], description="A few words"
    )
    kind = SelectField(
        "What kind is it?",
        choices=[SelectChoice(kind.name, KINDS[kind].name) for kind in FOUND_KINDS],
        default=EvidenceKind.RESEARCH.name,
    )
    says = TextAreaField("What does it say, in plain words?", [_at_most(LONGEST_SAYS)])
    source = StringField("Who wrote it, counted it or does it?", [_at_most(LONGEST_LINE)])
    period = StringField("In which year, or for which time?", [_at_most(80)])
    address = StringField("Where is it on the web?", [_at_most(2000)], description="It begins with https://")

    def __init__(self, title: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.found_title = title

    @property
    def includes(self) -> bool:
        """Answer whether it is used."""
        return bool(self.choice.data == INCLUDE)

    @property
    def chosen_kind(self) -> EvidenceKind:
        """Answer which kind it is."""
        return EvidenceKind[self.kind.data]

    @property
    def words_said(self) -> dict[str, Any]:
        """Answer what it says of itself, as far as its kind asks for it."""
        asks = KINDS[self.chosen_kind]
        return {name: self[name].data or "" for name in ("source", "period", "address") if getattr(asks, name)}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the answer; what is included says what its kind needs."""
        if not super().validate(extra_validators) or not self.includes:
            return not self.errors
        said = Said(self.chosen_kind, self.found_title, self.says.data or "", **self.words_said)
        found = rules.faults(said, has_file=False, today=today())
        for name, fault in found.items():
            self[name].errors = [*self[name].errors, fault]
        return not found


class ConclusionForm(Form):
    """What was found out, in plain words."""

    conclusion = TextAreaField(
        "What did you find out, in plain words?",
        [DataRequired("Say in plain words what you found out."), at_most_words(200), _at_most(2000)],
    )
