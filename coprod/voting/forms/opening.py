"""What a vote is opened with: one screen, and a good default for everything."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from wtforms import (
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput

from coprod.core.clock import moment_of, now
from coprod.core.forms import DayField, Form, at_most_words
from coprod.people.models import Side
from coprod.principles.models import Priority
from coprod.principles.rules import is_untouched
from coprod.voting import rules
from coprod.voting.models import Kind, Quorum, Rule
from coprod.voting.services import LONGEST
from coprod.workstreams.models import Membership

MOST_WORDS = 60
FEWEST_OPTIONS, MOST_OPTIONS, MOST_LETTERS = 2, 40, 200
USUAL_PICKS = 3
ONLINE, PAPER = "online", "paper"
KINDS = {
    Kind.TEMPERATURE: ("Five answers", "From “love it” to “I’m worried”. For an idea on the table."),
    Kind.CONSENT: ("Can we all live with it?", "Three answers. For going ahead with something small."),
    Kind.PICK: ("Pick up to a few", "From a list you write. For choosing what comes first."),
    Kind.HANDS: ("Show of hands", "Talk it round now, and write down what the group says. Not private."),
}
RULES = {
    Rule.BOTH_SIDES: "Both sides: most parents and most workers, each side on its own",
    Rule.PARENTS_AND_ALL: "Parents and the whole group: most of everybody, then the parents in the room",
    Rule.SIMPLE: "More than half of those who answer",
    Rule.TWO_THIRDS: "Two thirds of those who answer",
}
QUORUMS = {
    Quorum.HALF: "Half of those who may vote",
    Quorum.TWO_THIRDS: "Two thirds of those who may vote",
    Quorum.THREE_QUARTERS: "Three quarters of those who may vote",
}


class OpeningForm(Form):
    """Ask when a vote closes; who may vote and what it takes have their defaults."""

    closes_on = DayField("Which day does it close?", [InputRequired("Say which day it closes.")])
    closes_at = TimeField("At what time?", [InputRequired("Say at what time it closes, like 17:00.")])
    voters = SelectMultipleField("Who may vote?", option_widget=CheckboxInput(), choices=[])
    quorum = RadioField(
        "How many must answer?",
        [InputRequired("Say how many must answer.")],
        invalid_choice_message="Pick one of these.",
        choices=[SelectChoice(str(one), words) for one, words in QUORUMS.items()],
    )
    rule = RadioField(
        "What does it take?", [InputRequired("Say what it takes.")], invalid_choice_message="Pick one of these."
    )
    where = RadioField(
        "Where do people answer?",
        [InputRequired("Say where people answer.")],
        invalid_choice_message="Pick one of these.",
        choices=[SelectChoice(ONLINE, "Online, everybody"), SelectChoice(PAPER, "On paper, everybody")],
    )
    seats: Sequence[Membership] = ()

    @property
    def is_private(self) -> bool:
        """Answer whether this is to be a vote: a show of hands is none."""
        return not ("kind" in self and self["kind"].data == Kind.HANDS)

    def validate_closes_at(self, field: TimeField) -> None:
        """Refuse a time that does not exist, and one that is over or too far away."""
        if not (self.is_private and self.closes_on.data and field.data):
            return
        try:
            moment = self.moment()
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not now() < moment <= now() + LONGEST:
            raise ValidationError("Choose a day and time later than now, and within sixty days.")

    def validate_voters(self, field: SelectMultipleField) -> None:
        """A private vote needs a roll of five (B11)."""
        if self.is_private and len(set(field.data)) < rules.SMALLEST_ROLL:
            raise ValidationError(f"A private vote needs {rules.SMALLEST_ROLL} people or more. Tick more of them.")

    def validate_rule(self, field: RadioField) -> None:
        """Refuse what needs two sides where those who are ticked make none."""
        if self.is_private and field.data == Rule.BOTH_SIDES and not rules.has_sides(*self.sizes()):
            raise ValidationError("Both sides are looked at only where each has five people or more. Choose another.")

    def moment(self) -> datetime:
        """Answer the moment that was typed, once both fields were found to be filled."""
        return moment_of(cast(date, self.closes_on.data), cast(time, self.closes_at.data))

    def left_out(self) -> Collection[UUID]:
        """Answer who could vote and may not in this one."""
        return {seat.person_id for seat in self.seats if str(seat.person_id) not in (self.voters.data or ())}

    def sizes(self) -> tuple[int, int]:
        """Answer how many with lived experience and how many professionals are ticked."""
        ticked = [seat for seat in self.seats if str(seat.person_id) in (self.voters.data or ())]
        lived = sum(seat.side == Side.LIVED for seat in ticked)
        return lived, len(ticked) - lived

    def terms(self) -> dict[str, Any]:
        """Answer what the vote is opened with, by the names `open_vote` knows."""
        return {"rule": Rule(self.rule.data), "quorum": Quorum(self.quorum.data), "left_out": self.left_out()}

    @property
    def is_changed(self) -> bool:
        """Answer whether anything of what stands behind "Change more" is not as it usually is, or does not fit."""
        behind = (self.voters, self.quorum, self.rule, self.where)
        usual = str(Quorum.HALF), str(rules.default_rule(*self.sizes())), ONLINE
        chosen = self.quorum.data, self.rule.data, self.where.data
        return any(field.errors for field in behind) or chosen != usual or bool(self.left_out())

    @property
    def is_on_paper(self) -> bool:
        """Answer whether everybody answers on paper."""
        return bool(self.where.data == PAPER)


class NewVoteForm(OpeningForm):
    """Ask for the question and the kind as well."""

    question = TextAreaField(
        "What is the question?",
        [DataRequired("Write the question."), at_most_words(MOST_WORDS)],
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
        "How many may one person pick?", [Optional(), NumberRange(min=1, max=MOST_OPTIONS - 1)], default=USUAL_PICKS
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """For a show of hands the question alone counts."""
        if not self.is_private:
            for field in (self.closes_on, self.closes_at, self.voters, self.quorum, self.rule, self.where, self.most):
                field.validators, field.process_errors, field.validate_choice = [Optional()], [], False
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
        if self.kind.data == Kind.PICK and things >= FEWEST_OPTIONS and (field.data or 1) >= things:
            raise ValidationError(f"One person may pick {things - 1} at most from {things}.")

    def typed(self) -> list[str]:
        """Answer what was written to pick from, a line each."""
        return [line.strip() for line in (self.options.data or "").splitlines() if line.strip()]

    def things(self) -> list[str | Priority]:
        """Answer what can be picked: the priorities that are ticked, then what was written."""
        return [*(self.known[key] for key in self.priorities.data or () if key in self.known), *self.typed()]

    def lines(self) -> list[str]:
        """Answer what can be picked, in words."""
        return [thing if isinstance(thing, str) else thing.wording for thing in self.things()]


def opening_form(asks: type[OpeningForm], seats: Sequence[Membership], **defaults: Any) -> Any:
    """Make the form for those who sit here: all of them ticked, a week's time, and the rule that fits the group."""
    lived = sum(seat.side == Side.LIVED for seat in seats)
    form = asks(
        data={
            "voters": [str(seat.person_id) for seat in seats],
            "quorum": str(Quorum.HALF),
            "rule": str(rules.default_rule(lived, len(seats) - lived)),
            "where": ONLINE,
        }
        | defaults
    )
    form.seats = seats
    form.voters.choices = [SelectChoice(str(seat.person_id), seat.person.alias) for seat in seats]
    form.rule.choices = [SelectChoice(str(one), RULES[one]) for one in rules.rules_for(lived, len(seats) - lived)]
    return form


def offer_priorities(form: NewVoteForm, priorities: Sequence[Priority]) -> None:
    """Let the programme's priorities be ticked, those that were worded; those that only have a number say nothing."""
    form.known = {str(priority.id): priority for priority in priorities if not is_untouched(priority)}
    form.priorities.choices = [SelectChoice(key, priority.wording) for key, priority in form.known.items()]
    if form.known:
        form.options.label.text = "What else can people pick from?"
