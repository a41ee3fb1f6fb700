"""Pages about votes: opening and running one, the ballot, what is asked after it, and what is read of it."""

from coprod.voting.views import (
    afterwards,
    ballot,
    by_link,
    choosing,
    opening,
    paper,
    passing_on,
    results,
    running,
    statement_ballot,
)
from coprod.voting.views.blueprint import bp

__all__ = [
    "afterwards",
    "ballot",
    "bp",
    "by_link",
    "choosing",
    "opening",
    "paper",
    "passing_on",
    "results",
    "running",
    "statement_ballot",
]
