"""Pages about pilots and their test cycles."""

from coprod.pilots.views import pages, test_cycles
from coprod.pilots.views.blueprint import bp

__all__ = ["bp", "pages", "test_cycles"]
