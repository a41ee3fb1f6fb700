"""Everything that changes a meeting, a decision or a reply."""

from coprod.steering.services.deciding import FirstAction, Words, correct, decide, follow_up
from coprod.steering.services.meetings import close_meeting, hold, open_meeting, plan_meeting, tick
from coprod.steering.services.register import review
from coprod.steering.services.replies import send_reply

__all__ = [
    "FirstAction",
    "Words",
    "close_meeting",
    "correct",
    "decide",
    "follow_up",
    "hold",
    "open_meeting",
    "plan_meeting",
    "review",
    "send_reply",
    "tick",
]
