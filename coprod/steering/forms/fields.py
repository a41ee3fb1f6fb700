"""Fields and checks the steering group's forms share."""

from datetime import datetime, time
from typing import Any

from wtforms import TimeField, ValidationError
from wtforms.validators import Length

from coprod.core.clock import today
from coprod.core.forms import clean

YEARS_AHEAD = 5


TIMES = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H:%M:%S")


SOME = Length(max=1000, message="Use 1,000 letters at most.")


def not_far(_: Any, field: Any) -> None:
    """Refuse a day so far ahead that it must be a slip."""
    if field.data and field.data.year > today().year + YEARS_AHEAD:
        raise ValidationError(f"This is more than {YEARS_AHEAD} years ahead. Look at the year again.")


class ClockField(TimeField):
    """A time of day, picked or typed: 10:00, 10am, 6.30pm."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read any of the ways people write a time, and say kindly when none fits."""
        typed = (clean(" ".join(valuelist)) or "").replace(" ", "").lower()
        self.data = next((found for found in (_read_time(typed, shape) for shape in TIMES) if found), None)
        if typed and self.data is None:
            raise ValueError("Write the time like this: 10am or 18:30.")


def _read_time(typed: str, shape: str) -> time | None:
    try:
        return datetime.strptime(typed, shape).time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        return None
