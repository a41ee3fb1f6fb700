"""Thank-you payments and expenses, for the member, the facilitator and the payments officer."""

from coprod.payments.views import expenses, group, how, mine, officer
from coprod.payments.views.blueprint import bp

__all__ = ["bp", "expenses", "group", "how", "mine", "officer"]
