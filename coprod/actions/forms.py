"""What people type about actions."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.actions.models import Repeat
from coprod.actions.rules import is_evident
from coprod.core.clock import today
from coprod.core.forms import DayField, Form
from coprod.people.models import Person
from coprod.people.rules import looks_like_address
from coprod.workstreams.models import Membership

FEW = Length(max=300, message="Use 300 letters at most.")


def a_day(message: str) -> Callable[[Any, Any], None]:
    """Ask for a day where none was given; what could not be read has its own sentence."""

    def check(_: Any, field: Any) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(message)

    return check


def not_past(_: Any, field: Any) -> None:
    """Refuse a day that is over."""
    if field.data and field.data < today():
        raise ValidationError("This day is over. Choose today or a day to come.")


def choices_of(people: Sequence[Membership]) -> list[SelectChoice]:
    """List people to choose from, nobody chosen beforehand."""
    return [SelectChoice("", "Choose"), *(SelectChoice(str(held.person_id), held.person.alias) for held in people)]


class ActionForm(Form):
    """Something one person is to do by a day."""

    what = StringField(
        "What is to be done?",
        [DataRequired("Say what is to be done."), FEW],
        description="Begin with a verb, such as “Share the ward data with the group”",
    )
    owner = SelectField("Who does it?", validate_choice=False)
    due: Any = DayField("By when?", [a_day("Say by when."), not_past])

    def __init__(self, people: Sequence[Membership], **given: Any) -> None:
        super().__init__(**given)
        self.people = {str(held.person_id): held.person for held in people}
        self.owner.choices = choices_of(people)

    def validate_owner(self, field: Any) -> None:
        """Ask for one of the people who may own it."""
        if field.data not in self.people:
            raise ValidationError("Choose who does it.")


ELSE = "else"


# Made anew for each form: fields stand in the order in which they were made, and so do the faults above them.
def _owner() -> SelectField:
    return SelectField("Who does it?", validate_choice=False)


def _name() -> StringField:
    return StringField("What are they called?", [Length(max=60, message="Use 60 letters at most.")])


def _email() -> StringField:
    return StringField("Their e-mail address", [Length(max=254, message="Use 254 letters at most.")])


class OwnerForm(Form):
    """Who does it: somebody of the list, or somebody without an account, by name and e-mail address."""

    owner = _owner()
    outside_name = _name()
    outside_email = _email()

    def __init__(self, people: Sequence[Membership], outside: Sequence[Person], **given: Any) -> None:
        super().__init__(**given)
        self.people = {str(held.person_id): held.person for held in people} | {str(one.id): one for one in outside}
        no_account = [SelectChoice(str(one.id), f"{one.alias} (no account)") for one in outside]
        self.owner.choices = [*choices_of(people), *no_account, SelectChoice(ELSE, "Somebody who is not in this list")]

    @property
    def chosen(self) -> Person | None:
        """Answer who was chosen from the list, if anybody was."""
        return self.people.get(self.owner.data)

    @property
    def names_somebody(self) -> bool:
        """Answer whether somebody without an account was written down."""
        return bool(self.outside_name.data or self.outside_email.data)

    def validate_owner(self, field: Any) -> None:
        """Ask for one person: chosen, or written down."""
        if self.chosen and self.names_somebody:
            raise ValidationError("Choose somebody from the list, or write somebody down. Not both.")
        if not self.chosen and not self.names_somebody and field.data != ELSE:
            raise ValidationError("Choose who does it.")

    def validate_outside_name(self, field: Any) -> None:
        """Ask for a name for somebody who is not in the list."""
        if not field.data and (self.names_somebody or self.owner.data == ELSE):
            raise ValidationError("Say what they are called.")

    def validate_outside_email(self, field: Any) -> None:
        """Ask for an address, so that they can be told when it is due."""
        wanted = self.names_somebody or self.owner.data == ELSE
        if wanted and not looks_like_address(field.data or ""):
            raise ValidationError("Write their e-mail address like this: kim@example.org.")


class NewActionForm(OwnerForm):
    """Something one person is to do by a day, once or again and again."""

    what = StringField(
        "What is to be done?",
        [DataRequired("Say what is to be done."), FEW],
        description="Begin with a verb, such as “Share the ward data with the group”",
    )
    owner = _owner()
    outside_name = _name()
    outside_email = _email()
    due: Any = DayField("By when?", [a_day("Say by when."), not_past])
    repeats = SelectField(
        "How often?",
        default=Repeat.ONCE.value,
        choices=[SelectChoice(str(one), one.capitalize()) for one in Repeat],
        validate_choice=False,
    )

    def validate_repeats(self, field: Any) -> None:
        """Ask for one of the ways to come again."""
        if field.data not in set(Repeat):
            raise ValidationError("Choose how often.")


class NoteForm(Form):
    """What somebody writes beside an action."""

    words = TextAreaField("What do you want to write down?", [DataRequired("Write something down."), FEW])


class ReopenForm(Form):
    """Why something that was settled is to be done after all."""

    why = StringField("What has changed?", [DataRequired("Say what has changed."), FEW])


class NotDoneForm(Form):
    """What is still missing, if one wants to say."""

    why = StringField("What is missing?", [FEW], description="You can leave this empty")


class AgreeForm(Form):
    """How anyone can tell, where nobody has said yet."""

    evidence = StringField("How can anyone tell?", [FEW], description="For example, it is in the shared folder")

    def __init__(self, said: str, **given: Any) -> None:
        super().__init__(**given)
        self.said = said

    def validate_evidence(self, field: Any) -> None:
        """Ask for it, unless it was said already."""
        answer = is_evident(self.said, field.data or "")
        if not answer:
            raise ValidationError(answer.reason)


class DoneForm(Form):
    """How anyone can tell that it is done."""

    evidence = StringField(
        "How can anyone tell?", [FEW], description="If you leave this empty, the second person says it"
    )


class DateForm(Form):
    """A new date, and what is in the way of the old one."""

    due: Any = DayField("New date", [a_day("Say the new date."), not_past])
    reason = TextAreaField("What is in the way?", [DataRequired("Say what is in the way."), FEW])

    def __init__(self, now: date, **given: Any) -> None:
        super().__init__(**given)
        self.now = now

    def validate_due(self, field: Any) -> None:
        """Ask for another date than the one it has."""
        if field.data == self.now:
            raise ValidationError("That is the date it has now.")
