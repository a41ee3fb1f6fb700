"""Who writes the minutes' notes, and how the next meeting approves them."""

from collections.abc import Collection
from uuid import UUID

from coprod.actions.rules import leads
from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.steering.models import ItemKind, Meeting, MeetingItem, MeetingState, MinutesState
from coprod.steering.rules.meetings import can_decide, chair_of


def may_write(person: Person, meeting: Meeting) -> Answer:
    """The chair or a facilitator adds notes, from the beginning of a meeting until its minutes are approved."""
    begun = no("The minutes begin with the meeting.") if meeting.state == MeetingState.PLANNED else YES
    draft = YES if meeting.minutes_state == MinutesState.DRAFT else no("The minutes are approved, so they stay.")
    return leads(person, meeting.workstream) & begun & draft


def may_take_off_who_came(person: Person, meeting: Meeting, place: UUID, deciders: Collection[UUID]) -> Answer:
    """Who writes the minutes takes a name off that was ticked by mistake, unless that person is here or decided."""
    here = meeting.state == MeetingState.OPEN and any(one.membership_id == place for one in meeting.present)
    left = no("They are ticked as here now. Take the tick away first.") if here else YES
    decided = no("They decided something at this meeting, so their name stays.") if place in deciders else YES
    return may_write(person, meeting) & left & decided


def item_about(at: Meeting, meeting: Meeting) -> MeetingItem | None:
    """Find the item at which one meeting takes up the minutes of another."""
    return next((item for item in at.items if item.kind == ItemKind.MINUTES and item.thing_id == meeting.id), None)


def may_approve_now(person: Person, meeting: Meeting, at: Meeting | None) -> Answer:
    """Minutes are approved at a meeting that is open."""
    if at is None:
        return chair_of(person, meeting) & no("Minutes are approved at the next meeting, once it is open.")
    return may_approve(person, meeting, at)


def may_approve(person: Person, meeting: Meeting, at: Meeting) -> Answer:
    """A later meeting of the same table, with enough people there, approves the minutes of a meeting that is over."""
    ours = YES if at.workstream_id == meeting.workstream_id else no("These are the minutes of another table.")
    over = YES if meeting.state == MeetingState.CLOSED else no("This meeting is not over yet.")
    draft = YES if meeting.minutes_state == MinutesState.DRAFT else no("The minutes are approved already.")
    return can_decide(person, at, item_about(at, meeting)) & ours & over & draft
