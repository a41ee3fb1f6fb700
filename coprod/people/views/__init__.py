"""Pages about people: signing in and out, and who is here."""

from coprod.people.views import accounts, gate, leaving, open_pages, set_up, sign_in
from coprod.people.views.blueprint import bp

__all__ = ["accounts", "bp", "gate", "leaving", "open_pages", "set_up", "sign_in"]
