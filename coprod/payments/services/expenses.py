"""Claiming what was spent to come, and giving it back."""

from datetime import date

from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.payments import rules
from coprod.payments.models import Expense, ExpenseState
from coprod.payments.services.paying import pays_here
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import membership_of


def claim(
    stream: Workstream, what: str, pence: int, spent_on: date, receipt: bytes | None = None, *, by: Person
) -> Expense:
    """Claim what one spent oneself; without a picture the receipt is handed in on paper."""
    require(rules.may_claim(by))
    return _claim(stream, by, what, pence, spent_on, receipt, by)


def claim_for(stream: Workstream, person: Person, what: str, pence: int, spent_on: date, *, by: Person) -> Expense:
    """Write down for a member what she handed in on paper; somebody else approves it (domain rule 15)."""
    require(rules.may_claim_for(by, stream) & rules.may_claim(person))
    return _claim(stream, person, what, pence, spent_on, None, by)


def _claim(
    stream: Workstream, person: Person, what: str, pence: int, spent_on: date, receipt: bytes | None, by: Person
) -> Expense:
    if membership_of(person, stream) is None:
        raise Refused("This group has nothing to give back to somebody who is not in it.")
    expense = Expense(person=person, workstream=stream, what=what, pence=pence, spent_on=spent_on, receipt=receipt)
    expense.on_paper, expense.claimed_on, expense.claimed_by_id = receipt is None, today(), by.id
    db.session.add(expense)
    db.session.flush()
    record(by, "claimed", expense)
    return expense


def move_expense(expense: Expense, name: str, *, by: Person) -> None:
    """Approve it, or pay it."""
    lock(expense)
    if name == "paid":
        require(rules.EXPENSES.may(by, name, expense))
        pays_here(by)
    before, after = rules.EXPENSES.make(by, name, expense)
    if expense.state == ExpenseState.APPROVED:
        expense.approved_on, expense.approved_by_id = today(), by.id
    else:
        expense.paid_on = today()
    record(by, name, expense, before=before, after=after)


def end_expense(expense: Expense) -> None:
    """Let it end without being given back, because whose it is is erased."""
    lock(expense)
    before, after = rules.EXPENSES.make(None, "ended", expense)
    expense.ended_on = today()
    record(expense.person, "ended", expense, before=before, after=after)


def take_back(expense: Expense, *, by: Person) -> None:
    """Take back what one claimed, until it is approved; its picture goes at once."""
    lock(expense)
    require(rules.may_take_back(by, expense))
    record(by, "taken back", expense)
    db.session.delete(expense)
    db.session.flush()
