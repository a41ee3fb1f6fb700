"""Everything that changes a pilot and its test cycles."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.core.words import long_date
from coprod.outcomes import services as outcomes
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots import queries, rules
from coprod.pilots.models import Compared, Pilot, PilotState, TestCycle, TestCycleState
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation
from coprod.steering import services as steering
from coprod.steering.models import ItemKind
from coprod.steering.rules import Waits
from coprod.workstreams.models import Workstream

PLANNED_WORDS = (
    *("how_much", "by_when", "for_whom", "change", "prediction"),
    *("scale", "safety_check", "owner", "begins", "ends"),
)
RECOMMENDATION_FOLLOWS = {
    "funded": "put into pilot",
    "adopted": "adopted",
    "adapted": "adapted",
    "abandoned": "abandoned",
}
"""What becomes of the recommendation when its pilot makes one of these moves."""


def propose(recommendation: Recommendation, *, by: Person, funding_board: str = "", **words: Any) -> Pilot:
    """Propose to try an accepted recommendation somewhere: title, aim, site, owner and dates (`rules.PILOT_NEEDS`)."""
    lock(recommendation)
    require(rules.may_propose(by, recommendation, queries.verdict_on(recommendation)))
    if queries.pilot_of(recommendation):
        require(no("It has a pilot already."))
    require(rules.is_sound(rules.missing(rules.PILOT_NEEDS, words)))
    if words["owner"] not in rules.may_own(recommendation):
        require(no("Its owner sits in the group or on the steering group."))
    pilot = Pilot(recommendation=recommendation, funding_board=funding_board, **words)
    db.session.add(pilot)
    db.session.flush()
    record(by, "proposed", pilot)
    outcomes.appoint_keeper(recommendation, pilot.owner, by=by)
    return pilot


def move(
    pilot: Pilot, name: str, *, by: Person, granted: str = "", override_reason: str = "", learning: str = ""
) -> None:
    """Make one of the lifecycle's moves, with the words it needs, and let the recommendation follow."""
    lock(pilot)
    words = {"granted": granted, "override_reason": override_reason, "learning": learning}
    for field in ("granted", "override_reason", "learning"):
        setattr(pilot, field, words[field] or getattr(pilot, field))
    before, after = rules.LIFECYCLE.make(by, name, pilot)
    record(by, name, pilot, before=before, after=after)
    if name in RECOMMENDATION_FOLLOWS:
        recommendations.move(pilot.recommendation, RECOMMENDATION_FOLLOWS[name], by=by)
    if before == PilotState.REVIEWED:
        table = pilot.recommendation.steering
        steering.settle_open_items(table, ItemKind.PILOT, pilot.id, f"The pilot is {name}.", by=by)


@steering.agenda_source
def to_look_at(table: Workstream, day: date) -> list[Waits]:
    """Say which pilots wait for a steering group: those whose testing is done, and those whose time is over."""
    return [
        Waits(ItemKind.PILOT, pilot.id, f"{pilot.title}: {rules.to_do_with(pilot)}", pilot.owner.alias)
        for pilot in queries.to_look_at(table, day)
    ]


def plan(pilot: Pilot, measures: Sequence[Indicator], *, by: Person, **words: Any) -> TestCycle:
    """Plan the next test cycle; `rules.PLAN_NEEDS` lists the words."""
    lock(pilot)
    require(rules.may_plan(by, pilot))
    require(rules.is_sound(rules.plan_faults(words, measures)))
    return _open(pilot, measures, words, by)


def _open(pilot: Pilot, measures: Sequence[Indicator], words: dict[str, Any], by: Person) -> TestCycle:
    number = next_number(TestCycle.number, TestCycle.pilot_id == pilot.id)
    test_cycle = TestCycle(number=number, **words)
    test_cycle.measures = list(measures)
    pilot.test_cycles.append(test_cycle)
    db.session.flush()
    record(by, "planned", test_cycle)
    return test_cycle


def replan(test_cycle: TestCycle, measures: Sequence[Indicator], *, by: Person, **words: Any) -> None:
    """Change a plan that is not begun."""
    lock(test_cycle)
    require(rules.may_work_on(by, test_cycle, TestCycleState.PLANNED))
    require(rules.is_sound(rules.plan_faults(words, measures)))
    for name in PLANNED_WORDS:
        setattr(test_cycle, name, words[name])
    test_cycle.measures = list(measures)
    db.session.flush()
    record(by, "planned again", test_cycle)


def begin(test_cycle: TestCycle, *, by: Person) -> None:
    """Begin to do what was planned."""
    _move(test_cycle, "begun", by)


def note(test_cycle: TestCycle, words: str, *, by: Person) -> None:
    """Add a note of today to what was done; earlier notes stay."""
    lock(test_cycle)
    require(rules.may_work_on(by, test_cycle, TestCycleState.DOING))
    dated = f"{long_date(today())}: {words}"
    test_cycle.did = f"{test_cycle.did}\n{dated}" if test_cycle.did else dated
    record(by, "noted", test_cycle)


def finish_doing(test_cycle: TestCycle, *, by: Person) -> None:
    """Say that it is done and can be studied."""
    _move(test_cycle, "done", by)


def study(test_cycle: TestCycle, result: str, compared: Compared | None, surprised: str, *, by: Person) -> None:
    """Put the result beside the prediction; without all three there is no study."""
    lock(test_cycle)
    require(rules.may_work_on(by, test_cycle, TestCycleState.STUDYING))
    said = {"result": result, "compared": compared, "surprised": surprised}
    require(rules.is_sound(rules.missing(rules.STUDY_NEEDS, said)))
    test_cycle.result, test_cycle.compared, test_cycle.surprised = result, compared, surprised
    record(by, "studied", test_cycle)


def act(test_cycle: TestCycle, name: str, learning: str = "", *, by: Person) -> TestCycle | None:
    """Adopt, adapt or abandon; adapting opens the next test cycle, filled in from this one, and answers it."""
    test_cycle.learning = learning or test_cycle.learning
    _move(test_cycle, name, by)
    if test_cycle.state != TestCycleState.ADAPT:
        return None
    words = {field: getattr(test_cycle, field) for field in PLANNED_WORDS}
    words["begins"] = test_cycle.ends + timedelta(1)
    words["ends"] = words["begins"] + (test_cycle.ends - test_cycle.begins)
    return _open(test_cycle.pilot, test_cycle.measures, words, by)


def _move(test_cycle: TestCycle, name: str, by: Person) -> None:
    before, after = rules.TEST_CYCLE.make(by, name, test_cycle)
    record(by, name, test_cycle, before=before, after=after)
    db.session.flush()
