"""The outbox: a message is written down with its cause, and sent by the sender alone, once (O1-O3)."""

from coprod.messages.services.outbox import (
    announce,
    done_by_hand,
    queue,
    queue_all,
    withdraw,
    withdraw_all,
    withdraw_what_is_wrong,
)
from coprod.messages.services.reach import reach_of, set_reach
from coprod.messages.services.sending import address_of, longest_link, send_due
from coprod.messages.services.wording import reset_wording, set_wording

__all__ = [
    "address_of",
    "announce",
    "done_by_hand",
    "longest_link",
    "queue",
    "queue_all",
    "reach_of",
    "reset_wording",
    "send_due",
    "set_reach",
    "set_wording",
    "withdraw",
    "withdraw_all",
    "withdraw_what_is_wrong",
]
