"""What changes a group's library, its testimonies and its reviews."""

from coprod.evidence.services.library import add, delete, edit, hold, when_changed
from coprod.evidence.services.reviews import (
    add_find,
    add_search,
    begin_review,
    conclude,
    include,
    leave_out,
    put_back,
)
from coprod.evidence.services.testimony import (
    end,
    finish_wiping,
    make_up_for_a_crash,
    when_gone,
    withdraw,
    withdraw_again,
    withdraw_all_of,
)

__all__ = [
    "add",
    "add_find",
    "add_search",
    "begin_review",
    "conclude",
    "delete",
    "edit",
    "end",
    "finish_wiping",
    "hold",
    "include",
    "leave_out",
    "make_up_for_a_crash",
    "put_back",
    "when_changed",
    "when_gone",
    "withdraw",
    "withdraw_again",
    "withdraw_all_of",
]
