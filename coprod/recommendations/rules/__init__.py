"""What a recommendation needs, who may work on it, and the moves it can make (domain rules 21, 24; section 3)."""

from coprod.recommendations.rules.moves import BY_HAND, DECIDED, LIFECYCLE, NOT_AGREED_YET, by_hand
from coprod.recommendations.rules.sending import last_round, round_sent, version_sent, words_for
from coprod.recommendations.rules.texts import WORDS, words_now
from coprod.recommendations.rules.vote import AFTER_THE_COUNT, MOST_WORDS, waits_for_the_room
from coprod.recommendations.rules.weighing import (
    KINDS,
    NINE_THINGS,
    QUESTIONS,
    STRENGTH_MARKS,
    STRENGTHS,
    at_a_glance,
    declared_by,
    is_complete,
    may_ask,
    may_declare,
    missing,
    open_questions,
    still_stands,
)
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
    "KINDS",
    "LIFECYCLE",
    "MOST_WORDS",
    "NINE_THINGS",
    "NOT_AGREED_YET",
    "QUESTIONS",
    "STRENGTHS",
    "STRENGTH_MARKS",
    "VOTED_ON",
    "WORDS",
    "at_a_glance",
    "by_hand",
    "declared_by",
    "is_chair",
    "is_complete",
    "is_facilitator",
    "is_member",
    "last_round",
    "may_ask",
    "may_declare",
    "may_edit",
    "missing",
    "open_questions",
    "round_sent",
    "still_stands",
    "version_sent",
    "waits_for_the_room",
    "wording_is_fixed",
    "words_for",
    "words_now",
]
