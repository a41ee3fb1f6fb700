"""Pages about people: signing in and out, and who is here."""

from coprod.people.views import accounts, gate, leaving, my_name, my_sign_in, open_pages, security_log, set_up, sign_in
from coprod.people.views.blueprint import bp

__all__ = [
    "accounts",
    "bp",
    "gate",
    "leaving",
    "my_name",
    "my_sign_in",
    "open_pages",
    "security_log",
    "set_up",
    "sign_in",
]
