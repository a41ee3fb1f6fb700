"""What people type when they tell what changed: one question a page, and nothing is kept before the last."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form, at_most_words
from coprod.evidence.models import Audience
from coprod.evidence.rules import AUDIENCES
from coprod.people.models import Person
from coprod.stories import rules
from coprod.stories.models import Story, Turn

MINE, NOBODY_HERE = "mine", "nobody"
READ, SEND = "read", "send"
STEPS = ("whose", "says", "how_much", "turn", "audience", "name")
NOT_YET = SelectChoice("", "Choose one")
ONE_OF_THESE = "Choose one of these."
NONE = {"how_much": "Left empty", "name": "No name"}
TURNS = [SelectChoice(Turn.BETTER.name, "Better"), SelectChoice(Turn.SAME.name, "The same as before")]
TURNS += [SelectChoice(Turn.WORSE.name, "Worse")]
SMALL = "Your group is small. While it is, only the group reads it, whatever you choose here."
UNTOLD = "First ask the person whose words these are."


def _may_stand(_: Any, field: Any) -> None:
    if fault := rules.name_fault(field.data or ""):
        raise ValidationError(fault)


class _HowForm(Form):
    """How much changed, how it is now, and under which name that is told."""

    how_much = StringField(
        "How much did it change?",
        [Length(max=rules.LONGEST_HOW_MUCH, message=f"Use {rules.LONGEST_HOW_MUCH} letters at most.")],
        description="In your words, no scores. For example: I slept the whole night. You can leave this empty",
    )
    turn = RadioField("How is it now?", [InputRequired(ONE_OF_THESE)], choices=TURNS)
    name = StringField(
        "Which name may stand beside it?",
        [_may_stand],
        description="One name, no surname. It can be another name than yours. Leave this empty for no name",
    )

    @property
    def how(self) -> dict[str, Any]:
        """Answer what was said of the change."""
        typed = {"how_much": self.how_much.data or "", "name": self.name.data or ""}
        return {"turn": Turn[self.turn.data], **typed}


class TellForm(_HowForm):
    """What changed, asked one question at a time; what was said so far is carried in the page alone."""

    once = None
    """Only the last page has the key by which a story is told once."""
    at = HiddenField()
    test = HiddenField()
    whose = SelectField("Who told you?", [InputRequired(ONE_OF_THESE)], invalid_choice_message=ONE_OF_THESE)
    agreed = BooleanField(
        "They asked me to write this down",
        description="They said who may read it, and that they can take it back on any day",
    )
    says = TextAreaField(
        "What changed because of this?",
        [DataRequired("Say what changed, in a few words."), at_most_words(300)],
        description="Please leave out names, and what a court or a file said about somebody",
    )
    audience = RadioField(
        "Who may read it?",
        [InputRequired("Say who may read it.")],
        choices=[SelectChoice(one.name, words) for one, words in AUDIENCES.items()],
    )

    def __init__(self, told_by: Sequence[Person], *, writes_down: bool, is_small: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {str(person.id): person for person in told_by}
        self.steps = STEPS if self.people or writes_down else STEPS[1:]
        if is_small:
            self.audience.description = SMALL
        if "whose" not in self.steps:
            del self.whose, self.agreed
            return
        own = [] if writes_down else [SelectChoice(MINE, "These are my own words")]
        others = [SelectChoice(key, f"{person.alias} told me") for key, person in self.people.items()]
        self.whose.choices = [NOT_YET, *own, *others, SelectChoice(NOBODY_HERE, "Somebody else told me")]

    def validate_agreed(self, field: BooleanField) -> None:
        """Ask for the yes of whoever told it."""
        if self.whose.data != MINE and not field.data:
            raise ValidationError(UNTOLD)

    @property
    def now(self) -> str:
        """Answer which question this page asks."""
        return self.at.data if self.at.data in (*self.steps, READ) else self.steps[0]

    def go(self, to: str) -> bool:
        """Go to the question she asks for, to the first with a fault, or to the next; answer whether all is well."""
        if to in self.steps:
            self.at.data = to
            return True
        self.validate()
        asked = (*self.steps, READ)
        so_far = asked[: asked.index(self.now) + 1]
        faulty = next((step for step in so_far if self._is_faulty(step)), None)
        self.at.data = faulty or asked[min(len(so_far), len(self.steps))]
        for step in asked[:-1]:
            if step != faulty:
                self[step].errors = []
        return faulty is None

    def _is_faulty(self, step: str) -> bool:
        names = ("whose", "agreed") if step == "whose" else (step,)
        return step != READ and any(self[name].errors for name in names)

    @property
    def before(self) -> str:
        """Answer the question before this one, if there is one."""
        asked = (*self.steps, READ)
        return asked[asked.index(self.now) - 1] if self.now != self.steps[0] else ""

    def carried(self) -> list[tuple[str, str]]:
        """List what was said on the other pages, so that this one carries it along."""
        shown = ("whose", "agreed") if self.now == "whose" else (self.now,)
        names = [name for name in ("agreed", *self.steps) if name in self and name not in shown]
        return [(name, "y" if self[name].data is True else self[name].data) for name in names if self[name].data]

    @property
    def said(self) -> list[tuple[str, str]]:
        """List everything that was said, beside its question, to be read through."""
        return [(self[step].label.text, self._answer(step)) for step in self.steps]

    def _answer(self, step: str) -> str:
        chosen = {str(one.value): str(one.label) for one in getattr(self[step], "choices", None) or ()}
        return chosen.get(self[step].data, self[step].data) or NONE[step]

    @property
    def goes_wider(self) -> bool:
        """Answer whether somebody outside the group is to read it."""
        return bool(self.audience.data != Audience.GROUP.name)

    @property
    def given(self) -> dict[str, Any]:
        """Answer everything that was said, and whose words they are."""
        said = {"audience": Audience[self.audience.data], **self.how}
        if self.whose is None or self.whose.data == MINE:
            return said
        return said | {"in_person": True, "told_by": self.people.get(self.whose.data)}


class ChangeForm(_HowForm):
    """Say anew how much changed, how it is now, and under which name."""


def kept_of(story: Story) -> dict[str, Any]:
    """Lay out what is kept, ready to be changed."""
    return {"how_much": story.how_much, "turn": story.turn.name, "name": story.name}


class CheckForm(Form):
    """Whether a story can go to those it was told for."""

    name = RadioField(
        "Can it go to those it was told for?",
        [InputRequired(ONE_OF_THESE)],
        choices=[
            SelectChoice("checked", "Yes: nothing in it points to a case"),
            SelectChoice("sent back", "Not yet: something should change first"),
        ],
    )
    to_change = StringField(
        "What should change?",
        [Length(max=rules.LONGEST_NOTE, message=f"Use {rules.LONGEST_NOTE} letters at most.")],
        description="Do not repeat the detail. For example: Please take out the day",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at each field; who sends it back says what should change."""
        fine = super().validate(extra_validators)
        if self.name.data == "sent back" and not self.to_change.data:
            self.to_change.errors = [*self.to_change.errors, "Say what should change, without repeating it."]
            return False
        return fine
