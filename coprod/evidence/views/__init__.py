"""Pages about what a group knows."""

from coprod.evidence.views import library as library
from coprod.evidence.views import reviews as reviews
from coprod.evidence.views.blueprint import bp

__all__ = ["bp"]
