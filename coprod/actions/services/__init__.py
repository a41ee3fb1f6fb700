"""Everything that changes an action, who may own one without an account, and who is told when."""

from coprod.actions.services.bringing import Kept, bring_in_actions
from coprod.actions.services.doing import (
    agree_done,
    cancel,
    find_not_done,
    hand_over,
    move_date,
    note,
    open_action,
    reopen,
    say_done,
    stop_repeating,
)
from coprod.actions.services.outside import outside_owner
from coprod.actions.services.telling import escalate_late, remind_due

__all__ = [
    "Kept",
    "agree_done",
    "bring_in_actions",
    "cancel",
    "escalate_late",
    "find_not_done",
    "hand_over",
    "move_date",
    "note",
    "open_action",
    "outside_owner",
    "remind_due",
    "reopen",
    "say_done",
    "stop_repeating",
]
