"""Pages about people: signing in and out, and who is here."""

from coprod.people.views import gate
from coprod.people.views.blueprint import bp

__all__ = ["bp", "gate"]
