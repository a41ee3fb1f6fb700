"""Everything that changes what is done before week 1 and after the last week."""

from collections.abc import Sequence
from datetime import date

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles.models import Cycle, PlanStep
from coprod.cycles.rules import steps
from coprod.library.models import Stage
from coprod.people.models import Person

ASIDE = 1000
CHANGED = "changed the steps"


def add_step(
    cycle: Cycle, stage: Stage, title: str, *, by: Person, on: date | None = None, place: str = ""
) -> PlanStep:
    """Add a step before week 1 or after the last week."""
    lock(cycle)
    require(steps.may_add(by, cycle, stage) & steps.fits(cycle, stage, on))
    position = len(steps.steps_of(cycle, stage)) + 1
    step = PlanStep(cycle=cycle, stage=stage, position=position, title=title, on=on, place=place)
    db.session.add(step)
    db.session.flush()
    record(by, CHANGED, cycle)
    return step


def change_step(step: PlanStep, *, title: str, on: date | None, place: str, by: Person) -> None:
    """Say what a step is, when and where."""
    lock(step.cycle)
    require(steps.may_keep(by, step.cycle) & steps.fits(step.cycle, step.stage, on))
    step.title, step.on, step.place = title, on, place
    record(by, CHANGED, step.cycle)


def do_step(step: PlanStep, *, by: Person) -> None:
    """Tick it: it is done."""
    require(steps.may_do(by, step, today()))
    step.done_on = today()
    record(by, CHANGED, step.cycle)


def undo_step(step: PlanStep, *, by: Person) -> None:
    """Take the tick away."""
    require(steps.may_keep(by, step.cycle))
    step.done_on = None
    record(by, CHANGED, step.cycle)


def place_step(step: PlanStep, position: int, *, by: Person) -> None:
    """Put a step at this place among those of its end of the plan."""
    lock(step.cycle)
    require(steps.may_keep(by, step.cycle))
    others = [other for other in steps.steps_of(step.cycle, step.stage) if other is not step]
    _put_in_order(step.cycle, [*others[: position - 1], step, *others[position - 1 :]])
    record(by, CHANGED, step.cycle)


def remove_step(step: PlanStep, *, by: Person) -> None:
    """Take a step out of the plan."""
    cycle = step.cycle
    lock(cycle)
    require(steps.may_keep(by, cycle))
    others = [other for other in steps.steps_of(cycle, step.stage) if other is not step]
    db.session.delete(step)
    db.session.flush()
    _put_in_order(cycle, others)
    record(by, CHANGED, cycle)


def _put_in_order(cycle: Cycle, ordered: Sequence[PlanStep]) -> None:
    for shelf in (ASIDE, 0):
        for position, step in enumerate(ordered, 1):
            step.position = shelf + position
        db.session.flush()
    db.session.expire(cycle, ["steps"])
