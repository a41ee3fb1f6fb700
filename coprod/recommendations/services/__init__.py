"""Everything that changes a recommendation, from the first idea to its sending and what comes back."""

from coprod.recommendations.services import leaving
from coprod.recommendations.services.moves import contest, move
from coprod.recommendations.services.sending import submit
from coprod.recommendations.services.suggestions import (
    comment,
    do_not_take,
    settle_comment,
    suggest,
    take,
    take_back,
    take_together,
)
from coprod.recommendations.services.vote import (
    count_vote,
    current_poll,
    follow,
    give_up_vote,
    open_vote,
    record_room_answer,
    talk_it_round,
)
from coprod.recommendations.services.weighing import answer, ask, ask_again, declare, link, unlink, weigh
from coprod.recommendations.services.writing import draft, save

__all__ = [
    "answer",
    "ask",
    "ask_again",
    "comment",
    "contest",
    "count_vote",
    "current_poll",
    "declare",
    "do_not_take",
    "draft",
    "follow",
    "give_up_vote",
    "leaving",
    "link",
    "move",
    "open_vote",
    "record_room_answer",
    "save",
    "settle_comment",
    "submit",
    "suggest",
    "take",
    "take_back",
    "take_together",
    "talk_it_round",
    "unlink",
    "weigh",
]
