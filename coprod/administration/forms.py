"""The word that confirms what cannot be undone."""

from typing import Any

from wtforms import StringField, ValidationError

from coprod.administration.rules import CONFIRMING
from coprod.core.forms import Form


class RemoveDemonstrationForm(Form):
    """Typed, so that it does not happen by a slip."""

    word = StringField("To go on, type: " + CONFIRMING)

    def validate_word(self, field: Any) -> None:
        """Refuse anything else."""
        if (field.data or "").casefold() != CONFIRMING:
            raise ValidationError(f"Type these words, and nothing else: {CONFIRMING}")
