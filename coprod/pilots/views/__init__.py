"""Pages about pilots and their test cycles."""

from coprod.pilots.views import afterwards, deciding, money, pages, steps, test_cycles
from coprod.pilots.views.blueprint import bp

__all__ = ["afterwards", "bp", "deciding", "money", "pages", "steps", "test_cycles"]
