"""Everything that changes an action."""

from datetime import date

from coprod.actions import rules
from coprod.actions.models import Action, DueChange
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream


def open_action(
    workstream: Workstream,
    what: str,
    owner: Person,
    due: date,
    *,
    by: Person,
    recommendation: Recommendation | None = None,
) -> Action:
    """Give somebody something to do by a day (domain rule 25)."""
    require(rules.leads(by, workstream))
    require(rules.can_own(owner, rules.may_own(workstream, recommendation)))
    lock(workstream)
    action = Action(
        workstream=workstream,
        number=next_number(Action.number, Action.workstream_id == workstream.id),
        what=what,
        owner=owner,
        due=due,
        opened_on=today(),
        recommendation=recommendation,
    )
    db.session.add(action)
    db.session.flush()
    record(by, "opened", action)
    return action


def say_done(action: Action, *, by: Person, evidence: str = "") -> None:
    """Say it is done, and perhaps how anyone can tell; a second person has to agree."""
    _move(action, "said done", by=by)
    action.said_done_by = by
    action.evidence = evidence


def agree_done(action: Action, *, by: Person) -> None:
    """Agree, as the second person, that it is done."""
    _move(action, "agreed done", by=by)


def find_not_done(action: Action, *, by: Person) -> None:
    """Say, as the second person, that it is not done yet; it is open again."""
    _move(action, "found not done yet", by=by)
    action.said_done_by = None


def move_date(action: Action, due: date, reason: str, *, by: Person) -> None:
    """Give it a new date, and keep the old one with the reason."""
    lock(action)
    require(rules.may_move_date(by, action) & rules.moves_to(action, due))
    number = len(action.due_changes) + 1
    change = DueChange(number=number, was=action.due, now=due, reason=reason, on=today(), by_id=by.id)
    action.due_changes.append(change)
    action.due = due
    db.session.flush()
    record(by, "moved the date of", action)


def cancel(action: Action, *, by: Person) -> None:
    """Let it go: it will not be done."""
    _move(action, "cancelled", by=by)


def _move(action: Action, name: str, *, by: Person) -> None:
    lock(action)
    before, after = rules.LIFECYCLE.make(by, name, action)
    record(by, name, action, before=before, after=after)
