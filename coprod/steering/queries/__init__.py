"""Reading the steering group's meetings, decisions, replies and action log."""

from coprod.steering.queries.chair import ChairView, chair_view
from coprod.steering.queries.log import Line, Log, action_log
from coprod.steering.queries.meetings import (
    is_planned,
    meeting_seen_by,
    meetings_seen_by,
    next_meeting,
    open_meeting,
    steering_of,
    tables_of,
)
from coprod.steering.queries.register import (
    PUT_OFF,
    corrected_by,
    decision_seen_by,
    decisions_at,
    decisions_of,
    decisions_on,
    decisions_seen_by,
    decisions_where,
    put_off_until,
    visible_to,
)
from coprod.steering.queries.replies import (
    LONGEST_HOLIDAY,
    OwedReply,
    holidays_after,
    owed_replies,
    owed_to_groups_of,
    reply_due,
)

__all__ = [
    "LONGEST_HOLIDAY",
    "PUT_OFF",
    "ChairView",
    "Line",
    "Log",
    "OwedReply",
    "action_log",
    "chair_view",
    "corrected_by",
    "decision_seen_by",
    "decisions_at",
    "decisions_of",
    "decisions_on",
    "decisions_seen_by",
    "decisions_where",
    "holidays_after",
    "is_planned",
    "meeting_seen_by",
    "meetings_seen_by",
    "next_meeting",
    "open_meeting",
    "owed_replies",
    "owed_to_groups_of",
    "put_off_until",
    "reply_due",
    "steering_of",
    "tables_of",
    "visible_to",
]
