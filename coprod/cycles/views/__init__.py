"""Pages about ten-week cycles, their evenings, and what happens in them."""

from coprod.cycles.views import evenings, items, keeping, register, shifting, steps, suggestions, weeks
from coprod.cycles.views.blueprint import bp

__all__ = ["bp", "evenings", "items", "keeping", "register", "shifting", "steps", "suggestions", "weeks"]
