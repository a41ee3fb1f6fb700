"""What people type about meetings, decisions and replies."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from coprod.actions.forms import FEW, a_day, choices_of, not_past
from coprod.core.clock import today
from coprod.core.forms import DayField, Form, at_most_words, clean
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.steering import rules
from coprod.steering.models import Decision, Meeting, Verdict
from coprod.workstreams.models import Membership
from coprod.workstreams.rules import seated

YEARS_AHEAD = 5
TIMES = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H:%M:%S")
SOME = Length(max=1000, message="Use 1,000 letters at most.")
OTHER_ANSWERS = ("changes", "question", "until", "would_change")
FIRST_ACTION = ("action_what", "action_owner", "action_due")


def not_far(_: Any, field: Any) -> None:
    """Refuse a day so far ahead that it must be a slip."""
    if field.data and field.data.year > today().year + YEARS_AHEAD:
        raise ValidationError(f"This is more than {YEARS_AHEAD} years ahead. Look at the year again.")


class ClockField(TimeField):
    """A time of day, picked or typed: 10:00, 10am, 6.30pm."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read any of the ways people write a time, and say kindly when none fits."""
        typed = (clean(" ".join(valuelist)) or "").replace(" ", "").lower()
        self.data = next((found for found in (_read_time(typed, shape) for shape in TIMES) if found), None)
        if typed and self.data is None:
            raise ValueError("Write the time like this: 10am or 18:30.")


def _read_time(typed: str, shape: str) -> time | None:
    try:
        return datetime.strptime(typed, shape).time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        return None


class MeetingForm(Form):
    """When and where the steering group meets."""

    on: Any = DayField("Which day?", [a_day("Say which day."), not_past, not_far])
    starts_at: Any = ClockField("What time?", [a_day("Say what time.")], description="For example, 10am")
    place = StringField("Where?", [FEW], description="You can leave this empty")


class PresenceForm(Form):
    """Who is in the room now."""

    here = SelectMultipleField(
        "Who is here now?", validate_choice=False, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def __init__(self, meeting: Meeting, **given: Any) -> None:
        super().__init__(data={"here": [str(presence.membership_id) for presence in meeting.present]}, **given)
        self.members = sorted(seated(meeting.workstream), key=lambda held: (held.person.alias.lower(), str(held.id)))
        self.here.choices = [SelectChoice(str(held.id), held.person.alias) for held in self.members]

    @property
    def chosen(self) -> list[Membership]:
        """List the members that were ticked."""
        ticked = set(self.here.data or ())
        return [held for held in self.members if str(held.id) in ticked]


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


class ReplyForm(Form):
    """What the people who asked are told."""

    words = TextAreaField(
        "What do we tell the group?",
        [DataRequired("Write what you tell the group."), Length(max=2000, message="Use 2,000 letters at most.")],
        description="Short sentences, plain words. The group reads this word for word.",
    )

    def validate_words(self, field: Any) -> None:
        """Refuse an answer that only says it was heard."""
        answer = rules.says_something(field.data or "")
        if not answer:
            raise ValidationError(answer.reason)


class RegisterForm(Form):
    """Which decisions to list."""

    class Meta(Form.Meta):
        """A search writes nothing, so it needs no key."""

        csrf = False

    q = StringField("Words in it")
    verdict = SelectField("Answer", validate_choice=False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = [
            SelectChoice("", "All of them"),
            *(SelectChoice(str(verdict), said) for verdict, said in rules.IN_WORDS.items()),
        ]

    @property
    def wanted(self) -> Verdict | None:
        """Answer which answers to list, if not all."""
        return next((verdict for verdict in Verdict if verdict == self.verdict.data), None)


class LogForm(Form):
    """Which actions to list."""

    class Meta(Form.Meta):
        """A filter writes nothing, so it needs no key."""

        csrf = False

    show = SelectField("Which ones", validate_choice=False)
    owner = SelectField("Whose", validate_choice=False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.show.choices = [SelectChoice("all", "All"), SelectChoice("mine", "Mine"), SelectChoice("late", "Late")]

    @property
    def whose(self) -> str:
        """Answer whose actions to list, if not everybody's; what is no person's key is nobody's filter."""
        try:
            return str(UUID(self.owner.data or ""))
        except ValueError:
            return ""

    def offer(self, owners: Sequence[Person]) -> None:
        """Name the people who have something to do."""
        self.owner.choices = [
            SelectChoice("", "Everybody’s"),
            *(SelectChoice(str(owner.id), owner.alias) for owner in owners),
        ]

    @property
    def address(self) -> dict[str, Any]:
        """Answer the part of the address that keeps this filter."""
        chosen = {"show": self.show.data or "", "owner": self.whose}
        return {name: value for name, value in chosen.items() if value}
