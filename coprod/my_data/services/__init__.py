"""Erasing people, keeping the ledger of it, and answering what people ask about others' words."""

from coprod.my_data.services.asking import answer, ask
from coprod.my_data.services.erasing import erase, message_files, reapply_erasures
from coprod.my_data.services.ledger import finish_wiping, make_up_for_a_crash, wiping_is_due

__all__ = [
    "answer",
    "ask",
    "erase",
    "finish_wiping",
    "make_up_for_a_crash",
    "message_files",
    "reapply_erasures",
    "wiping_is_due",
]
