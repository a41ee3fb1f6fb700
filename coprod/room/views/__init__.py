"""A session as it happens: the run sheet, the wall, and following on a phone."""

from coprod.room.views import buttons, follow, sheet, wall
from coprod.room.views.blueprint import bp

__all__ = ["bp", "buttons", "follow", "sheet", "wall"]
