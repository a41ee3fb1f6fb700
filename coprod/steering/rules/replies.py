"""By when the group has to hear, and what it is told (domain rule 23)."""

from collections.abc import Iterable
from datetime import date

from coprod.actions.models import Action
from coprod.actions.rules import SOON, Status
from coprod.core import words
from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.programmes.rules import add_working_days
from coprod.steering.models import Decision
from coprod.steering.rules.deciding import BRUSH_OFF, IN_WORDS, brushes_off
from coprod.steering.rules.register import chair_at, stands

WORKING_DAYS_TO_REPLY = 10


def may_reply(person: Person, decision: Decision) -> Answer:
    """The chair tells the group, once, what came of a decision that stands."""
    first = no("The group has been told.") if decision.reply else YES
    return chair_at(person, decision) & stands(decision) & first


def says_something(reply: str) -> Answer:
    """A reply says what came of it, not only that it was heard."""
    if not reply:
        return no("Write what you tell the group.")
    return no(BRUSH_OFF) if brushes_off(reply) else YES


def reply_due(decided_on: date, holidays: Iterable[Holiday]) -> date:
    """Answer by when the group has to hear: ten working days after the decision (domain rule 23)."""
    return add_working_days(decided_on, WORKING_DAYS_TO_REPLY, holidays)


def reply_status(due: date, today: date) -> Status:
    """Answer how an unsent reply stands: late from the day after it was due."""
    if due < today:
        return Status.LATE
    return Status.DUE_SOON if due - today <= SOON else Status.ON_TRACK


def draft_reply(decision: Decision) -> str:
    """Begin the reply in the members' own words: what they asked, the answer, why, what happens next."""
    asked = decision.recommendation
    parts = [f"You asked: {asked.said or asked.title}", f"We say: {IN_WORDS[decision.verdict]}."]
    parts += [f"{label}: {said}" for label, said in _more(decision) if said]
    parts += [
        f"What happens next: {action.what}. {owner_named(action)} does this by {words.long_date(action.due)}."
        for action in decision.actions
    ]
    return "\n\n".join(parts)


def owner_named(action: Action, known: bool = False) -> str:
    """Say who does something; somebody with lived experience is named to nobody who does not know them (P2)."""
    return action.owner.alias if known or action.owner.is_professional else "One of us"


def _more(decision: Decision) -> list[tuple[str, str]]:
    again = f"{words.long_date(decision.until)}" if decision.until else ""
    return [
        ("What changes", decision.changes),
        ("Our question to you", decision.question),
        ("We look at it again on", again),
        ("Because", decision.reason),
        ("What would change our answer", decision.would_change),
    ]
