"""Who is in the room, whether they can decide, and where a meeting has got to (domain rule 22)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from coprod.actions.rules import leads
from coprod.core import words
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation
from coprod.steering.models import Decision, ItemKind, ItemState, Meeting, MeetingItem, MeetingState
from coprod.workstreams.models import Membership
from coprod.workstreams.rules import is_chair, on_side, seated

LIVED_NEEDED = 2
TO_ANSWER = frozenset({ItemKind.RECOMMENDATION, ItemKind.PUT_OFF, ItemKind.CONTESTED})
"""What a group waits to hear about."""
TO_DECIDE = TO_ANSWER | {ItemKind.MINUTES}


@dataclass(frozen=True)
class Quorum:
    """Who is in the room, of how many: half the members, two of them with lived experience (domain rule 22)."""

    members: int
    present: int
    lived: int

    @property
    def needed(self) -> int:
        """Answer how many people are half."""
        return (self.members + 1) // 2

    @property
    def others(self) -> int:
        """Answer how many are here who are not here for their lived experience."""
        return self.present - self.lived

    @property
    def absent(self) -> int:
        """Answer how many places are empty."""
        return self.members - self.present

    @property
    def answer(self) -> Answer:
        """Answer whether these people can decide."""
        if self.present < self.needed:
            return no(f"{self.present} of {self.members} are here. {self.needed} are needed to decide.")
        if self.lived < LIVED_NEEDED:
            return no(f"{self.lived} with lived experience here. {LIVED_NEEDED} are needed to decide.")
        return YES

    @property
    def words(self) -> str:
        """Say it, the answer first."""
        return "This meeting can decide" if self.answer else "This meeting cannot decide yet"

    @property
    def detail(self) -> str:
        """Say how that comes about."""
        have = "has" if self.lived == 1 else "have"
        here = f"{self.present} of {self.members} are here; half is {self.needed}."
        return f"{here} {self.lived} {have} lived experience; {LIVED_NEEDED} are needed."


def staying(meeting: Meeting, item: MeetingItem | None = None) -> list[Membership]:
    """List who is in the room now, and stays there for this item."""
    here = {presence.membership_id for presence in meeting.present}
    gone = {interest.membership_id for interest in item.interests if interest.leaves} if item else set()
    return [held for held in seated(meeting.workstream) if held.id in here - gone]


def quorum(meeting: Meeting, item: MeetingItem | None = None) -> Quorum:
    """Count who is here now, and stays for this item, of those who sit at the table now."""
    present = staying(meeting, item)
    return Quorum(len(seated(meeting.workstream)), len(present), len(on_side(present, Side.LIVED)))


def chair_of(person: Person, meeting: Meeting) -> Answer:
    """The chair of the table that meets."""
    return is_chair(person, meeting.workstream)


def item_on(meeting: Meeting, recommendation: Recommendation) -> MeetingItem | None:
    """Find the item at which a meeting answers a recommendation."""
    found = (item for item in meeting.items if item.recommendation_id == recommendation.id and item.kind in TO_ANSWER)
    return next(found, None)


def item_to_correct_at(meeting: Meeting, decision: Decision) -> MeetingItem | None:
    """Find the item at which a meeting corrects a decision: where it is looked at again, or where it was decided."""
    about = (
        item
        for item in meeting.items
        if item.decision_id == decision.id or (item.kind == ItemKind.REVIEW and item.thing_id == decision.id)
    )
    return next(about, None) or item_on(meeting, decision.recommendation)


def waiting(meeting: Meeting) -> list[MeetingItem]:
    """List the items a meeting has not dealt with."""
    return [item for item in meeting.items if item.state == ItemState.WAITING]


def still_to_settle(meeting: Meeting) -> list[MeetingItem]:
    """List the items not dealt with which those in the room can deal with."""
    return [item for item in waiting(meeting) if quorum(meeting, item).answer]


def left_over(meeting: Meeting) -> list[MeetingItem]:
    """List the items not dealt with for which too few are here; the next meeting takes them up."""
    return [item for item in waiting(meeting) if not quorum(meeting, item).answer]


def is_settled(meeting: Meeting) -> Answer:
    """Nothing that can be decided is left undecided at the end of a meeting."""
    first = next(iter(still_to_settle(meeting)), None)
    if first is None:
        return YES
    if first.kind in TO_DECIDE:
        return no(f"“{first.title}” still waits. It needs an answer before the meeting closes.")
    return no(f"“{first.title}” still waits. Say what was said, or carry it over.")


def can_end(person: Person, meeting: Meeting) -> Answer:
    """The chair can end an open meeting when nothing is left that can be decided."""
    is_open = YES if meeting.state == MeetingState.OPEN else no(f"The meeting is {meeting.state}.")
    return chair_of(person, meeting) & is_open & is_settled(meeting)


def may_close(person: Person, meeting: Meeting) -> Answer:
    """The chair ends a meeting with nothing undecided; where too few are left to decide, with the reason for that."""
    told = YES
    if left_over(meeting) and not meeting.why_undecided:
        told = no("Too few are here to decide what is left. Say why the meeting ends now.")
    return chair_of(person, meeting) & is_settled(meeting) & told


MEETINGS = Lifecycle[Meeting](
    [
        Move("opened", frozenset({MeetingState.PLANNED}), MeetingState.OPEN, chair_of, "Open the meeting"),
        Move("closed", frozenset({MeetingState.OPEN}), MeetingState.CLOSED, may_close, "Close the meeting"),
    ]
)


def may_open(person: Person, meeting: Meeting, going_on: Meeting | None) -> Answer:
    """The chair opens one meeting of a table at a time: what waits is dealt with at the one that is going on."""
    alone = YES if going_on is None else no(f"Close the meeting of {words.long_date(going_on.on)} first. It is open.")
    return MEETINGS.may(person, "opened", meeting) & alone


def may_tick(person: Person, meeting: Meeting) -> Answer:
    """The chair or a facilitator says who is in the room, until the meeting is closed."""
    over = no("The meeting is closed.") if meeting.state == MeetingState.CLOSED else YES
    return leads(person, meeting.workstream) & over


def can_decide(person: Person, meeting: Meeting, item: MeetingItem | None = None) -> Answer:
    """The chair may record a decision of an open meeting with enough people in the room."""
    is_open = YES if meeting.state == MeetingState.OPEN else no(f"The meeting is {meeting.state}. Open it first.")
    if meeting.state == MeetingState.CLOSED:
        is_open = no("The meeting is closed, so nothing more can be decided in it.")
    return chair_of(person, meeting) & is_open & quorum(meeting, item).answer


def end_of_month(day: date) -> date:
    """Answer the last day of this day's month: what is put off until a day in it is on that month's list."""
    return day.replace(day=monthrange(day.year, day.month)[1])
