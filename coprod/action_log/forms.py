"""What people choose in the action log, and what they change there."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.action_log.rules import LONGEST_WORDS, Comes, Show, Sort, Wanted, a_key
from coprod.actions.forms import FEW, not_past
from coprod.core.forms import DayField, Form
from coprod.people.models import Person
from coprod.steering.models import Decision
from coprod.workstreams.models import Workstream

SHOWS = {
    Show.EVERY: "All",
    Show.MINE: "Mine",
    Show.OPEN: "Still to do",
    Show.LATE: "Late",
    Show.SOON: "Due in 7 days",
    Show.WAITING: "Waiting for a second person",
    Show.DONE: "Done",
    Show.ALL: "All, with nothing folded",
}
COMES = {
    Comes.ANYWHERE: "Anywhere",
    Comes.DECISION: "A decision",
    Comes.SESSION: "A session",
    Comes.NEITHER: "Neither of them",
}
SORTS = {
    Sort.NEED: "Yours and late first",
    Sort.DUE: "First due first",
    Sort.LAST_DUE: "Last due first",
    Sort.NEWEST: "Newest first",
    Sort.OWNER: "By name",
    Sort.MOVED: "Most often moved first",
}


class FilterForm(Form):
    """Which actions to list, and in which order."""

    class Meta(Form.Meta):
        """A filter writes nothing, so it needs no key."""

        csrf = False

    q = StringField("Words or number")
    show = SelectField("Which ones", validate_choice=False)
    owner = SelectField("Whose", validate_choice=False)
    source = SelectField("From", validate_choice=False)
    table = SelectField("Group", validate_choice=False)
    sort = SelectField("In which order", validate_choice=False)

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(formdata=None, data=vars(wanted))
        self.q.render_kw = {"maxlength": LONGEST_WORDS}
        self.show.choices = [SelectChoice(str(show), words) for show, words in SHOWS.items()]
        self.sort.choices = [SelectChoice(str(sort), words) for sort, words in SORTS.items()]

    def offer(self, owners: Sequence[Person], tables: Sequence[Workstream], decision: Decision | None) -> None:
        """Name the people who have something to do, the groups, and the decision that was asked for."""
        people = (SelectChoice(str(owner.id), owner.alias) for owner in owners)
        self.owner.choices = [SelectChoice("", "Everybody’s"), *people]
        groups = (SelectChoice(str(table.id), table.name) for table in tables)
        self.table.choices = [SelectChoice("", "Every group"), *groups]
        one = [SelectChoice(str(decision.id), f"Decision {decision.number}")] if decision else []
        self.source.choices = [*(SelectChoice(str(comes), words) for comes, words in COMES.items()), *one]


DONE, NEW_DATE, NOTE, OWNER = "done", "new-date", "note", "owner"
DOES = {
    DONE: "Say they are done",
    NEW_DATE: "Give them a new date",
    NOTE: "Write beside them",
    OWNER: "Give them to somebody",
}


class ChangeForm(Form):
    """What to do with the actions that are ticked."""

    ticked = SelectMultipleField("Which ones", choices=(), validate_choice=False)
    do = RadioField(
        "What is to be done with them?",
        choices=[SelectChoice(key, words) for key, words in DOES.items()],
        validate_choice=False,
    )
    due: Any = DayField("New date", [not_past])
    reason = StringField("What is in the way?", [FEW])
    words = TextAreaField("What do you want to write down?", [FEW])
    owner = SelectField("Who does it?", validate_choice=False)

    def __init__(self, people: Sequence[Person], **given: Any) -> None:
        super().__init__(**given)
        self.people = {str(person.id): person for person in people}
        named = (SelectChoice(key, person.alias) for key, person in self.people.items())
        self.owner.choices = [SelectChoice("", "Choose"), *named]
        if not self.people:
            self.do.choices = [SelectChoice(key, words) for key, words in DOES.items() if key != OWNER]

    @property
    def keys(self) -> list[UUID]:
        """Answer which actions are ticked."""
        return [UUID(key) for typed in self.ticked.data or () if (key := a_key(typed))]

    @property
    def new_date(self) -> date:
        """Answer the new date, which is there once the form is whole."""
        due: date = self.due.data
        return due

    def validate_ticked(self, _: Any) -> None:
        """Ask for one at least."""
        if not self.keys:
            raise ValidationError("Tick the actions it is about.")

    def validate_do(self, field: Any) -> None:
        """Ask what is to be done, and for what that needs."""
        if field.data not in DOES:
            raise ValidationError("Choose what is to be done with them.")

    def validate_due(self, field: Any) -> None:
        """Ask for a date where they are to have a new one."""
        if self.do.data == NEW_DATE and field.data is None and not field.process_errors:
            raise ValidationError("Say the new date.")

    def validate_reason(self, field: Any) -> None:
        """Ask why, where they are to have a new date."""
        if self.do.data == NEW_DATE and not field.data:
            raise ValidationError("Say what is in the way.")

    def validate_words(self, field: Any) -> None:
        """Ask for words where they are to be written beside them."""
        if self.do.data == NOTE and not field.data:
            raise ValidationError("Write something down.")

    def validate_owner(self, field: Any) -> None:
        """Ask for somebody where they are to go to somebody."""
        if self.do.data == OWNER and field.data not in self.people:
            raise ValidationError("Choose who does it.")


class ViewForm(Form):
    """Under which name to keep what is shown."""

    name = StringField(
        "What do you call it?",
        [DataRequired("Give it a name."), Length(max=40, message="Use 40 letters at most.")],
        description="For example, Late in my team",
    )
