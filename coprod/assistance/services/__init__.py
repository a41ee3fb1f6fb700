"""Everything that is done for a member who asks, and taken back by her. A vote is not among it."""

from coprod.assistance.services.acts import (
    answer,
    answer_offer,
    change_needs,
    change_never_times,
    change_reach,
    say_coming,
    say_yes,
    stop_texts,
    take_back,
)
from coprod.assistance.services.doings import DOINGS

__all__ = [
    "DOINGS",
    "answer",
    "answer_offer",
    "change_needs",
    "change_never_times",
    "change_reach",
    "say_coming",
    "say_yes",
    "stop_texts",
    "take_back",
]
