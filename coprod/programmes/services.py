"""Moving a programme on, and keeping the calendar of school holidays."""

from datetime import date

from coprod.core.answers import no, require
from coprod.core.db import db
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.programmes.models import Holiday, HolidayKind, Programme
from coprod.programmes.rules import LIFECYCLE, is_admin


def move(programme: Programme, name: str, *, by: Person) -> None:
    """Make one of the lifecycle's moves, and write it down."""
    before, after = LIFECYCLE.make(by, name, programme)
    record(by, name, programme, before=before, after=after)


def add_school_holiday(what: str, first: date, last: date, *, by: Person) -> Holiday:
    """Put a run of school days off into the calendar."""
    require(is_admin(by))
    if last < first:
        require(no("A holiday ends on or after the day it begins."))
    holiday = Holiday(kind=HolidayKind.SCHOOL, first=first, last=last, what=what, sources=[])
    db.session.add(holiday)
    db.session.flush()
    record(by, "added", holiday)
    return holiday
