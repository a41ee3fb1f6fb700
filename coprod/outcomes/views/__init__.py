"""Pages about measures: what they show, what waits for a second person, and what is brought from a spreadsheet."""

from coprod.outcomes.views import bringing, defining, keeping, pages
from coprod.outcomes.views.blueprint import bp

__all__ = ["bp", "bringing", "defining", "keeping", "pages"]
