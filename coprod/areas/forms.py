"""What people type when areas are put in order, taken up or set aside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from coprod.areas import rules
from coprod.areas.rules import MOST_WORDS, Area
from coprod.core.answers import Answer
from coprod.core.forms import DayField, Form, at_most_words
from coprod.gatherings.models import GatheringKind
from coprod.principles.models import Priority
from coprod.workstreams.forms import says_nothing
from coprod.workstreams.models import Workstream

PLACE, MOST_DIGITS = "place_", 9
OVERTAKEN = (
    "Somebody gave a new order meanwhile. Your numbers are kept. Where each area stands now is said beside them."
)
TAKEN_NAME = "Something here has this name already. Choose another."


def _why(label: str, *more: Any) -> TextAreaField:
    return TextAreaField(label, [*more, at_most_words(MOST_WORDS), Length(max=600, message="Use fewer letters.")])


def _name() -> StringField:
    named = [DataRequired("Give it a name."), Length(max=80, message="Use 80 letters at most.")]
    return StringField("What is it called?", named)


def _neutral_name(default: str) -> StringField:
    return StringField(
        "What members’ pages call it",
        [
            DataRequired("Give it a name for members’ pages."),
            Length(max=40, message="Use 40 letters at most."),
            says_nothing,
        ],
        default=default,
        description="A name that tells nobody what it is about, such as “Tuesday group”",
    )


class OrderForm(Form):
    """A number beside each area, and why they stand so; it says which order was read (R4)."""

    read = HiddenField()
    why = _why("Why this order?", DataRequired("Say in a few words why."))

    @property
    def wanted(self) -> dict[UUID, int]:
        """Answer which place each area is to have."""
        return {UUID(name.removeprefix(PLACE)): data for name, data in self.data.items() if name.startswith(PLACE)}

    @property
    def was_read(self) -> int:
        """Answer the number of the order that was read; none at all is 0."""
        said = self.read.data or ""
        return int(said) if said.isdecimal() and len(said) <= MOST_DIGITS else 0

    def show_both(self, stood: Mapping[UUID, int], stands: Mapping[UUID, int], number: int) -> dict[str, int]:
        """Keep what was moved, and let the rest stand where it stands now; answer where that is for what was moved."""
        self.read.data, self.why.errors = str(number), [OVERTAKEN]
        moved = rules.moved_by(self.wanted, stood)
        for key in self.wanted.keys() - moved.keys():
            field = self[f"{PLACE}{key.hex}"]
            field.data, field.raw_data = stands[key], None
        return {f"{PLACE}{key.hex}": stands[key] for key, place in moved.items() if place != stands[key]}

    def fits(self, answer: Answer) -> bool:
        """Say beside what was moved why this is no order, and answer whether it is one."""
        if not answer:
            moved = [field for field in self if field.name.startswith(PLACE) and field.data != field.default]
            twice = [field for field in moved if sum(other.data == field.data for other in moved) > 1]
            for field in twice or [self.why]:
                field.errors = [answer.reason]
        return bool(answer)


def order_form(areas: Sequence[Area], read: int, **kwargs: Any) -> OrderForm:
    """Make the form, with a number for each area where it stands now."""
    fault = f"Write a number from 1 to {len(areas)}."
    asked = [InputRequired(fault), NumberRange(1, len(areas), message=fault)]
    fields: dict[str, Any] = {
        f"{PLACE}{area.priority.id.hex}": IntegerField(area.priority.wording, asked, default=area.place)
        for area in areas
    }
    given: dict[str, Any] = {"read": str(read)} if "formdata" in kwargs else {}
    return cast(OrderForm, type("OrderTheseForm", (OrderForm,), fields)(**kwargs, **given))


class AreasForm(Form):
    """Which areas it is about."""

    areas = SelectMultipleField("Which areas?", validate_choice=False)

    def __init__(self, areas: Sequence[Area], chosen: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {str(area.priority.id): area.priority for area in areas}
        self.areas.choices = [
            SelectChoice(str(area.priority.id), f"{area.place}. {area.priority.wording}") for area in areas
        ]
        if chosen:
            self.areas.data = list(chosen)

    @property
    def chosen(self) -> list[Priority]:
        """Answer the areas that were ticked."""
        return [self.known[key] for key in dict.fromkeys(self.areas.data or ()) if key in self.known]

    def validate_areas(self, _: Any) -> None:
        """Ask for one area at least."""
        if not self.chosen:
            raise ValidationError("Choose one area or more.")


class NewTableForm(AreasForm):
    """A workstream that is made of one or several areas."""

    name = _name()
    purpose = TextAreaField("What is it for?", [at_most_words(60), Length(max=1000, message="Use fewer letters.")])
    neutral_name = _neutral_name("Your group")
    why = _why("Why now, and why these?")

    def name_is_free(self, taken: bool) -> bool:
        """Say so where the name is taken, and answer whether it is free."""
        if taken:
            self.name.errors = [TAKEN_NAME]
        return not taken


class TableForm(AreasForm):
    """A group that is there and takes areas up."""

    table = RadioField("Which group?", [InputRequired("Choose a group.")])
    why = _why("Why this group?")

    def __init__(self, areas: Sequence[Area], tables: Sequence[Workstream], *args: Any, **kwargs: Any) -> None:
        super().__init__(areas, *args, **kwargs)
        self.tables = {str(table.id): table for table in tables}
        self.table.choices = [
            SelectChoice(key, f"{table.name} ({rules.table_state(table)})") for key, table in self.tables.items()
        ]

    @property
    def chosen_table(self) -> Workstream:
        """Answer the group that was chosen."""
        return self.tables[self.table.data]

    def validate_table(self, field: Any) -> None:
        """Ask again where it works on all of these already, or cannot take them up."""
        if field.data not in self.tables:
            raise ValidationError("Choose a group.")

    def is_new(self, is_known: bool) -> bool:
        """Say so where the group works on all of it already, and answer whether something is new."""
        if is_known:
            self.table.errors = ["This group works on this already."]
        return not is_known


class ProposeForm(AreasForm):
    """Groups that should come together for some areas."""

    kind = RadioField(
        "What should they do?",
        [InputRequired("Choose one of these.")],
        choices=[SelectChoice(kind.value, words.capitalize()) for kind, words in rules.KINDS.items()],
    )
    groups = SelectMultipleField("Which groups?", validate_choice=False)
    why = _why("Why together?", DataRequired("Say in a few words why."))

    def __init__(self, areas: Sequence[Area], groups: Sequence[Workstream], *args: Any, **kwargs: Any) -> None:
        super().__init__(areas, *args, **kwargs)
        self.known_groups = {str(group.id): group for group in groups}
        self.groups.choices = [SelectChoice(key, group.name) for key, group in self.known_groups.items()]

    @property
    def chosen_groups(self) -> list[Workstream]:
        """Answer the groups that were ticked."""
        return [self.known_groups[key] for key in dict.fromkeys(self.groups.data or ()) if key in self.known_groups]

    @property
    def chosen_kind(self) -> GatheringKind:
        """Answer what they should do together."""
        return GatheringKind(self.kind.data)

    def fits(self, answer: Answer) -> bool:
        """Say beside the groups what cannot be, and answer whether it can."""
        if not answer:
            self.groups.errors = [answer.reason]
        return bool(answer)


class TogetherForm(Form):
    """What the table is called at which the groups come together."""

    name = _name()
    neutral_name = _neutral_name("Groups together")

    def name_is_free(self, taken: bool) -> bool:
        """Say so where the name is taken, and answer whether it is free."""
        if taken:
            self.name.errors = [TAKEN_NAME]
        return not taken


class AsideForm(Form):
    """Why an area is set aside, and when it is looked at again."""

    why = _why("Why not now?", DataRequired("Say in a few words why."))
    look_again_on = DayField("When do you look again?", description="Leave it empty if there is no day yet")

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def validate_look_again_on(self, field: Any) -> None:
        """A day that is still to come."""
        fault = rules.look_again_fault(field.data, self.today)
        if fault:
            raise ValidationError(fault)
