"""What the card of a session says of pay: only what was offered, and what she said to it (journey 4)."""

from datetime import date

from coprod.core.words import day
from coprod.cycles.rules.evening import Fact
from coprod.payments.models import Payment, PaymentState
from coprod.payments.rules.offers import OWED
from coprod.programmes.rules import pounds


def on_the_card(payment: Payment, by: date | None) -> Fact | None:
    """Say how much it is and by which day it is paid; whoever said no is told nothing more of it."""
    if payment.state == PaymentState.OFFERED:
        return Fact("money", "Pay", f"{pounds(payment.pence)}, as we offered", "You can say yes or no.")
    accepted = payment.accepted_pence or 0
    if payment.state in OWED:
        return Fact("money", "Pay", pounds(accepted), f"You said yes. Paid by {day(by)}." if by else "You said yes.")
    return Fact("money", "Pay", pounds(accepted), "It is paid.") if accepted else None
