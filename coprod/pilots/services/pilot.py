"""Everything that changes a pilot: proposing it, its moves, and the steps before it begins."""

from datetime import date
from typing import Any, TypedDict, Unpack

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.outcomes import services as outcomes
from coprod.people.models import Person
from coprod.pilots import queries, rules
from coprod.pilots.models import Pilot, PilotState, PilotStep, StepKind
from coprod.pilots.services import money
from coprod.pilots.services.holding import hold, hold_with_its_table
from coprod.pilots.services.telling import tell
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation
from coprod.steering import services as steering
from coprod.steering.models import ItemKind
from coprod.steering.rules import Waits
from coprod.workstreams.models import Workstream

RECOMMENDATION_FOLLOWS = {
    "funded": "put into pilot",
    "adopted": "adopted",
    "adapted": "adapted",
    "abandoned": "abandoned",
}
"""What becomes of the recommendation when its pilot makes one of these moves."""


def propose(
    recommendation: Recommendation, *, by: Person, funding_board: str = "", budget: int | None = None, **words: Any
) -> Pilot:
    """Propose to try an accepted recommendation somewhere: title, aim, site, owner and dates (`rules.PILOT_NEEDS`).

    Where a board is named, it is asked for what the pilot costs.
    """
    lock(recommendation)
    require(rules.may_propose(by, recommendation, queries.verdict_on(recommendation)))
    if queries.pilot_of(recommendation):
        require(no("It has a pilot already."))
    require(rules.is_sound(rules.missing(rules.PILOT_NEEDS, words)))
    require(rules.no_fault(rules.pounds_fault(budget)))
    _require_a_seat(recommendation, words["owner"])
    pilot = Pilot(recommendation=recommendation, budget=budget, **words)
    db.session.add(pilot)
    db.session.flush()
    record(by, "proposed", pilot)
    outcomes.appoint_keeper(recommendation, pilot.owner, by=by)
    if funding_board:
        money.ask(pilot, funding_board, "", budget, by=by)
    return pilot


def _require_a_seat(recommendation: Recommendation, person: Person) -> None:
    if person not in rules.may_own(recommendation):
        require(no("Its owner sits in the group or on the steering group."))


class Words(TypedDict, total=False):
    """What some moves take with them (`rules.WORDS_OF`)."""

    granted: str
    override_reason: str
    learning: str
    reason: str
    scaled_to: str
    scaled_by: date | None


def move(pilot: Pilot, name: str, *, by: Person, **said: Unpack[Words]) -> None:
    """Make one of the lifecycle's moves, with the words it needs; the recommendation follows, and its group is told.

    What is decided comes back to the steering group as well: beside its item in the meeting going on, or for the next.
    """
    hold_with_its_table(pilot)
    given = _given(name, said)
    pilot.override_reason = given.get("override_reason", pilot.override_reason)
    pilot.learning = given.get("learning", pilot.learning)
    require(rules.LIFECYCLE.may(by, name, pilot))
    require(rules.is_sound(rules.decision_faults(name, given, today())))
    for field, words in given.items():
        setattr(pilot, field, words)
    before, after = rules.LIFECYCLE.make(by, name, pilot)
    record(by, name, pilot, before=before, after=after)
    told = rules.told_of_move(pilot, name)
    tell(pilot, told)
    if name in RECOMMENDATION_FOLLOWS:
        recommendations.move(pilot.recommendation, RECOMMENDATION_FOLLOWS[name], by=by)
    table = pilot.recommendation.steering
    if before == PilotState.REVIEWED:
        steering.settle_open_items(table, ItemKind.PILOT, pilot.id, told, by=by)
    if PilotState.REVIEWED in (before, after):
        steering.build_agendas(table)


def _given(name: str, said: Words) -> dict[str, Any]:
    """Take the words that belong to this move; a reason for adopting all the same is the reason."""
    known: dict[str, Any] = {**said}
    known["reason"] = known.get("reason") or known.get("override_reason")
    return {field: known.get(field) or (None if field == "scaled_by" else "") for field in rules.WORDS_OF.get(name, ())}


@steering.agenda_source
def to_look_at(table: Workstream, day: date) -> list[Waits]:
    """Say which pilots wait for a steering group: those whose testing is done, and those whose time is over."""
    return [
        Waits(ItemKind.PILOT, pilot.id, f"{pilot.title}: {rules.to_do_with(pilot)}", pilot.owner.alias)
        for pilot in queries.to_look_at(table, day)
    ]


def add_step(pilot: Pilot, kind: StepKind, what: str, owner: Person, due: date, *, by: Person) -> PilotStep:
    """Say what has to be done, or looked at, before the pilot can begin: by whom, and by when."""
    hold(pilot)
    require(rules.may_add_step(by, pilot))
    _require_a_seat(pilot.recommendation, owner)
    step = PilotStep(kind=kind, what=what, owner=owner, due=due)
    pilot.steps.append(step)
    db.session.flush()
    record(by, "step added", pilot)
    return step


def finish_step(step: PilotStep, found: str = "", *, by: Person) -> None:
    """Say that a step is done; a safety check also says what it found."""
    hold(step.pilot)
    require(rules.may_finish_step(by, step))
    require(rules.no_fault(rules.found_fault(step, found)))
    step.done_on, step.found = today(), found
    record(by, "step done", step.pilot)
