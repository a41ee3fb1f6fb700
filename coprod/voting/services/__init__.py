"""Opening, answering, closing and counting a vote, and what the group does with its result (B1-B16)."""

from coprod.voting.services.afterwards import (
    move_worry,
    record_hands,
    record_room_answer,
    settle_tie,
    void,
    write_minority_view,
)
from coprod.voting.services.answering import cast, cast_picks, cast_views, raise_worry
from coprod.voting.services.burning import finish_interrupted_deletions, finish_wiping, here_engine, key_folder
from coprod.voting.services.counting import close, close_and_count, count_due, when_counted
from coprod.voting.services.opening import LONGEST, draft, open_vote
from coprod.voting.services.paper import count_paper
from coprod.voting.services.telling import VOTE

__all__ = [
    "LONGEST",
    "VOTE",
    "cast",
    "cast_picks",
    "cast_views",
    "close",
    "close_and_count",
    "count_due",
    "count_paper",
    "draft",
    "finish_interrupted_deletions",
    "finish_wiping",
    "here_engine",
    "key_folder",
    "move_worry",
    "open_vote",
    "raise_worry",
    "record_hands",
    "record_room_answer",
    "settle_tie",
    "void",
    "when_counted",
    "write_minority_view",
]
