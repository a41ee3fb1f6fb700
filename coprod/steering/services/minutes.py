"""The minutes' notes, and approving them."""

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.steering import rules
from coprod.steering.models import Meeting, MinutesState
from coprod.steering.services.agenda import approve_item
from coprod.steering.services.meetings import hold


def write_minutes(meeting: Meeting, notes: str, *, by: Person) -> None:
    """Add what the minutes do not know by themselves."""
    lock(meeting)
    require(rules.may_write(by, meeting))
    meeting.minutes_notes = notes
    record(by, "wrote the minutes", meeting)


def approve_minutes(meeting: Meeting, at: Meeting, *, by: Person) -> None:
    """Approve a meeting's minutes at a later meeting; from then on nobody changes them."""
    hold(at)
    lock(meeting)
    require(rules.may_approve(by, meeting, at))
    meeting.minutes_state, meeting.minutes_approved_at = MinutesState.APPROVED, at
    approve_item(at, meeting, by=by)
    db.session.flush()
    record(by, "approved the minutes", meeting)
