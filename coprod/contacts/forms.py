"""What people say about how to reach them. Nothing here asks why, and every page can be skipped."""

from typing import Any

from wtforms import BooleanField, EmailField, RadioField, SelectChoice, SelectMultipleField, TelField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from coprod.contacts.models import Channel
from coprod.contacts.rules import HOURS, WAYS
from coprod.core.forms import Form
from coprod.messages.models import PartOfDay, Reach, Way
from coprod.people.rules import looks_like_address, same_number

ADDRESS = "Write the e-mail address like this: name@example.org."
NUMBER = "Write the phone number like this: 07700 900123."
YES_OR_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]


class ReachForm(Form):
    """How a member wants to be reached."""

    way = RadioField(
        "Pick one",
        [InputRequired("Pick one, or skip this.")],
        choices=[SelectChoice(way.value, words) for way, words in WAYS.items()],
    )

    @property
    def chosen(self) -> Way:
        """Answer which."""
        return Way(self.way.data)


class SafeForm(Form):
    """Whether her phone is safe, hers alone, and when a text may come."""

    safe = RadioField("Is it safe to text your phone?", choices=YES_OR_NO, validate_choice=False)
    shared = RadioField("Does anybody else use your phone?", choices=YES_OR_NO, validate_choice=False)
    hours = SelectMultipleField(
        "When may a text come?",
        choices=[SelectChoice(part.value, words) for part, words in HOURS.items()],
        description="Tick none and it comes between 9 and 8.",
    )

    @property
    def said(self) -> dict[str, Any]:
        """Answer what was said; what was left open stays as it was."""
        answers = {"phone_is_safe": _answer(self.safe.data), "phone_is_shared": _answer(self.shared.data)}
        hours = [PartOfDay(part) for part in self.hours.data or ()]
        return {name: answer for name, answer in answers.items() if answer is not None} | {"hours": hours}


def _answer(said: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(said or "")


def _said(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"


def reach_form(reach: Reach) -> ReachForm:
    """Show what was said before, ready to be changed."""
    return ReachForm(data={"way": reach.way.value if reach.way else None})


def safe_form(reach: Reach) -> SafeForm:
    """Show what was said before, ready to be changed."""
    said = {"safe": _said(reach.phone_is_safe), "shared": _said(reach.phone_is_shared)}
    return SafeForm(data={**said, "hours": list(reach.hours)})


def _address(_: Any, field: Any) -> None:
    if not looks_like_address(field.data or ""):
        raise ValidationError(ADDRESS)


def _number(_: Any, field: Any) -> None:
    if not same_number(field.data or ""):
        raise ValidationError(NUMBER)


class PhoneForm(Form):
    """A new phone number."""

    channel = Channel.PHONE
    value = TelField("New phone number", [DataRequired(NUMBER), _number])


class EmailForm(Form):
    """A new e-mail address."""

    channel = Channel.EMAIL
    value = EmailField("New e-mail address", [DataRequired(ADDRESS), _address])


class OwnPhoneForm(PhoneForm):
    """My new phone number."""

    tell = BooleanField("My old number is safe. Send one last text there.")


class OwnEmailForm(EmailForm):
    """My new e-mail address."""

    tell = BooleanField("My old address is safe. Send one last e-mail there.")


FORMS: dict[Channel, type[PhoneForm] | type[EmailForm]] = {Channel.PHONE: PhoneForm, Channel.EMAIL: EmailForm}
OWN_FORMS: dict[Channel, type[OwnPhoneForm] | type[OwnEmailForm]] = {
    Channel.PHONE: OwnPhoneForm,
    Channel.EMAIL: OwnEmailForm,
}
