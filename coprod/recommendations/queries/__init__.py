"""Reading recommendations, their votes and what stands beside them."""

from coprod.recommendations.queries.finding import one_seen_by, seen_by, waiting_for
from coprod.recommendations.queries.vote import one_worry_of
from coprod.recommendations.queries.weighing import one_link_of, one_question_of

__all__ = [
    "one_link_of",
    "one_question_of",
    "one_seen_by",
    "one_worry_of",
    "seen_by",
    "waiting_for",
]
