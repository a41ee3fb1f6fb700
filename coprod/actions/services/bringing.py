"""Actions that were kept in another log and go on here, with the days and the states they had there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coprod.actions import queries, rules
from coprod.actions.models import Action, ActionNote, ActionState
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.workstreams.models import Workstream

DONE_ELSEWHERE = "Done in the log it came from."


@dataclass(frozen=True)
class Kept:
    """What another log says of one action."""

    what: str
    owner: Person
    due: date
    opened_on: date
    state: ActionState = ActionState.OPEN
    settled_on: date | None = None
    note: str = ""


def bring_in_actions(table: Workstream, kept: Sequence[Kept], *, by: Person) -> list[Action]:
    """Put these into a table's log, numbered in their order; nobody here said or agreed that one is done."""
    require(rules.leads(by, table))
    choices = rules.may_own(table)
    for owner in {one.owner for one in kept}:
        require(rules.can_own(owner, choices, from_outside=queries.is_outside(owner)))
    lock(table)
    first = next_number(Action.number, Action.workstream_id == table.id)
    actions = [_action(table, one, number, by) for number, one in enumerate(kept, first)]
    db.session.add_all(actions)
    db.session.flush()
    for action in actions:
        record(by, "brought in", action)
    return actions


def _action(table: Workstream, kept: Kept, number: int, by: Person) -> Action:
    notes = [ActionNote(number=1, words=f"From the log it came from: {kept.note}", on=today(), by=by)]
    return Action(
        workstream_id=table.id,
        number=number,
        what=kept.what,
        owner_id=kept.owner.id,
        due=kept.due,
        opened_on=kept.opened_on,
        state=kept.state,
        settled_on=kept.settled_on,
        evidence=DONE_ELSEWHERE if kept.state == ActionState.DONE else "",
        notes=notes if kept.note else [],
    )
