"""Pages of the action log."""

from coprod.action_log.views import changing, log, review
from coprod.action_log.views.blueprint import bp

__all__ = ["bp", "changing", "log", "review"]
