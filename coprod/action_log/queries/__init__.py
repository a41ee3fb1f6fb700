"""Reading the log, its review, and the views somebody keeps of it."""

from coprod.action_log.queries.log import (
    Line,
    Log,
    action_log,
    could_own,
    decision_asked_for,
    every_line,
    owners,
    tables,
    ticked,
)
from coprod.action_log.queries.review import Look, Review, is_in_review, look, one_at, review, time_of_review
from coprod.action_log.queries.sources import decisions_that_led_to
from coprod.action_log.queries.views import own_view, view_named, views_of

__all__ = [
    "Line",
    "Log",
    "Look",
    "Review",
    "action_log",
    "could_own",
    "decision_asked_for",
    "decisions_that_led_to",
    "every_line",
    "is_in_review",
    "look",
    "one_at",
    "own_view",
    "owners",
    "review",
    "tables",
    "ticked",
    "time_of_review",
    "view_named",
    "views_of",
]
