"""What people type about a decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from coprod.actions.forms import ELSE, FEW, choices_of, not_past
from coprod.core.clock import today
from coprod.core.forms import DayField, Form, at_most_words
from coprod.people.models import Person
from coprod.people.rules import looks_like_address
from coprod.recommendations.models import Recommendation
from coprod.steering import rules
from coprod.steering.forms.fields import SOME, not_far
from coprod.steering.models import Decision, Verdict
from coprod.workstreams.models import Membership

OTHER_ANSWERS = ("changes", "question", "until", "would_change")


FIRST_ACTION = ("action_what", "action_owner", "action_due", "action_name", "action_email")
SAID = (*OTHER_ANSWERS, "reason", "dissent", "options", "review_on", "funding_board", "funding_ask")
"""What a decision says, by the names it has for it."""


class DecisionForm(Form):
    """The answer to a recommendation, its reason, and what happens next."""

    verdict = RadioField("What do we decide?", validate_choice=False)
    changes = TextAreaField("What changes?", [SOME])
    question = TextAreaField("What is the question?", [SOME])
    until = DayField("When do we look again?", [not_far])
    would_change = TextAreaField("What would change our answer?", [SOME])
    reason = TextAreaField(
        "Because",
        [at_most_words(rules.MOST_WORDS)],
        description="The group reads this word for word. Use plain words.",
    )
    dissent = TextAreaField("Did anyone see it differently?", [SOME], description="If so, in their words")
    options = TextAreaField("What else did we consider?", [SOME])
    action_what = StringField("First action: what?", [FEW])
    action_owner = SelectField("Who?", validate_choice=False)
    action_name = StringField("What are they called?", [Length(max=60, message="Use 60 letters at most.")])
    action_email = StringField("Their e-mail address", [Length(max=254, message="Use 254 letters at most.")])
    action_due = DayField("By when?", [not_past, not_far])
    wants_pilot = RadioField("Try it as a pilot?", validate_choice=False)
    funding_board = StringField("Which board do we ask for money?", [FEW], description="Leave this empty if none")
    funding_ask = TextAreaField("What do we ask it for?", [SOME])
    review_on = DayField("When do we look at how it went?", [not_far])

    def __init__(
        self,
        people: Sequence[Membership],
        outside: Sequence[Person] = (),
        verdicts: Sequence[Verdict] = tuple(Verdict),
        **given: Any,
    ) -> None:
        super().__init__(**given)
        self.people: dict[str, Person] = {str(held.person_id): held.person for held in people}
        self.people |= {str(one.id): one for one in outside}
        self.verdicts = verdicts
        self.verdict.choices = [SelectChoice(str(verdict), rules.IN_WORDS[verdict]) for verdict in verdicts]
        no_account = [SelectChoice(str(one.id), f"{one.alias} (no account)") for one in outside]
        self.action_owner.choices = [*choices_of(people), *no_account, SelectChoice(ELSE, "Somebody else")]
        self.wants_pilot.choices = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what belongs to the answer that was chosen, and for the whole of a first action or none."""
        super().validate(extra_validators)
        if self.chosen is None:
            self._fault("verdict", "Choose one of the answers.")
        else:
            self._leave_out_other_answers(self.chosen)
            for name, sentence in rules.faults(self.chosen, self.said(), today()).items():
                self._fault(name, sentence)
        self._whole_action_or_none()
        return not self.errors

    @property
    def chosen(self) -> Verdict | None:
        """Answer which of those offered was chosen."""
        return next((verdict for verdict in self.verdicts if verdict == self.verdict.data), None)

    def said(self) -> dict[str, Any]:
        """Answer what was typed, by the names a decision has for it."""
        return {name: self[name].data for name in SAID} | {"wants_pilot": self.wants_pilot.data == "yes"}

    @property
    def begins(self) -> tuple[str, date] | None:
        """Answer what is done first and by when, where something is."""
        due = self.action_due.data
        return (self.action_what.data, due) if self.action_what.data and due else None

    @property
    def owner(self) -> Person | None:
        """Answer who of the list does it, if somebody was chosen there."""
        return self.people.get(self.action_owner.data)

    @property
    def names_somebody(self) -> bool:
        """Answer whether somebody without an account was written down."""
        return bool(self.action_name.data or self.action_email.data)

    def _leave_out_other_answers(self, verdict: Verdict) -> None:
        own = rules.NEEDED[verdict][0] if verdict in rules.NEEDED else ""
        for name in set(OTHER_ANSWERS) - {own}:
            self[name].errors = []

    def _whole_action_or_none(self) -> None:
        if not any(self[name].raw_data and self[name].raw_data[0].strip() for name in FIRST_ACTION):
            return
        if not self.action_what.data:
            self._fault("action_what", "Say what is to be done.")
        self._one_owner()
        if self.action_due.data is None:
            self._fault("action_due", "Say by when.")

    def _one_owner(self) -> None:
        elsewhere = self.names_somebody or self.action_owner.data == ELSE
        if self.owner and self.names_somebody:
            self._fault("action_owner", "Choose somebody from the list, or write somebody down. Not both.")
        elif not self.owner and not elsewhere:
            self._fault("action_owner", "Choose who does it.")
        elif not self.owner:
            if not self.action_name.data:
                self._fault("action_name", "Say what they are called.")
            if not looks_like_address(self.action_email.data or ""):
                self._fault("action_email", "Write their e-mail address like this: kim@example.org.")

    def _fault(self, name: str, sentence: str) -> None:
        if not self[name].errors:
            self[name].errors = [sentence]


def decision_of(recommendation: Recommendation) -> dict[str, Any]:
    """Answer what the form for a new decision begins with."""
    return {"options": recommendation.options}


def words_of(decision: Decision) -> dict[str, Any]:
    """Answer what the form for a correction begins with: the decision as it was."""
    kept = {name: getattr(decision, name) for name in SAID}
    return kept | {"verdict": str(decision.verdict), "wants_pilot": "yes" if decision.wants_pilot else "no"}
