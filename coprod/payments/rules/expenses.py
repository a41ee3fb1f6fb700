"""Expenses from the claim to the money; they never stand in one sum with a thank-you (domain rule 27)."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.payments.models import Expense, ExpenseState
from coprod.payments.rules.offers import by_itself
from coprod.people.models import Person
from coprod.programmes.rules import is_payments_officer
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, keeps

_S = ExpenseState


def _second(person: Person, expense: Expense) -> Answer:
    """Somebody else than who spent it or wrote it down, and than who pays it."""
    if person.id in (expense.person_id, expense.claimed_by_id):
        another = no("Somebody else has to approve this.")
    else:
        pays = is_payments_officer(person, expense.workstream.programme)
        another = no("Whoever pays does not approve.") if pays else YES
    return keeps(person, expense.workstream) & another


def _officer(person: Person, expense: Expense) -> Answer:
    hands = (expense.person_id, expense.claimed_by_id, expense.approved_by_id)
    other = no("You had a hand in it before, so somebody else has to pay it.") if person.id in hands else YES
    return is_payments_officer(person, expense.workstream.programme) & other


EXPENSES = Lifecycle[Expense](
    [
        Move("approved", frozenset({_S.CLAIMED}), _S.APPROVED, _second, "Approve it"),
        Move("paid", frozenset({_S.APPROVED}), _S.PAID, _officer, "It is paid"),
        Move("ended", frozenset({_S.CLAIMED, _S.APPROVED}), _S.ENDED, by_itself),
    ]
)


def may_claim(person: Person) -> Answer:
    """Members may, for what they spent to come."""
    return YES if person.is_lived else no("This is for members. Use your own way at work.")


def may_claim_for(person: Person, stream: Workstream) -> Answer:
    """A facilitator writes down what a member hands in on paper (domain rule 15)."""
    return is_facilitator(person, stream)


def may_take_back(person: Person, expense: Expense) -> Answer:
    """Whoever spent it may take it back, until it is approved."""
    own = YES if person.id == expense.person_id else no("Only the person themself can take this back.")
    return own & (YES if expense.state == _S.CLAIMED else no("It is approved already."))


def may_see_receipt(person: Person, expense: Expense) -> Answer:
    """Whoever spent it may, and those who can approve it; who pays needs no picture."""
    approves = keeps(person, expense.workstream) and not is_payments_officer(person, expense.workstream.programme)
    own = person.id == expense.person_id
    return YES if own or approves else no("Only those who approve it can see this.")
