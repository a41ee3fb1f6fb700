"""Changing a phone number or an e-mail address, by oneself at once, by staff with two people and a day (A6)."""

from coprod.contacts.services.changes import LAST_WORD, ask_change, change_own, confirm, plain, stop
from coprod.contacts.services.due import make_due_changes

__all__ = ["LAST_WORD", "ask_change", "change_own", "confirm", "make_due_changes", "plain", "stop"]
