"""What people type when groups are to come together, and when their day is planned."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, cast

from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.answers import Answer
from coprod.core.forms import DayField, Form
from coprod.cycles.rules import days
from coprod.gatherings.models import GatheringKind
from coprod.workstreams.forms import says_nothing
from coprod.workstreams.models import Workstream

KINDS = {
    GatheringKind.MERGED: "They become one group, and their own groups close",
    GatheringKind.JOINT_SESSION: "They meet for one evening",
    GatheringKind.DEVELOPMENT_DAY: "They spend a day together, with an agenda of its own",
}
USUAL = {GatheringKind.JOINT_SESSION: (time(18), 115), GatheringKind.DEVELOPMENT_DAY: (time(10), 300)}


class GatherForm(Form):
    """Which groups, what for, and what it is called."""

    kind = RadioField(
        "What do they do?",
        [InputRequired("Choose one of these.")],
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
    )
    groups = SelectMultipleField("Which groups?", validate_choice=False)
    name = StringField(
        "Name of the table they come to",
        [DataRequired("Give it a name."), Length(max=80, message="Use 80 letters at most.")],
        description="For example, Mothers and fathers together",
    )
    neutral_name = StringField(
        "What members’ pages call it",
        [
            DataRequired("Give it a name for members’ pages."),
            Length(max=40, message="Use 40 letters at most."),
            says_nothing,
        ],
        default="Groups together",
        description="A name that tells nobody what it is about",
    )

    def __init__(self, groups: Sequence[Workstream], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {str(group.id): group for group in groups}
        self.groups.choices = [SelectChoice(key, group.name) for key, group in self.known.items()]

    @property
    def chosen(self) -> list[Workstream]:
        """Answer the groups that were ticked."""
        return [self.known[key] for key in dict.fromkeys(self.groups.data or ()) if key in self.known]

    def validate_groups(self, _: Any) -> None:
        """Ask for two groups at least."""
        if len(self.chosen) < 2:
            raise ValidationError("Choose two groups or more.")

    def fits(self, answer: Answer, *, taken: bool) -> bool:
        """Say beside the fields what cannot be, and answer whether it can."""
        if not answer:
            self.groups.errors = [answer.reason]
        if taken:
            self.name.errors = ["Something here has this name already. Choose another."]
        return bool(answer) and not taken


class DayForm(Form):
    """When the one evening or day is, and where."""

    on = DayField("Which day?", [DataRequired("Write the day, like 18 January 2026.")])
    starts_at = TimeField(
        "Time it starts",
        [DataRequired("Write the time it starts, like 10:00.")],
        format=["%H:%M", "%H.%M", "%H:%M:%S", "%I%p", "%I.%M%p", "%I:%M%p", "%I %p"],
    )
    minutes = IntegerField("How many minutes", [DataRequired("Write how many minutes it lasts.")])
    place = StringField(
        "Place",
        [Length(max=120, message="Use 120 letters at most.")],
        description="Room, building and which door. Only those who come see it",
    )

    def __init__(self, *, is_day: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = days.longest(is_day)
        self.minutes.description = f"{self.longest} at most. The breaks are in it"

    @property
    def day(self) -> date:
        """Answer the day, once it has been checked."""
        return cast(date, self.on.data)

    def validate_minutes(self, field: Any) -> None:
        """An evening has a length, and a day has another."""
        answer = days.fits(field.data, self.longest)
        if not answer:
            raise ValidationError(answer.reason)

    def validate_starts_at(self, field: Any) -> None:
        """It begins and ends on the same day."""
        minutes = field.data.hour * 60 + field.data.minute + (self.minutes.data or 0)
        if field.data < time(7) or minutes >= 24 * 60:
            raise ValidationError("Choose a time from 7 in the morning that ends before midnight.")

    def stands(self, answer: Answer) -> bool:
        """Say beside the day why it cannot be, and answer whether it can."""
        if not answer:
            self.on.errors = [answer.reason]
        return bool(answer)
