"""Everything that changes a pilot's money."""

from datetime import date

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.pilots import rules
from coprod.pilots.models import BoardAnswer, FundingAsk, Pilot, Spending
from coprod.pilots.services.holding import hold
from coprod.pilots.services.telling import tell


def ask(pilot: Pilot, board: str, what_for: str, pounds: int | None, *, by: Person) -> FundingAsk:
    """Ask a named board for money, or for something else that is needed."""
    hold(pilot)
    require(rules.may_ask(by, pilot))
    require(rules.no_fault(rules.pounds_fault(pounds)))
    number = next_number(FundingAsk.number, FundingAsk.pilot_id == pilot.id)
    asked = FundingAsk(number=number, board=board, what_for=what_for, pounds=pounds, asked_on=today())
    pilot.asks.append(asked)
    db.session.flush()
    record(by, "board asked", pilot)
    return asked


def note_answer(
    asked: FundingAsk, answer: BoardAnswer, granted: int | None = None, conditions: str = "", *, by: Person
) -> None:
    """Write down what a board answered, and its conditions; the group that asked is told."""
    hold(asked.pilot)
    require(rules.may_note_answer(by, asked))
    require(rules.is_sound(rules.answer_faults(asked, answer, granted, conditions)))
    asked.answer, asked.granted, asked.conditions, asked.answered_on = answer, granted, conditions, today()
    record(by, "board answered", asked.pilot)
    tell(asked.pilot, rules.told_of_answer(asked))


def spend(pilot: Pilot, on: date, pounds: int, what_for: str, *, by: Person) -> Spending:
    """Write down what was spent, when and what for."""
    hold(pilot)
    require(rules.may_spend(by, pilot))
    require(rules.no_fault(rules.pounds_fault(pounds) or rules.spent_fault(on, today())))
    number = next_number(Spending.number, Spending.pilot_id == pilot.id)
    spent = Spending(number=number, on=on, pounds=pounds, what_for=what_for)
    pilot.spendings.append(spent)
    db.session.flush()
    record(by, "money spent", pilot)
    return spent
