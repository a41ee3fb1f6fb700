"""The minutes' notes, and approving them."""

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.steering import queries, rules
from coprod.steering.models import Attended, Meeting, MinutesState
from coprod.steering.services.agenda import approve_item
from coprod.steering.services.holding import hold


def write_minutes(meeting: Meeting, notes: str, read: str = "", *, by: Person) -> None:
    """Put these words in the place of those that were read, or raise Overtaken where others stand there now (R4)."""
    lock(meeting)
    require(rules.may_write(by, meeting))
    if meeting.minutes_notes not in (read, notes):
        raise Overtaken
    meeting.minutes_notes = notes
    record(by, "wrote the minutes", meeting)


def take_off_who_came(came: Attended, meeting: Meeting, *, by: Person) -> None:
    """Take a name off “Who was there” that was ticked by mistake, while the minutes are a draft."""
    hold(meeting)
    require(rules.may_take_off_who_came(by, meeting, came.membership_id, queries.deciders_at(meeting)))
    db.session.delete(came)
    db.session.flush()
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
