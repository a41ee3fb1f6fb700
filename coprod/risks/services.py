"""Everything that changes what may come in the way of a table."""

from dataclasses import dataclass
from datetime import date

from coprod.actions import services as actions
from coprod.actions.models import Action
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.risks import rules
from coprod.risks.models import Rating, Risk, RiskKind
from coprod.workstreams.models import Workstream


@dataclass(frozen=True)
class Rated:
    """How likely and how bad something is thought to be."""

    likelihood: int | None = None
    impact: int | None = None


UNRATED = Rated()


def write_down(
    table: Workstream,
    kind: RiskKind,
    what: str,
    owner: Person,
    rated: Rated = UNRATED,
    *,
    by: Person,
    response: str = "",
    look_again_on: date | None = None,
) -> Risk:
    """Write down what may come in the way, and who watches over it."""
    require(rules.may_write(by, table) & rules.may_own(owner, table))
    require(rules.is_rated_enough(kind, rated.likelihood, rated.impact))
    lock(table)
    risk = Risk(
        workstream=table,
        number=next_number(Risk.number, Risk.workstream_id == table.id),
        kind=kind,
        what=what,
        owner=owner,
        likelihood=rated.likelihood,
        impact=rated.impact,
        response=response,
        opened_on=today(),
        look_again_on=look_again_on,
    )
    db.session.add(risk)
    db.session.flush()
    record(by, "written down", risk)
    return risk


def rate_anew(
    risk: Risk, rated: Rated, why: str, *, by: Person, response: str = "", look_again_on: date | None = None
) -> None:
    """Say how likely and how bad it is now, and why; what was thought before is kept."""
    lock(risk)
    require(rules.may_rate(by, risk))
    require(rules.is_rated_enough(risk.kind, rated.likelihood, rated.impact))
    _keep_rating(risk, why, by=by)
    risk.likelihood, risk.impact = rated.likelihood, rated.impact
    risk.response, risk.look_again_on = response, look_again_on
    record(by, "rated anew", risk)


def _keep_rating(risk: Risk, why: str, *, by: Person) -> None:
    number = len(risk.ratings) + 1
    kept = Rating(number=number, likelihood=risk.likelihood, impact=risk.impact, on=today(), why=why, by_id=by.id)
    risk.ratings.append(kept)
    db.session.flush()


def close(risk: Risk, how: str, *, by: Person) -> None:
    """Say that it need not be watched any more, and how that came."""
    lock(risk)
    risk.how_closed = how
    before, after = rules.LIFECYCLE.make(by, "closed", risk)
    risk.closed_on = today()
    _keep_rating(risk, how, by=by)
    record(by, "closed", risk, before=before, after=after)


def reopen(risk: Risk, why: str, *, by: Person) -> None:
    """Watch over it again, and say why; how it was closed is kept."""
    lock(risk)
    before, after = rules.LIFECYCLE.make(by, "opened again", risk)
    _keep_rating(risk, why, by=by)
    risk.closed_on, risk.how_closed = None, ""
    record(by, "opened again", risk, before=before, after=after)


def act_on(risk: Risk, what: str, owner: Person, due: date, *, by: Person) -> Action:
    """Give somebody something to do about it, in the log of the same table."""
    lock(risk)
    require(rules.may_act(by, risk))
    risk.action = actions.open_action(risk.workstream, what, owner, due, by=by)
    db.session.flush()
    return risk.action
