"""Erasing people, keeping the ledger of it, and answering what people ask about others' words."""

from coprod.my_data.services.asking import answer, ask
from coprod.my_data.services.erasing import erase, reapply_erasures
from coprod.my_data.services.ledger import finish_wiping, make_up_for_a_crash

__all__ = ["answer", "ask", "erase", "finish_wiping", "make_up_for_a_crash", "reapply_erasures"]
