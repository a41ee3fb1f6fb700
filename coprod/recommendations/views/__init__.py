"""Pages about recommendations: from an idea to what is sent to the steering group."""

from coprod.recommendations.views import (
    comments,
    evidence,
    questions,
    sending,
    showing,
    suggestions,
    versions,
    vote,
    writing,
)
from coprod.recommendations.views.blueprint import bp

__all__ = [
    "bp",
    "comments",
    "evidence",
    "questions",
    "sending",
    "showing",
    "suggestions",
    "versions",
    "vote",
    "writing",
]
