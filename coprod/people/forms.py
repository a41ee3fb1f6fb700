"""What people type to sign in, and what admins type about people."""

import re
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TelField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from coprod.core.forms import Form
from coprod.core.texts import can_text
from coprod.people import rules
from coprod.people.models import Side

ADDRESS = "Write the e-mail address like this: name@example.org."
ADDRESS_OR_NUMBER = "Write an e-mail address like name@example.org, or a phone number like 07700 900123."
DIGITS = "Type the six numbers we sent you."


def _address(_: Any, field: Any) -> None:
    if not rules.looks_like_address(field.data or ""):
        raise ValidationError(ADDRESS)


def _six_digits(_: Any, field: Any) -> None:
    if not re.fullmatch(r"[0-9]{6}", field.data or ""):
        raise ValidationError(DIGITS)


def _phone(_: Any, field: Any) -> None:
    if not rules.same_number(field.data or ""):
        raise ValidationError("Write the phone number like this: 07700 900123.")


def _together(typed: str | None) -> str | None:
    return re.sub(r"[\s()-]", "", typed) if typed else typed


class ContactField(StringField):
    """An e-mail address or a phone number, which is not searched for the numbers of families."""


class AddressForm(Form):
    """Where to send a code: to an e-mail address, and where texts can be sent to a phone number too."""

    contact = ContactField("Your e-mail address")

    def settle(self, can_text: bool) -> None:
        """Ask for what a code can be sent to here."""
        if can_text:
            self.contact.label.text = "Your e-mail or phone number"

    def validate_contact(self, field: Any) -> None:
        """Refuse what no code can be sent to."""
        typed = field.data or ""
        number = can_text() and "@" not in typed and rules.same_number(typed)
        if not number and not rules.looks_like_address(typed):
            raise ValidationError(ADDRESS_OR_NUMBER if can_text() else ADDRESS)


class CodeForm(Form):
    """The code that came by e-mail or text."""

    code = StringField("Your code", [DataRequired(DIGITS), _six_digits], filters=[_together])


class AuthenticatorForm(Form):
    """A code from an authenticator, or a recovery code."""

    code = StringField("Code", [DataRequired("Type the code."), Length(max=40, message="That is too long for a code.")])


class CardForm(Form):
    """The words on a printed card."""

    words = StringField(
        "The words on your card",
        [DataRequired("Type the words on your card."), Length(max=100, message="Type just the words on your card.")],
    )


class PasskeyForm(Form):
    """What a passkey is called, and what the device answered; a script fills that in."""

    name = StringField(
        "Name of this passkey",
        [DataRequired("Type a name."), Length(max=40, message="Use 40 letters at most.")],
        description="So that you know it again.",
    )
    answer = HiddenField()


class NameForm(Form):
    """What somebody is called here."""

    alias = StringField(
        "Name to use here",
        [DataRequired("Type a name."), Length(max=40, message="Use 40 letters at most.")],
        description="A first name, or any name they choose. No surnames.",
    )


class SetUpForm(NameForm):
    """Who makes the first account."""

    words = StringField(
        "Set-up words",
        [DataRequired("Type the set-up words."), Length(max=100, message="Type just the set-up words.")],
        description="The server printed them when it started.",
    )
    email = EmailField("Your e-mail address", [DataRequired(ADDRESS), _address])


class PersonForm(NameForm):
    """Somebody new."""

    side = RadioField(
        "Side",
        [DataRequired("Choose a side.")],
        choices=[SelectChoice(side.value, side.value.capitalize()) for side in Side],
    )
    email = EmailField(
        "E-mail address",
        [Optional(), _address],
        description="Leave it empty for a member who will use a card. It cannot be read again here.",
    )
    phone = TelField("Phone number", [Optional(), _phone], description="If they want texts. Or leave it empty.")
    is_admin = BooleanField("This person is a programme admin too")
