"""Offering, answering, approving and paying; expenses; how somebody is paid; and what becomes of it on leaving."""

from coprod.payments.services.codes import is_within
from coprod.payments.services.expenses import claim, claim_for, move_expense, take_back
from coprod.payments.services.leaving import end_for, forget_expense, forget_method, forget_payment
from coprod.payments.services.method import details_of, ending, has_rested, is_lost, say_how
from coprod.payments.services.offers import (
    NO_RATE,
    OFFER,
    Task,
    answer,
    end,
    forget,
    may_answer,
    may_be_paid_on,
    move,
    offer,
    offer_to_all,
    withdraw,
)
from coprod.payments.services.paying import pays_here, took_a_file

__all__ = [
    "NO_RATE",
    "OFFER",
    "Task",
    "answer",
    "claim",
    "claim_for",
    "details_of",
    "end",
    "end_for",
    "ending",
    "forget",
    "forget_expense",
    "forget_method",
    "forget_payment",
    "has_rested",
    "is_lost",
    "is_within",
    "may_answer",
    "may_be_paid_on",
    "move",
    "move_expense",
    "offer",
    "offer_to_all",
    "pays_here",
    "say_how",
    "take_back",
    "took_a_file",
    "withdraw",
]
