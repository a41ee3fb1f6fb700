"""What people type about a programme's calendar."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from flask_wtf.file import FileField
from wtforms import SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core import words
from coprod.core.answers import YES, Answer
from coprod.core.clock import today
from coprod.core.forms import DayField, Form, read_day
from coprod.people.models import Person
from coprod.programmes.rules import pence

LONGEST_NAME = 120
LONGEST_HOLIDAY = timedelta(70)
MOST_BYTES, MOST_FAULTS = 100_000, 5


def a_day(_: Any, field: Any) -> None:
    """Ask for a day where none was given; what could not be read has its own sentence."""
    if field.data is None and not field.process_errors:
        raise ValidationError("Give the day.")


def not_to_come(_: Any, field: Any) -> None:
    """Refuse a day that is still to come."""
    if field.data is not None and field.data > today():
        raise ValidationError("That day is still to come. Give the day it was done.")


class SignOffForm(Form):
    """Who receives concerns, who pays people, and which papers are signed and published."""

    lead = SelectField(
        "Safeguarding lead",
        description="Every concern goes to this person",
        invalid_choice_message="Choose one of these.",
    )
    deputy = SelectField(
        "Deputy",
        description="Is told when the lead has not answered within 30 minutes",
        invalid_choice_message="Choose one of these.",
    )
    officer = SelectField(
        "Payments officer",
        default="",
        description="Pays people, and alone reads how. Not a programme admin, the lead or the deputy",
        invalid_choice_message="Choose one of these.",
    )
    data_protection = DayField("Data protection was signed off on", [not_to_come])
    accessibility = DayField("The accessibility statement was published on", [not_to_come])

    def __init__(self, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {str(person.id): person for person in people}
        choices = [SelectChoice("", "Nobody yet"), *(SelectChoice(str(one.id), one.alias) for one in people)]
        self.lead.choices = self.deputy.choices = self.officer.choices = choices

    @property
    def named(self) -> tuple[Person | None, Person | None]:
        """Answer who is chosen as lead and as deputy."""
        return self.people.get(self.lead.data), self.people.get(self.deputy.data)

    @property
    def pays(self) -> Person | None:
        """Answer who is chosen to pay people."""
        return self.people.get(self.officer.data)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """Answer the two days."""
        return self.data_protection.data, self.accessibility.data

    def fits(self, *answers: Answer, officer: Answer = YES) -> bool:
        """Say beside the deputy, or the payments officer, what does not fit, and answer whether all does."""
        self.deputy.errors = [answer.reason for answer in answers if not answer]
        self.officer.errors = [] if officer else [officer.reason]
        return not (self.deputy.errors or self.officer.errors)


class HolidayForm(Form):
    """A run of school days off."""

    what = StringField(
        "Which holiday?",
        [DataRequired("Say which holiday."), Length(max=LONGEST_NAME, message="Use 120 letters at most.")],
    )
    first = DayField("First day off", [a_day])
    last = DayField("Last day off", [a_day])

    def validate_last(self, field: Any) -> None:
        """Refuse a holiday that ends before it begins, or is longer than any."""
        if not (self.first.data and field.data):
            return
        if field.data < self.first.data:
            raise ValidationError("The last day comes before the first. Change one of them.")
        if field.data - self.first.data > LONGEST_HOLIDAY:
            raise ValidationError("This is longer than ten weeks. Change one of the days.")

    @property
    def days(self) -> tuple[date, date]:
        """Answer the first and the last day, once both are known to be there."""
        return cast(date, self.first.data), cast(date, self.last.data)

    def is_new(self, known: bool) -> bool:
        """Say so where this holiday is in the calendar already, and answer whether it is not."""
        if known:
            self.what.errors = ["This holiday is in the calendar already."]
        return not known


class DaysOff(NamedTuple):
    """One line of a file of holidays."""

    what: str
    first: date
    last: date


class HolidayFileForm(Form):
    """A file with several holidays: all of it, or nothing and why."""

    file = FileField("A file with several")
    found: Sequence[DaysOff] = ()

    def validate_file(self, field: Any) -> None:
        """Read every line, and name each that does not fit."""
        lines = _lines_of(field.data.read(MOST_BYTES + 1) if field.data else b"")
        faults = [f"Line {number}: {fault}" for number, line in lines if (fault := _fault_of(line))]
        if faults:
            raise ValidationError(" ".join(faults[:MOST_FAULTS]))
        self.found = [_days_off(line) for _, line in lines]


def _lines_of(content: bytes) -> list[tuple[int, list[str]]]:
    if len(content) > MOST_BYTES:
        raise ValidationError("This file is too large to be a list of holidays.")
    try:
        text = content.decode("utf-8-sig").replace("\0", "")
        cells = [[cell.strip() for cell in line] for line in csv.reader(text.splitlines())]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValidationError("This file cannot be read. Save it as CSV, and choose it again.") from error
    lines = [(number, line) for number, line in enumerate(cells, 1) if any(line)]
    if not lines:
        raise ValidationError("Choose a file with a holiday on each line.")
    return lines


def _days_off(line: list[str]) -> DaysOff:
    what, first, last = line
    return DaysOff(what, read_day(first), read_day(last))


def _fault_of(line: list[str]) -> str:
    try:
        found = _days_off(line)
    except ValueError:
        return "write it like this: Autumn half term, 27/10/2025, 31/10/2025."
    if not found.what or len(found.what) > LONGEST_NAME or words.has_nhs_number(found.what):
        return f"say which holiday, in {LONGEST_NAME} letters at most."
    fits = timedelta(0) <= found.last - found.first <= LONGEST_HOLIDAY
    return "" if fits else "the last day is before the first, or more than ten weeks after it."


class ProgrammeForm(Form):
    """A new programme."""

    name = StringField(
        "What is it called?",
        [DataRequired("Give the programme a name."), Length(max=80, message="Use 80 letters at most.")],
    )
    partnership = StringField(
        "Whose programme is it?",
        [DataRequired("Say whose programme it is."), Length(max=80, message="Use 80 letters at most.")],
        description="For example, the council and the health partnership of a town",
    )


SUM = "Write the pounds like this: 12.50"


class RateForm(Form):
    """What is paid, for which work, and from which day on."""

    what = StringField(
        "What is it paid for?",
        [DataRequired("Say what it is paid for."), Length(max=80, message="Use 80 letters at most.")],
    )
    pounds = StringField("How many pounds?", [DataRequired(SUM)])
    valid_from = DayField("From which day on?", [a_day])

    def validate_pounds(self, field: Any) -> None:
        """Refuse what is no sum."""
        if field.data and pence(field.data) is None:
            raise ValidationError(SUM)

    @property
    def day(self) -> date:
        """Answer the day, once it is known to be there."""
        return cast(date, self.valid_from.data)

    @property
    def pence(self) -> int:
        """Answer the sum, once it is known to be one."""
        return pence(self.pounds.data or "") or 0

    def fits(self, answer: Answer) -> bool:
        """Say beside the day what does not fit, and answer whether it does."""
        self.valid_from.errors = [] if answer else [answer.reason]
        return bool(answer)
