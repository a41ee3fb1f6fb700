"""Reading recommendations, their votes and what stands beside them."""

from coprod.recommendations.queries.finding import (
    of_group,
    one_seen_at_its_table,
    one_seen_by,
    seen_by,
    several_seen_by,
    titles_sent,
    waiting_for,
    with_evidence,
)
from coprod.recommendations.queries.in_words import InWords, Told, in_words, tells_in_words
from coprod.recommendations.queries.vote import rolls_before, round_of
from coprod.recommendations.queries.weighing import one_link_of, one_question_of
from coprod.recommendations.queries.writing import one_comment_seen_by, one_suggestion_seen_by

__all__ = [
    "InWords",
    "Told",
    "in_words",
    "of_group",
    "one_comment_seen_by",
    "one_link_of",
    "one_question_of",
    "one_seen_at_its_table",
    "one_seen_by",
    "one_suggestion_seen_by",
    "rolls_before",
    "round_of",
    "seen_by",
    "several_seen_by",
    "tells_in_words",
    "titles_sent",
    "waiting_for",
    "with_evidence",
]
