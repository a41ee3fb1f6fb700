"""Pages about recommendations: from an idea to what is sent to the steering group."""

from coprod.recommendations.views import evidence, questions, sending, showing, vote, writing
from coprod.recommendations.views.blueprint import bp

__all__ = ["bp", "evidence", "questions", "sending", "showing", "vote", "writing"]
