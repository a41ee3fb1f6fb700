"""Pages about the steering group: meetings, decisions, replies, the action log."""

from coprod.steering.views import deciding, log, meetings, register, replies
from coprod.steering.views.blueprint import bp

__all__ = ["bp", "deciding", "log", "meetings", "register", "replies"]
