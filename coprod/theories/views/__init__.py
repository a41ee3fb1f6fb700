"""Pages about theories of change."""

from coprod.theories.views import agreeing, arrows, parts, room, steps, versions
from coprod.theories.views.blueprint import bp

__all__ = ["agreeing", "arrows", "bp", "parts", "room", "steps", "versions"]
