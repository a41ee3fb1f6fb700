"""Reading the action log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from coprod.actions import queries as action_queries
from coprod.actions.models import Action
from coprod.actions.rules import Status, first_due, status
from coprod.core.db import db
from coprod.people.models import Person
from coprod.steering.models import Decision, decision_action
from coprod.steering.queries.register import visible_to
from coprod.workstreams.models import Workstream


@dataclass(frozen=True)
class Line:
    """One action as the log shows it."""

    action: Action
    status: Status
    source: Decision | None

    @property
    def first_due(self) -> date:
        """Answer the day it was first promised for."""
        return first_due(self.action)


@dataclass
class Log:
    """The actions a person may see, in the order they need them: their own late ones first."""

    mine_late: list[Line] = field(default_factory=list)
    mine_soon: list[Line] = field(default_factory=list)
    others_late: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    owners: list[Person] = field(default_factory=list)
    """Everybody who has something to do, whatever is filtered out, by name."""

    @property
    def lines(self) -> list[Line]:
        """List them all, in order."""
        return [*self.mine_late, *self.mine_soon, *self.others_late, *self.rest]


def _sources(person: Person, actions: Sequence[Action]) -> dict[UUID, Decision]:
    """Answer which decision each action came from, where this person may read the decision."""
    rows = db.session.execute(
        select(decision_action.c.action_id, Decision)
        .join(Decision, Decision.id == decision_action.c.decision_id)
        .where(decision_action.c.action_id.in_([action.id for action in actions]), visible_to(person))
        .order_by(Decision.number)
    )
    return {action_id: decision for action_id, decision in rows}  # noqa: C416 - rows are not pairs to the type checker


def action_log(
    person: Person, today: date, *, show: str = "all", owner: str = "", table: Workstream | None = None
) -> Log:
    """Lay out the actions this person may see: mine late, mine due soon, everyone's late, the rest."""
    actions = [action for action in action_queries.seen_by(person) if table is None or action.workstream_id == table.id]
    sources = _sources(person, actions)
    log = Log(owners=_by_name({action.owner for action in actions}))
    for action in actions:
        line = Line(action, status(action, today), sources.get(action.id))
        if _is_wanted(line, person, show, owner):
            _place(log, line, person)
    log.rest.sort(key=lambda line: (_FOLDED.index(line.status), line.action.due))
    return log


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.alias.lower(), str(person.id)))


_FOLDED = [Status.WAITING, Status.DUE_SOON, Status.ON_TRACK, Status.DONE, Status.CANCELLED]


def _is_wanted(line: Line, person: Person, show: str, owner: str) -> bool:
    shown = {"mine": line.action.owner_id == person.id, "late": line.status == Status.LATE}
    return shown.get(show, True) and owner in ("", str(line.action.owner_id))


def _place(log: Log, line: Line, person: Person) -> None:
    mine = line.action.owner_id == person.id
    late, soon = line.status == Status.LATE, line.status == Status.DUE_SOON
    if late:
        (log.mine_late if mine else log.others_late).append(line)
    else:
        (log.mine_soon if mine and soon else log.rest).append(line)
