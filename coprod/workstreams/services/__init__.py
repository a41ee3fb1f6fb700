"""Making tables, asking people to them, checking them, and moving both on."""

from coprod.workstreams.services.checks import (
    ask_apart,
    check_separation,
    confirm_no_family_case,
    forget_requests,
    settle_places,
    take_back_apart,
)
from coprod.workstreams.services.moves import move_stream, settle_table
from coprod.workstreams.services.places import (
    PLACE,
    call_me,
    end_place,
    invite,
    invite_again,
    leave,
    leave_everywhere,
    move,
    rang,
    reseat,
    send_invitation,
    when_left,
)
from coprod.workstreams.services.tables import call, create, hold, look_for

__all__ = [
    "PLACE",
    "ask_apart",
    "call",
    "call_me",
    "check_separation",
    "confirm_no_family_case",
    "create",
    "end_place",
    "forget_requests",
    "hold",
    "invite",
    "invite_again",
    "leave",
    "leave_everywhere",
    "look_for",
    "move",
    "move_stream",
    "rang",
    "reseat",
    "send_invitation",
    "settle_places",
    "settle_table",
    "take_back_apart",
    "when_left",
]
