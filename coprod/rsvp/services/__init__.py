"""Everything that changes who comes and what is arranged. The journal never speaks of it: no order of answers (P4)."""

from coprod.rsvp.services.answering import answer, due_to_go, forget, take_back, tick_rung
from coprod.rsvp.services.arranging import arrange, undo
from coprod.rsvp.services.reminding import REMINDER, queue_reminders

__all__ = ["REMINDER", "answer", "arrange", "due_to_go", "forget", "queue_reminders", "take_back", "tick_rung", "undo"]
