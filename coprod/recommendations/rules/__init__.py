"""What a recommendation needs, who may work on it, and the moves it can make (domain rules 21, 24; section 3)."""

from coprod.recommendations.rules.moves import BY_HAND, DECIDED, LIFECYCLE, NOT_AGREED_YET, by_hand
from coprod.recommendations.rules.vote import AFTER_THE_COUNT, MOST_WORDS, waits_for_the_room
from coprod.recommendations.rules.weighing import NINE_THINGS, is_complete, missing
from coprod.recommendations.rules.who import (
    BEING_WRITTEN,
    VOTED_ON,
    is_chair,
    is_facilitator,
    is_member,
    may_edit,
    wording_is_fixed,
)

__all__ = [
    "AFTER_THE_COUNT",
    "BEING_WRITTEN",
    "BY_HAND",
    "DECIDED",
    "LIFECYCLE",
    "MOST_WORDS",
    "NINE_THINGS",
    "NOT_AGREED_YET",
    "VOTED_ON",
    "by_hand",
    "is_chair",
    "is_complete",
    "is_facilitator",
    "is_member",
    "may_edit",
    "missing",
    "waits_for_the_room",
    "wording_is_fixed",
]
