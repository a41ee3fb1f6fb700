"""Planning, opening and closing a meeting, and saying who is there."""

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import select

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation
from coprod.steering import queries, rules
from coprod.steering.models import Attended, Meeting, MeetingState, Presence
from coprod.steering.services import agenda
from coprod.steering.services.holding import hold
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.rules import is_chair, seated


def plan_meeting(steering: Workstream, on: date, starts_at: time, place: str = "", *, by: Person) -> Meeting:
    """Set a day for the steering group to meet."""
    require(is_chair(by, steering))
    lock(steering)
    if queries.is_planned(steering, on):
        require(no("There is a meeting on that day already."))
    meeting = Meeting(workstream=steering, on=on, starts_at=starts_at, place=place)
    db.session.add(meeting)
    db.session.flush()
    record(by, "planned", meeting)
    agenda.build_agendas(steering)
    return meeting


def open_meeting(meeting: Meeting, *, by: Person) -> None:
    """Begin; what was put off until this month is waiting for an answer again (domain rule 24)."""
    lock(meeting.workstream)
    require(rules.may_open(by, meeting, queries.open_meeting(meeting.workstream)))
    _move(meeting, "opened", by=by)
    for decision in queries.put_off_until(meeting.workstream, rules.end_of_month(meeting.on)):
        _bring_back(decision.recommendation, by=by)
    for asked in queries.contested_at(meeting.workstream):
        _bring_back(asked, by=by)
    agenda.build_agenda(meeting, by=by)
    _keep_who_came(meeting)
    agenda.build_agendas(meeting.workstream)


def _bring_back(asked: Recommendation, *, by: Person) -> None:
    lock(asked)
    recommendations.move(asked, "brought back", by=by)


def close_meeting(meeting: Meeting, why_undecided: str = "", *, by: Person) -> None:
    """End it with nothing undecided; what too few were there for goes to the next meeting, with the reason."""
    hold(meeting)
    if rules.left_over(meeting):
        meeting.why_undecided = why_undecided
    require(rules.MEETINGS.may(by, "closed", meeting))
    agenda.carry_over_the_rest(meeting, by=by)
    _move(meeting, "closed", by=by)
    meeting.closed_on = today()
    db.session.flush()
    agenda.build_agendas(meeting.workstream)


def _move(meeting: Meeting, name: str, *, by: Person) -> None:
    lock(meeting)
    before, after = rules.MEETINGS.make(by, name, meeting)
    record(by, name, meeting, before=before, after=after)


def tick(meeting: Meeting, here: Sequence[Membership], *, by: Person) -> None:
    """Say who is in the room now; why somebody is not is never asked (domain rule 20)."""
    hold(meeting)
    require(rules.may_tick(by, meeting))
    wanted = {held.id for held in here}
    kept = [presence for presence in meeting.present if presence.membership_id in wanted]
    known = {presence.membership_id for presence in kept}
    for gone in set(meeting.present) - set(kept):
        db.session.delete(gone)
    come = [held for held in seated(meeting.workstream) if held.id in wanted - known]
    meeting.present = [*kept, *(Presence(membership=held) for held in come)]
    db.session.flush()
    _keep_who_came(meeting)
    record(by, "ticked who is there", meeting)


def _keep_who_came(meeting: Meeting) -> None:
    """Keep for the minutes who was there at some time; when somebody left is nobody's business."""
    if meeting.state != MeetingState.OPEN:
        return
    known = set(db.session.scalars(select(Attended.membership_id).where(Attended.meeting_id == meeting.id)))
    come = {presence.membership_id for presence in meeting.present} - known
    db.session.add_all(Attended(meeting_id=meeting.id, membership_id=key) for key in come)
    db.session.flush()
