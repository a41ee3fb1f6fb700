"""What the card of a session says of pay (journey 4)."""

import pytest

from coprod.core.clock import now
from coprod.cycles.rules.evening import CardPart, Fact
from coprod.payments import queries
from coprod.payments.models import PaymentState
from tests.payments.conftest import Money

S = PaymentState


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (S.OFFERED, [Fact("money", "Pay", "£25.00, as we offered", "You can say yes or no.")]),
        (S.ACCEPTED, [Fact("money", "Pay", "£25.00", "You said yes. Paid by Tuesday 2 December.")]),
        (S.PART, [Fact("money", "Pay", "£10.00", "You said yes. Paid by Tuesday 2 December.")]),
        (S.DUE, [Fact("money", "Pay", "£25.00", "You said yes. Paid by Tuesday 2 December.")]),
        (S.PAID, [Fact("money", "Pay", "£25.00", "It is paid.")]),
        (S.DECLINED, []),
    ],
)
def test_card_says_what_she_was_offered_for_coming(money: Money, clock, state: PaymentState, told: list[Fact]) -> None:
    money.at(state, clock)
    assert queries.on_the_card(money.robin, money.session, now()) == CardPart(tuple(told))
    assert queries.on_the_card(money.kit, money.session, now()) == CardPart()


def test_card_shows_it_to_her_alone(as_, money: Money) -> None:
    money.offered()
    page = f"/evenings/{money.session.id}"
    assert "£25.00, as we offered" in as_(money.robin).get(page).text
    assert "£25.00" not in as_(money.kit).get(page).text
    assert "£25.00" not in as_(money.sam).get(page).text
