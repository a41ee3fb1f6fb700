"""What the home page of somebody on the steering group begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coprod.recommendations.models import Recommendation
from coprod.recommendations.queries import waiting_for
from coprod.steering import rules
from coprod.steering.models import Decision, GroupQuestion, Meeting
from coprod.steering.queries.answers import questions_to
from coprod.steering.queries.meetings import contested_at, last_meeting, next_meeting
from coprod.steering.queries.register import put_off_until
from coprod.steering.queries.replies import OwedReply, owed_replies
from coprod.workstreams.models import Workstream


@dataclass(frozen=True)
class ChairView:
    """What the home page of somebody on the steering group begins with."""

    next_meeting: Meeting | None
    to_decide: Sequence[Recommendation]
    put_off: Sequence[Decision]
    owed: list[OwedReply]
    contested: Sequence[Recommendation]
    questions: Sequence[GroupQuestion]
    last_meeting: Meeting | None


def chair_view(steering: Workstream, today: date) -> ChairView:
    """Gather what needs this person now, in a fixed number of statements."""
    meeting = next_meeting(steering)
    return ChairView(
        next_meeting=meeting,
        to_decide=waiting_for(steering),
        put_off=put_off_until(steering, rules.end_of_month(meeting.on if meeting else today)),
        owed=owed_replies(steering, today),
        contested=contested_at(steering),
        questions=questions_to(steering),
        last_meeting=last_meeting(steering),
    )
