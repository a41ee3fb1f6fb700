"""What a vote is opened with: one screen, and a good default for everything."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from wtforms import RadioField, SelectChoice, SelectMultipleField, TimeField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput

from coprod.core.clock import moment_of, now, today
from coprod.core.forms import DayField, Form
from coprod.people.models import Side
from coprod.voting import rules
from coprod.voting.models import Kind, Poll, PollOption, Quorum, Rule, Shown
from coprod.voting.services import LONGEST
from coprod.workstreams.models import Membership

A_WEEK, USUAL_HOUR = timedelta(days=7), time(17)
ONLINE, PAPER = "online", "paper"
KINDS = {
    Kind.TEMPERATURE: ("Five answers", "From all for it to worried about it. For an idea on the table."),
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
HINTS_OF_KINDS = {str(kind): hint for kind, (_, hint) in KINDS.items()}
QUORUMS = {
    Quorum.HALF: "Half of those who may vote",
    Quorum.TWO_THIRDS: "Two thirds of those who may vote",
    Quorum.THREE_QUARTERS: "Three quarters of those who may vote",
}


OF_A_VOTE = ("closes_on", "closes_at", "voters", "quorum", "rule", "where")


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
    before: Sequence[rules.Before] = ()

    @property
    def is_private(self) -> bool:
        """Answer whether this is to be a vote: a show of hands is none."""
        return not ("kind" in self and self["kind"].data == Kind.HANDS)

    @property
    def is_few(self) -> bool:
        """Answer whether too few sit here for a private vote, so that there are hands alone (B11)."""
        return len(self.seats) < rules.SMALLEST_ROLL

    def validate(self, extra_validators: Any = None) -> bool:
        """For a show of hands nothing counts of what a vote is opened with."""
        if not self.is_private:
            for field in (self[name] for name in OF_A_VOTE if name in self):
                field.validators, field.process_errors, field.validate_choice = [Optional()], [], False
        return super().validate(extra_validators)

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

    def ticked(self) -> list[Membership]:
        """List those who may vote in this one."""
        return [seat for seat in self.seats if str(seat.person_id) in (self.voters.data or ())]

    def sizes(self) -> tuple[int, int]:
        """Answer how many with lived experience and how many professionals are ticked."""
        lived = sum(seat.side == Side.LIVED for seat in self.ticked())
        return lived, len(self.ticked()) - lived

    def shown(self) -> tuple[Shown, Shown]:
        """Answer what the result would show of each side, for those who are ticked."""
        people = [seat.person_id for seat in self.ticked()]
        return rules.beside_earlier(rules.shown_form(*self.sizes()), people, self.before)

    def fits_beside(self, before: Sequence[rules.Before]) -> bool:
        """Say beside those who are ticked where this and an earlier result together could tell one person's answer."""
        self.before = before
        people = [seat.person_id for seat in self.ticked()]
        fits = rules.may_leave_out(people, self.left_out(), before)
        if self.is_private and not fits:
            self.voters.errors = [fits.reason]
        return bool(fits) or not self.is_private

    def terms(self) -> dict[str, Any]:
        """Answer what the vote is opened with, by the names `open_vote` knows."""
        return {"rule": Rule(self.rule.data), "quorum": Quorum(self.quorum.data), "left_out": self.left_out()}

    @property
    def is_changed(self) -> bool:
        """Answer whether anything of what stands behind "Change more" is not as it usually is, or does not fit."""
        rule = str(rules.default_rule(*self.sizes()))
        usual = (self.quorum, str(Quorum.HALF)), (self.rule, rule), (self.where, ONLINE)
        changed = any(field.errors or field.data != data for field, data in usual if field)
        return changed or bool(self.voters.errors or self.left_out())

    @property
    def is_on_paper(self) -> bool:
        """Answer whether everybody answers on paper."""
        return bool(self.where and self.where.data == PAPER)

    @property
    def way(self) -> Kind:
        """Answer how people answer; as usual, where nothing that fits was chosen."""
        chosen = self["kind"].data
        return Kind(chosen) if chosen in HINTS_OF_KINDS else Kind.TEMPERATURE

    def as_if_opened(self, question: str, options: Iterable[str] = (), most: int = 1) -> Poll:
        """Make the vote that would be opened, for the eye alone: it never meets the database."""
        if not self.is_private:
            return Poll(question=question, kind=Kind.HANDS, on_paper=False, options=[])
        lived, professionals = self.sizes()
        shown = self.shown()
        return Poll(
            question=question,
            kind=self.way,
            on_paper=self.is_on_paper,
            most=most,
            rule=Rule(self.rule.data) if self.rule else rules.default_rule(lived, professionals),
            quorum=Quorum(self.quorum.data),
            left_out=len(self.left_out()),
            closes_at=self.moment(),
            lived_on_roll=lived,
            professionals_on_roll=professionals,
            shown_of_lived=shown[0],
            shown_of_professionals=shown[1],
            options=[PollOption(number=number, words=words) for number, words in enumerate(options, 1)],
        )

    def beside(self) -> dict[str, Any]:
        """Answer what the page that opens a vote says beside the form."""
        lived, professionals = self.sizes()
        shown = self.shown()
        return {
            "hints": HINTS_OF_KINDS,
            "few": self.is_few,
            "smallest": rules.SMALLEST_ROLL,
            "lived": lived,
            "professionals": professionals,
            "poll": {"kind": self.way, "shown_of_lived": shown[0], "shown_of_professionals": shown[1]},
            "is_more_open": self.is_changed,
        }


def opening_form(asks: type[OpeningForm], seats: Iterable[Membership], **defaults: Any) -> Any:
    """Make the form for those who may vote here: all of them ticked, a week's time, and the rule that fits the group.

    Where they are too few for a private vote, there are hands alone.
    """
    there = sorted(seats, key=lambda seat: (seat.person.alias.casefold(), str(seat.person_id)))
    lived = sum(seat.side == Side.LIVED for seat in there)
    sizes = lived, len(there) - lived
    few = len(there) < rules.SMALLEST_ROLL
    usual = {
        "kind": str(Kind.HANDS if few else Kind.TEMPERATURE),
        "closes_on": today() + A_WEEK,
        "closes_at": USUAL_HOUR,
        "voters": [str(seat.person_id) for seat in there],
        "quorum": str(Quorum.HALF),
        "rule": str(rules.default_rule(*sizes)),
        "where": ONLINE,
    }
    form = asks(data=usual | defaults)
    form.seats = there
    form.voters.choices = [SelectChoice(str(seat.person_id), seat.person.alias) for seat in there]
    if form.rule:
        form.rule.choices = [SelectChoice(str(one), RULES[one]) for one in rules.rules_for(*sizes)]
    if few and "kind" in form:
        form["kind"].choices = [choice for choice in form["kind"].choices if choice.value == Kind.HANDS]
    return form
