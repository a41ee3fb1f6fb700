"""Numbers as people write them, and what is said beside a field."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from coprod.core.forms import Form, clean
from coprod.outcomes.rules import bringing
from coprod.outcomes.rules.bringing import A_NUMBER, A_WHOLE_NUMBER


class _Typed(Field):
    """A text box that is read as something else, and shows again what was typed."""

    widget = TextInput()
    fault: str
    read: Callable[[str], Any]

    def _value(self) -> str:
        if self.raw_data:
            return clean(str(self.raw_data[0])) or ""
        return "" if self.data is None else f"{self.data:.12g}"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed, or say kindly how to write it."""
        typed = clean(" ".join(valuelist)) or ""
        self.data = None
        if typed:
            try:
                self.data = self.read(typed)
            except ValueError as error:
                raise ValueError(self.fault) from error


class NumberField(_Typed):
    """A number, as people write it: 62, 62%, 1,200 or 4.5."""

    fault, read = A_NUMBER, staticmethod(bringing.number)


class WholeNumberField(_Typed):
    """A whole number of people."""

    fault, read = A_WHOLE_NUMBER, staticmethod(bringing.whole_number)


def blame(form: Form, faults: dict[str, str]) -> bool:
    """Put each sentence beside its field; answer whether there was none."""
    for name, sentence in faults.items():
        form[name].errors = [*form[name].errors, sentence]
    return not faults
