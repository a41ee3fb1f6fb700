"""What people type about a decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from coprod.actions.forms import FEW, choices_of, not_past
from coprod.core.clock import today
from coprod.core.forms import DayField, Form, at_most_words
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.steering import rules
from coprod.steering.forms.fields import SOME, not_far
from coprod.steering.models import Decision, Verdict
from coprod.workstreams.models import Membership

OTHER_ANSWERS = ("changes", "question", "until", "would_change")


FIRST_ACTION = ("action_what", "action_owner", "action_due")


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
    action_due = DayField("By when?", [not_past, not_far])
    wants_pilot = RadioField("Try it as a pilot?", validate_choice=False)
    review_on = DayField("When do we look at how it went?", [not_far])

    def __init__(self, people: Sequence[Membership], **given: Any) -> None:
        super().__init__(**given)
        self.people: dict[str, Person] = {str(held.person_id): held.person for held in people}
        self.verdict.choices = [SelectChoice(str(verdict), said) for verdict, said in rules.IN_WORDS.items()]
        self.action_owner.choices = choices_of(people)
        self.wants_pilot.choices = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what belongs to the answer that was chosen, and for the whole of a first action or none."""
        super().validate(extra_validators)
        if self.chosen is None:
            self._fault("verdict", "Choose one of the five answers.")
        else:
            self._leave_out_other_answers(self.chosen)
            for name, sentence in rules.faults(self.chosen, self.said(), today()).items():
                self._fault(name, sentence)
        self._whole_action_or_none()
        return not self.errors

    @property
    def chosen(self) -> Verdict | None:
        """Answer which of the five was chosen."""
        return next((verdict for verdict in Verdict if verdict == self.verdict.data), None)

    def said(self) -> dict[str, Any]:
        """Answer what was typed, by the names a decision has for it."""
        names = (*OTHER_ANSWERS, "reason", "dissent", "options", "review_on")
        return {name: self[name].data for name in names} | {"wants_pilot": self.wants_pilot.data == "yes"}

    def first_action(self) -> tuple[str, Person, date] | None:
        """Answer what is done first, by whom and by when, where something is."""
        if not self.action_what.data:
            return None
        return self.action_what.data, self.people[self.action_owner.data], self.action_due.data  # type: ignore[return-value]

    def _leave_out_other_answers(self, verdict: Verdict) -> None:
        own = rules.NEEDED[verdict][0] if verdict in rules.NEEDED else ""
        for name in set(OTHER_ANSWERS) - {own}:
            self[name].errors = []

    def _whole_action_or_none(self) -> None:
        if not any(self[name].raw_data and self[name].raw_data[0].strip() for name in FIRST_ACTION):
            return
        if not self.action_what.data:
            self._fault("action_what", "Say what is to be done.")
        if self.action_owner.data not in self.people:
            self._fault("action_owner", "Choose who does it.")
        if self.action_due.data is None:
            self._fault("action_due", "Say by when.")

    def _fault(self, name: str, sentence: str) -> None:
        if not self[name].errors:
            self[name].errors = [sentence]


def decision_of(recommendation: Recommendation) -> dict[str, Any]:
    """Answer what the form for a new decision begins with."""
    return {"options": recommendation.options}


def words_of(decision: Decision) -> dict[str, Any]:
    """Answer what the form for a correction begins with: the decision as it was."""
    names = (*OTHER_ANSWERS, "reason", "dissent", "options", "review_on")
    kept = {name: getattr(decision, name) for name in names}
    return kept | {"verdict": str(decision.verdict), "wants_pilot": "yes" if decision.wants_pilot else "no"}
