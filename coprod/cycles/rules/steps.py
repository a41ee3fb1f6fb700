"""What is done before week 1 and after the last week: who keeps these steps, and on which days they may stand."""

from collections.abc import Sequence
from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.core.words import day
from coprod.cycles.models import Cycle, CycleState, PlanStep, SessionState
from coprod.library.models import Stage
from coprod.library.rules.templates import MOST_STEPS, STEP_STAGES
from coprod.people.models import Person
from coprod.workstreams.rules import is_facilitator


def steps_of(cycle: Cycle, stage: Stage) -> list[PlanStep]:
    """List the steps of one end of the plan, in order."""
    return sorted((step for step in cycle.steps if step.stage == stage), key=lambda step: step.position)


def ends(cycle: Cycle) -> list[tuple[Stage, str, Sequence[PlanStep]]]:
    """Lay out both ends of the plan, each with its name and its steps."""
    return [(stage, name, steps_of(cycle, stage)) for stage, name in STEP_STAGES.items()]


def told_to_members(cycle: Cycle) -> list[PlanStep]:
    """List what members are told of: the steps before week 1 that have a day, in the order of their days."""
    dated = [(step.on, step.position, step) for step in steps_of(cycle, Stage.BEFORE) if step.on]
    return [step for _, _, step in sorted(dated, key=lambda told: told[:2])]


def may_keep(person: Person, cycle: Cycle) -> Answer:
    """Facilitators may, until the cycle is closed."""
    closed = no("This cycle is closed, so its plan stays.") if cycle.state == CycleState.CLOSED else YES
    return is_facilitator(person, cycle.workstream) & closed


def may_add(person: Person, cycle: Cycle, stage: Stage) -> Answer:
    """Facilitators may, while there is room."""
    full = len(steps_of(cycle, stage)) >= MOST_STEPS
    return may_keep(person, cycle) & (no(f"There are {MOST_STEPS} steps at most.") if full else YES)


def fits(cycle: Cycle, stage: Stage, on: date | None) -> Answer:
    """What comes before the weeks has no day after the first of them, what comes after none before the last."""
    days = [session.on for session in cycle.sessions if session.state != SessionState.CANCELLED]
    return _stands_apart(days, stage, on)


def _stands_apart(days: Sequence[date], stage: Stage, on: date | None) -> Answer:
    if on is None or not days:
        return YES
    if stage == Stage.BEFORE and on > min(days):
        return no(f"Week 1 is on {day(min(days))}. Choose a day before it.")
    if stage == Stage.AFTER and on < max(days):
        return no(f"The last session is on {day(max(days))}. Choose a day after it.")
    return YES


def left_behind(cycle: Cycle, days: Sequence[date]) -> list[tuple[PlanStep, str]]:
    """List the steps still to do whose day would lie on the wrong side of these days of the weeks, and why."""
    to_do = [step for step in cycle.steps if step.on and step.done_on is None]
    met = [(step, _stands_apart(days, step.stage, step.on)) for step in to_do]
    return [(step, answer.reason) for step, answer in met if not answer]


def may_do(person: Person, step: PlanStep, today: date) -> Answer:
    """Facilitators may tick it, from its day on."""
    early = step.on is not None and step.on > today
    return may_keep(person, step.cycle) & (
        no(f"It is on {day(step.on)}. Tick it on the day or after.") if early and step.on else YES
    )
