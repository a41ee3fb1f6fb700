"""The base of every form: clean text, a gentle guard on what may not be stored, dates as people type them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import DateField, HiddenField, StringField, TextAreaField, ValidationError

from coprod.core import words

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%m-%Y", "%d/%m/%y"]
NHS_NUMBER = "This looks like an NHS number. Please take it out. We must not keep it here."
COURT_NUMBER = "This looks like a court number. Please take it out. We must not keep it here."


def clean(typed: str | None) -> str | None:
    """Take away what no database keeps (NUL and lone surrogates) and the space around."""
    if typed is None:
        return None
    return typed.replace("\0", "").encode("utf-8", "ignore").decode().replace("\r\n", "\n").strip()


class Form(FlaskForm):
    """A form that cleans what was typed and never lets a family's numbers through (domain rule 1, R3)."""

    once = HiddenField(default=lambda: str(uuid4()))

    def hidden_tag(self) -> Markup:
        """Print the hidden fields without ids, since a page may hold several forms."""
        return Markup("").join(field(id=False) for field in self if isinstance(field, HiddenField))

    class Meta(FlaskForm.Meta):
        """Clean every text field."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Put the cleaning filter before a text field's own."""
            if issubclass(unbound_field.field_class, StringField):
                options["filters"] = [clean, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **options)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then look through every text for numbers that may not be kept."""
        fine = bool(super().validate(extra_validators))
        texts = [field for field in self if type(field) in (StringField, TextAreaField) and field.data]
        faults = [field for field in texts if not _holds_no_family_number(field)]
        return fine and not faults


def _holds_no_family_number(field: StringField) -> bool:
    faults = [
        fault
        for found, fault in ((words.has_nhs_number, NHS_NUMBER), (words.has_court_number, COURT_NUMBER))
        if found(field.data)
    ]
    field.errors = [*field.errors, *faults]
    return not faults


class DayField(DateField):
    """A day, picked or typed: 2025-11-18, 18/11/2025 or 18 November 2025."""

    def __init__(self, label: str, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, format=DAY_FORMATS, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read any of the ways people write a day, and say kindly when none fits."""
        typed = (clean(" ".join(valuelist)) or "").replace(",", "")
        if not typed:
            self.data = None
            return
        try:
            self.data = read_day(typed)
        except ValueError as error:
            self.data = None
            raise ValueError("Write the day like this: 18 November 2025.") from error


def read_day(typed: str) -> date:
    """Answer the day that was typed in any of the ways people write one; a ValueError where it is none."""
    for shape in DAY_FORMATS:
        try:
            return datetime.strptime(typed, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(typed)


def at_most_words(most: int) -> Callable[[Any, Any], None]:
    """Refuse a text of more words than this."""

    def check(_: Any, field: Any) -> None:
        if words.count(field.data or "") > most:
            raise ValidationError(f"Use {most} words at most. This has {words.count(field.data)}.")

    check.field_flags = {"most_words": most}  # type: ignore[attr-defined]
    return check
