"""Closing a stage; with the last one the cycle itself closes."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles import services as cycles
from coprod.cycles.models import Cycle
from coprod.library.models import Stage
from coprod.people.models import Person
from coprod.stages import queries, rules
from coprod.stages.models import Gate, GateState


def close(cycle: Cycle, stage: Stage, *, by: Person) -> Gate:
    """Close one stage, once nothing in it is open; the last one closes the cycle."""
    lock(cycle)
    require(rules.may_close(by, queries.facts_of(cycle, today()), stage, today()))
    gate = Gate(cycle=cycle, stage=stage, state=GateState.OPEN, closed_on=today())
    db.session.add(gate)
    db.session.flush()
    before, after = rules.LIFECYCLE.make(by, "closed", gate)
    record(by, "closed", gate, before=before, after=after)
    if stage == rules.stages_of(cycle)[-1]:
        cycles.move(cycle, "closed", by=by)
    return gate
