"""Who is in the room, whether they can decide, and where a meeting has got to (domain rule 22)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from coprod.actions.rules import leads
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person, Side
from coprod.steering.models import Meeting, MeetingState
from coprod.workstreams.rules import is_chair, on_side, seated

LIVED_NEEDED = 2


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


def quorum(meeting: Meeting) -> Quorum:
    """Count who is here now of those who sit at the table now."""
    members = seated(meeting.workstream)
    here = {presence.membership_id for presence in meeting.present}
    present = [held for held in members if held.id in here]
    return Quorum(len(members), len(present), len(on_side(present, Side.LIVED)))


def chair_of(person: Person, meeting: Meeting) -> Answer:
    """The chair of the table that meets."""
    return is_chair(person, meeting.workstream)


MEETINGS = Lifecycle[Meeting](
    [
        Move("opened", frozenset({MeetingState.PLANNED}), MeetingState.OPEN, chair_of, "Open the meeting"),
        Move("closed", frozenset({MeetingState.OPEN}), MeetingState.CLOSED, chair_of, "Close the meeting"),
    ]
)


def may_tick(person: Person, meeting: Meeting) -> Answer:
    """The chair or a facilitator says who is in the room, until the meeting is closed."""
    over = no("The meeting is closed.") if meeting.state == MeetingState.CLOSED else YES
    return leads(person, meeting.workstream) & over


def can_decide(person: Person, meeting: Meeting) -> Answer:
    """The chair may record a decision of an open meeting with enough people in the room."""
    is_open = YES if meeting.state == MeetingState.OPEN else no(f"The meeting is {meeting.state}. Open it first.")
    if meeting.state == MeetingState.CLOSED:
        is_open = no("The meeting is closed, so nothing more can be decided in it.")
    return chair_of(person, meeting) & is_open & quorum(meeting).answer


def end_of_month(day: date) -> date:
    """Answer the last day of this day's month: what is put off until a day in it is on that month's list."""
    return day.replace(day=monthrange(day.year, day.month)[1])
