"""Pages about tables, the places at them, the checks before them, and the first hello."""

from coprod.workstreams.views import checks, hello, places, tables
from coprod.workstreams.views.blueprint import bp

__all__ = ["bp", "checks", "hello", "places", "tables"]
