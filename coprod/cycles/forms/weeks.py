"""What people type about the weeks of a cycle and their days."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, cast
from uuid import UUID

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from coprod.core.forms import DayField, Form
from coprod.cycles.models import Session
from coprod.cycles.rules.shifting import Scope, moving
from coprod.library.models import Template
from coprod.library.rules import house
from coprod.library.rules.templates import LONGEST, STEP_STAGES

EARLIEST, LATEST = date(2015, 1, 1), date(2099, 12, 31)
DAWN, MIDNIGHT = time(7), timedelta(days=1)
MOST_WEEKS = 26


def _a_day_in_reach(_: Any, field: Any) -> None:
    if field.data is not None and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(f"Choose a day from {EARLIEST.year} to {LATEST.year}.")


class CycleForm(Form):
    """Ask what the weeks start from, when, and where."""

    outline = SelectField(
        "Start from",
        name="from",
        default=str(house.TEN_WEEKS),
        invalid_choice_message="Choose one of these.",
        description="The number of sessions, the evenings and the steps follow it",
    )
    starts_on = DayField(
        "First day",
        [DataRequired("Write the first day, like 4 October 2025."), _a_day_in_reach],
        description="For example, 4 October 2025. The others follow weekly",
    )
    starts_at = TimeField(
        "Time it starts",
        [DataRequired("Write the time it starts, like 18:00.")],
        format=["%H:%M", "%H.%M", "%H:%M:%S", "%I%p", "%I.%M%p", "%I:%M%p", "%I %p"],
        default=time(18),
    )
    minutes = IntegerField(
        "How many minutes",
        [
            DataRequired("Write how many minutes it lasts, like 115."),
            NumberRange(30, LONGEST, f"Choose from 30 to {LONGEST} minutes."),
        ],
        default=115,
        description=f"{LONGEST} at most. The evening we offer takes 115",
    )
    place = StringField(
        "Place",
        [Length(max=120, message="Use 120 letters at most.")],
        description="Room, building and which door. Only the group sees it",
    )
    school = RadioField(
        "Skip school holidays?",
        [DataRequired("Choose yes or no.")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        default="yes",
        invalid_choice_message="Choose yes or no.",
        description="Bank holidays and Christmas are always skipped",
    )

    def offer(self, outlines: Sequence[Template], plans: Sequence[tuple[UUID, str]]) -> "CycleForm":
        """Offer these templates, and these plans of the groups somebody runs."""
        kept = [SelectChoice(str(one.id), f"{one.name} ({len(one.weeks)} sessions)") for one in outlines]
        copied = [SelectChoice(str(key), name) for key, name in plans]
        self.outline.choices = {"Templates": kept} | ({"A plan to copy": copied} if copied else {})
        return self

    @property
    def first_day(self) -> date:
        """Answer the first day, once it has been checked."""
        return cast(date, self.starts_on.data)

    @property
    def skip_school(self) -> bool:
        """Answer whether school holidays are skipped."""
        return bool(self.school.data == "yes")

    @property
    def typed(self) -> dict[str, Any]:
        """Answer what was typed, as an address carries it."""
        return {
            "from": self.outline.data,
            "starts_on": self.first_day.isoformat(),
            "starts_at": self.starts_at.data.isoformat("minutes"),
            "minutes": self.minutes.data,
            "place": self.place.data or "",
            "school": self.school.data,
        }

    def validate_starts_at(self, field: Any) -> None:
        """An evening begins and ends on the same day."""
        length = timedelta(minutes=max(0, min(self.minutes.data or 0, LONGEST)))
        starts = timedelta(hours=field.data.hour, minutes=field.data.minute)
        if field.data < DAWN or starts + length >= MIDNIGHT:
            raise ValidationError("Choose a time from 7 in the morning that ends before midnight.")


class DayForm(Form):
    """Ask for another day."""

    on = DayField("New day", [DataRequired("Write the new day, like 18 November 2025."), _a_day_in_reach])

    @property
    def day(self) -> date:
        """Answer the new day, once it has been checked."""
        return cast(date, self.on.data)


class ShiftForm(Form):
    """Ask which sessions move, and how far."""

    scope = RadioField(
        "Which sessions move?",
        [DataRequired("Choose which sessions move.")],
        choices=[],
        invalid_choice_message="Choose which sessions move.",
    )
    weeks = IntegerField(
        "By how many weeks",
        [Optional(), NumberRange(-MOST_WEEKS, MOST_WEEKS, f"Choose up to {MOST_WEEKS} weeks.")],
        description="1 is a week later, -1 a week earlier",
    )
    on = DayField(
        "Or a new day for the first of them",
        [Optional(), _a_day_in_reach],
        description="For example, 18 November 2025. The others follow weekly",
    )

    def about(self, session: Session) -> "ShiftForm":
        """Offer what may move around this session."""
        first = moving(session, Scope.ALL)[0].number
        names = {
            Scope.THIS: f"Only session {session.number}",
            Scope.FOLLOWING: f"Session {session.number} and those after it",
            Scope.ALL: f"All that are still to come, from session {first}",
        }
        self.scope.choices = [SelectChoice(str(scope), name) for scope, name in names.items()]
        return self

    def validate_weeks(self, field: Any) -> None:
        """No week at all is no move."""
        if field.data == 0:
            raise ValidationError("Write at least 1 week, or -1.")

    def validate_on(self, field: Any) -> None:
        """One of the two says how far, and not both."""
        if field.data and self.weeks.data:
            raise ValidationError("Write the weeks or the new day, not both.")

    @property
    def is_whole(self) -> bool:
        """Answer whether it says how far; say so beside the field where it does not."""
        if self.weeks.data or self.on.data:
            return True
        self.weeks.errors = ["Write how many weeks, or a new day."]
        return False

    @property
    def to(self) -> date | timedelta:
        """Answer the new day, or how far along, once it has been checked."""
        return self.on.data or timedelta(weeks=self.weeks.data)

    @property
    def which(self) -> Scope:
        """Answer which sessions move, once it has been checked."""
        return Scope(self.scope.data)

    @property
    def typed(self) -> dict[str, Any]:
        """Answer what was typed, as an address carries it."""
        on = self.on.data.isoformat() if self.on.data else ""
        return {"scope": self.scope.data, "weeks": self.weeks.data or "", "on": on}


class StepForm(Form):
    """Ask what is done before week 1 or after the last week, when and where."""

    title = StringField(
        "What is done",
        [DataRequired("Say what is done in a few words."), Length(max=80, message="Use 80 letters at most.")],
        description="Members read it once it has a day. Use plain words",
    )
    on = DayField(
        "Day", [Optional(), _a_day_in_reach], description="You can leave it open. For example, 4 October 2025"
    )
    place = StringField(
        "Place",
        [Length(max=120, message="Use 120 letters at most.")],
        description="Somewhere that is nobody’s office: a park, a café",
    )


class NewStepForm(StepForm):
    """Ask for one more of them."""

    stage = RadioField(
        "When",
        [DataRequired("Choose one of the two.")],
        choices=[SelectChoice(str(stage), name) for stage, name in STEP_STAGES.items()],
        invalid_choice_message="Choose one of the two.",
    )


class MoveForm(Form):
    """Ask which step is made."""

    name = HiddenField("Step", [DataRequired("Choose one of the buttons.")])
