"""Pages about the steering group: meetings, decisions, replies, the action log."""

from coprod.steering.views import agenda, answers, deciding, meetings, minutes, register, replies, terms
from coprod.steering.views.blueprint import bp

__all__ = ["agenda", "answers", "bp", "deciding", "meetings", "minutes", "register", "replies", "terms"]
