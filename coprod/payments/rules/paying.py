"""How somebody is paid: by bank, voucher or cash; what bank details look like; and who alone reads them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from coprod.core.answers import YES, Answer, no
from coprod.core.words import moment
from coprod.messages.models import Reach
from coprod.payments.models import PayWay
from coprod.people.models import Person
from coprod.people.rules import CODE_LASTS as CODE_LASTS
from coprod.programmes.models import Programme
from coprod.programmes.rules import is_payments_officer

WAYS = {
    PayWay.BANK: "Into my bank account",
    PayWay.VOUCHER: "With a voucher",
    PayWay.CASH: "In cash",
}
KINDS = (
    "Bus or train",
    "Taxi",
    "Petrol or parking",
    "Phone",
    "Food and drink",
    "Someone to look after my family",
    "Something else",
)
"""What an expense was for: words to choose from, so that nobody has to write a story."""
FEES_FILE, EXPENSES_FILE = "thank-yous", "expenses"

RESTS = timedelta(hours=24)
NEW_CONTACT = "Your phone or e-mail is new. To keep your money safe, we wait a day."

_BY_A_SECRET = {"code", "card", "demonstration"}
"""Ways of signing in by which somebody has just shown a secret of hers; the last is the demonstration's alone."""


@dataclass(frozen=True)
class BankDetails:
    """Where money goes; read by the payments officer alone."""

    name: str
    sort_code: str
    account: str

    @property
    def ending(self) -> str:
        """Answer as much as its owner is ever shown again."""
        return f"ends in {self.account[-2:]}"

    @property
    def spaced(self) -> str:
        """Say the sort code as a bank card does."""
        code = self.sort_code
        return f"{code[:2]}-{code[2:4]}-{code[4:]}"


# --- Who may.


def may_say_how(by: Person, person: Person) -> Answer:
    """How somebody is paid is for her alone to say."""
    own = YES if by.id == person.id else no("Only the person themself can say this.")
    return own & (YES if person.is_lived else no("This is for members."))


def pays_for(person: Person, programme: Programme | None) -> bool:
    """Answer whether this person pays people here; for everybody else there is no such page."""
    return programme is not None and bool(is_payments_officer(person, programme))


def may_pay(*, runs_a_group: bool) -> Answer:
    """Whoever runs a group never sees how people are paid, and so cannot pay."""
    told = "You run a group, so you cannot see how people are paid. A programme admin can name somebody else."
    return no(told) if runs_a_group else YES


def is_proven(by: str, began: datetime, now: datetime) -> Answer:
    """Bank details need a code, ten minutes old at most (domain rule 12); signing in with one is as good."""
    fresh = by in _BY_A_SECRET and now - began <= CODE_LASTS
    return YES if fresh else no("We send you a code first. It is so that nobody else can change this.")


def has_rested(changed_at: datetime | None, now: datetime) -> Answer:
    """A code is worth something where it goes to a number or an address she has had for a day (A6)."""
    if changed_at is None or now >= (until := changed_at + RESTS):
        return YES
    return no(f"{NEW_CONTACT} You can change how we pay you from {moment(until)}.")


def places_for_code(person: Person, reach: Reach, can_text: bool) -> dict[str, str]:
    """List where a code may be sent: her own number and address, as far as she wants to be written to there."""
    texts = can_text and person.phone and not person.no_text_links and reach.phone_is_safe is not False
    phone = {"text": f"By text, to the phone that ends in {person.phone[-2:]}"} if texts and person.phone else {}
    return phone | ({"email": f"By e-mail, to the address that starts with {person.email[0]}"} if person.email else {})


# --- What they look like.


def only_numbers(typed: str) -> str:
    """Take away the spaces and dashes people write between numbers."""
    return re.sub(r"[\s\-–.]", "", typed)


def fault_of_sort_code(typed: str) -> str:
    """Say kindly what is odd about a sort code, or nothing."""
    if re.fullmatch(r"[0-9]{6}", only_numbers(typed)):
        return ""
    return "A sort code has 6 numbers, like 12-34-56. It is on your bank card."


def fault_of_account(typed: str) -> str:
    """Say kindly what is odd about an account number, or nothing."""
    numbers = only_numbers(typed)
    if re.fullmatch(r"[0-9]{8}", numbers):
        return ""
    if re.fullmatch(r"[0-9]{6,7}", numbers):
        return "An account number has 8 numbers. If yours is shorter, put a 0 in front."
    return "An account number has 8 numbers. It is on your bank card, or in your bank’s app."
