"""Whom a member chooses to help her."""

from typing import Any

from wtforms import EmailField, ValidationError
from wtforms.validators import Optional

from coprod.people.forms import ADDRESS, NameForm
from coprod.people.rules import looks_like_address


class SupporterForm(NameForm):
    """A name, and an e-mail address where there is one."""

    email = EmailField("Their e-mail address", [Optional()], description="Leave it empty if you will give them a card.")

    def validate_email(self, field: Any) -> None:
        """Ask for the shape of an address."""
        if not looks_like_address(field.data or ""):
            raise ValidationError(ADDRESS)
