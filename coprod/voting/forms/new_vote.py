"""What a vote about any question is put with: the question, how people answer, and what they can pick from."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import IntegerField, RadioField, SelectChoice, SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput

from coprod.core.forms import at_most_words
from coprod.principles.models import Priority
from coprod.principles.rules import is_untouched
from coprod.voting import rules
from coprod.voting.forms.opening import KINDS, OpeningForm
from coprod.voting.models import Kind, Poll

FEWEST_OPTIONS, MOST_OPTIONS = rules.OPTIONS[Kind.PICK]
MOST_LETTERS = 200


class NewVoteForm(OpeningForm):
    """Ask for the question and the kind as well."""

    question = TextAreaField(
        "What is the question?",
        [DataRequired("Write the question."), at_most_words(rules.MOST_WORDS)],
        description="Plain words. Nobody can change them once the vote is open.",
    )
    kind = RadioField(
        "How do people answer?",
        [InputRequired("Say how people answer.")],
        invalid_choice_message="Pick one of these.",
        choices=[SelectChoice(str(kind), words) for kind, (words, _) in KINDS.items()],
    )
    options = TextAreaField("What can people pick from?", description="One on each line.")
    priorities = SelectMultipleField(
        "Which of the priorities can people pick?", option_widget=CheckboxInput(), choices=[]
    )
    known: Mapping[str, Priority] = {}
    most = IntegerField(
        "How many may one person pick?",
        [Optional(), NumberRange(min=1, max=MOST_OPTIONS - 1)],
        description=f"Left empty, it is up to {rules.USUAL_PICKS}.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Where nothing is picked it does not matter how many."""
        if self.kind.data != Kind.PICK:
            self.most.validators, self.most.process_errors = [Optional()], []
        return super().validate(extra_validators)

    def validate_options(self, field: TextAreaField) -> None:
        """Ask for two to forty different things, each of them short."""
        if self.kind.data != Kind.PICK:
            return
        lines, how = self.lines(), "Tick or write" if self.known else "Write"
        if not FEWEST_OPTIONS <= len(lines) <= MOST_OPTIONS:
            raise ValidationError(f"{how} {FEWEST_OPTIONS} to {MOST_OPTIONS}, one on each line.")
        if len({line.casefold() for line in lines}) < len(lines):
            raise ValidationError("Two lines are the same. Take one of them out.")
        if any(len(line) > MOST_LETTERS for line in self.typed()):
            raise ValidationError(f"Use {MOST_LETTERS} letters at most for each.")

    def validate_most(self, field: IntegerField) -> None:
        """Whoever may pick everything chooses nothing."""
        things = len(self.things())
        if self.kind.data == Kind.PICK and things >= FEWEST_OPTIONS and (field.data or 0) >= things:
            raise ValidationError(f"One person may pick {things - 1} at most from {things}.")

    def picks_each(self) -> int:
        """Answer how many one person may pick: what was typed, or the usual number, but never all there is."""
        return self.most.data or max(1, min(rules.USUAL_PICKS, len(self.things()) - 1))

    def typed(self) -> list[str]:
        """Answer what was written to pick from, a line each."""
        return [line.strip() for line in (self.options.data or "").splitlines() if line.strip()]

    def things(self) -> list[str | Priority]:
        """Answer what can be picked: the priorities that are ticked, then what was written."""
        return [*(self.known[key] for key in self.priorities.data or () if key in self.known), *self.typed()]

    def lines(self) -> list[str]:
        """Answer what can be picked, in words."""
        return [thing if isinstance(thing, str) else thing.wording for thing in self.things()]


def offer_priorities(form: NewVoteForm, priorities: Sequence[Priority]) -> None:
    """Let the programme's priorities be ticked, those that were worded; those that only have a number say nothing."""
    form.known = {str(priority.id): priority for priority in priorities if not is_untouched(priority)}
    form.priorities.choices = [SelectChoice(key, priority.wording) for key, priority in form.known.items()]
    if form.known:
        form.options.label.text = "What else can people pick from?"


def as_asked_before(poll: Poll) -> dict[str, Any]:
    """Answer what the form begins with where this vote is asked again: the same words, and the same way to answer."""
    priorities = [str(option.priority_id) for option in poll.options if option.priority_id]
    written = [option.words for option in poll.options if not option.priority_id]
    most = poll.most if poll.kind == Kind.PICK else None
    asked = {"question": poll.question, "kind": str(poll.kind), "most": most}
    return asked | {"priorities": priorities, "options": "\n".join(written)}
