"""What may happen to a test cycle, by whose hand, and what a plan and a study must say: Plan, Do, Study, Act."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import long_date
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator, MeasureKind
from coprod.people.models import Person
from coprod.pilots.models import Feedback, Pilot, PilotState, TestCycle, TestCycleState
from coprod.pilots.rules.pilot import CYCLES_BEFORE_ADOPTING, FINISHED, no_harm_elsewhere
from coprod.pilots.rules.who import is_chair, is_owner, runs

HEARD = frozenset({TestCycleState.STUDYING, *FINISHED})
"""When those it touched can say how it was."""


def is_studied(test_cycle: TestCycle) -> Answer:
    """Answer whether the result stands beside the prediction."""
    said = test_cycle.result and test_cycle.compared and test_cycle.surprised
    return YES if said else no("First study it: the result beside the prediction, and what surprised us.")


def is_being_tested(pilot: Pilot) -> Answer:
    """Answer whether test cycles can run."""
    return YES if pilot.state == PilotState.CYCLING else no(f"The pilot is at: {pilot.state}. Nothing is tested now.")


def may_plan(person: Person, pilot: Pilot) -> Answer:
    """The owner may plan the next test cycle when the last one is finished."""
    open_one = next((one for one in pilot.test_cycles if one.state not in FINISHED), None)
    free = no(f"First finish test cycle {open_one.number}.") if open_one else YES
    return is_owner(person, pilot) & is_being_tested(pilot) & free


def may_work_on(person: Person, test_cycle: TestCycle, state: TestCycleState) -> Answer:
    """Answer whether this person may now write what belongs to this step: its plan, its notes, its study."""
    in_time = YES if test_cycle.state == state else no(f"Test cycle {test_cycle.number} is at: {test_cycle.state}.")
    return runs(person, test_cycle) & in_time


def _runs_it_while_testing(person: Person, test_cycle: TestCycle) -> Answer:
    return runs(person, test_cycle) & is_being_tested(test_cycle.pilot)


def _runs_it_and_studied(person: Person, test_cycle: TestCycle) -> Answer:
    return runs(person, test_cycle) & is_studied(test_cycle)


def has_earned_adopting(test_cycle: TestCycle) -> Answer:
    """Answer whether it can be adopted without an override: it is not the first, and no balancing measure objects."""
    enough = test_cycle.number >= CYCLES_BEFORE_ADOPTING
    twice = YES if enough else no("Two test cycles are needed. This is the first.")
    return twice & no_harm_elsewhere(test_cycle.pilot)


def may_be_adopted(test_cycle: TestCycle) -> Answer:
    """Answer whether it can be adopted: it has earned that, or the steering group overrides the rule."""
    return YES if test_cycle.override_reason else has_earned_adopting(test_cycle)


def may_override(person: Person, test_cycle: TestCycle) -> Answer:
    """The chair may let it be adopted although the rule says no, with the steering group's reason, once."""
    studied = test_cycle.state == TestCycleState.STUDYING
    in_time = YES if studied else no(f"Test cycle {test_cycle.number} is at: {test_cycle.state}.")
    first = no("This is allowed already.") if test_cycle.override_reason else YES
    return is_chair(person, test_cycle.pilot) & in_time & first


def _runs_it_and_earned(person: Person, test_cycle: TestCycle) -> Answer:
    return _runs_it_and_studied(person, test_cycle) & may_be_adopted(test_cycle)


def _runs_it_and_learned(person: Person, test_cycle: TestCycle) -> Answer:
    noted = YES if test_cycle.learning else no("Say what was learned.")
    return _runs_it_and_studied(person, test_cycle) & noted


def _test_cycle_moves() -> list[Move[TestCycle]]:
    state, only = TestCycleState, frozenset
    studying = only({state.STUDYING})
    return [
        Move("begun", only({state.PLANNED}), state.DOING, _runs_it_while_testing, "Begin"),
        Move("done", only({state.DOING}), state.STUDYING, runs, "It is done: study it"),
        Move("adopted", studying, state.ADOPT, _runs_it_and_earned, "Adopt"),
        Move("adapted", studying, state.ADAPT, _runs_it_and_studied, "Adapt"),
        Move("abandoned", studying, state.ABANDON, _runs_it_and_learned, "Abandon"),
    ]


TEST_CYCLE = Lifecycle[TestCycle](_test_cycle_moves())


# --- What must be said.


PILOT_NEEDS = {
    "title": "Give the pilot a name.",
    "how_much": "Say how much should change.",
    "by_when": "Say by when.",
    "for_whom": "Say for whom.",
    "site": "Say where it is tried.",
    "owner": "Choose who owns it.",
    "begins": "Say when it begins.",
    "ends": "Say when it ends.",
}
PLAN_NEEDS = {
    "how_much": "Say how much should change.",
    "by_when": "Say by when.",
    "for_whom": "Say for whom.",
    "change": "Say the one change you test.",
    "prediction": "Say what you think will happen.",
    "scale": "Say how small you start: one worker, one day.",
    "owner": "Choose who owns it.",
    "begins": "Say when it begins.",
    "ends": "Say when it ends.",
    "safety_check": "Say how you make sure nobody comes to harm.",
}
STUDY_NEEDS = {
    "result": "Say what came out.",
    "compared": "Say how it compares with the prediction.",
    "surprised": "Say what surprised us, or “nothing”.",
}


def missing(needs: Mapping[str, str], words: Mapping[str, Any]) -> dict[str, str]:
    """List what is still to be said, by its field; and dates that run backwards."""
    faults = {name: sentence for name, sentence in needs.items() if not words.get(name)}
    begins, ends = words.get("begins"), words.get("ends")
    if begins and ends and ends < begins:
        faults["ends"] = "It cannot end before it begins."
    return faults


def plan_faults(words: Mapping[str, Any], measures: Sequence[Indicator]) -> dict[str, str]:
    """List what a plan still lacks; it watches the change, and harm elsewhere."""
    faults = missing(PLAN_NEEDS, words)
    kinds = {measure.kind for measure in measures}
    wanted = [] if kinds - {MeasureKind.BALANCING} else ["Choose an outcome or a process measure."]
    wanted += [] if MeasureKind.BALANCING in kinds else ["Choose a balancing measure: it shows harm elsewhere."]
    return faults | ({"measures": " ".join(wanted)} if wanted else {})


def no_fault(fault: str) -> Answer:
    """Answer no with this fault, or yes where there is none."""
    return no(fault) if fault else YES


def is_sound(faults: Mapping[str, str]) -> Answer:
    """Answer no, with the first thing to mend."""
    return no(next(iter(faults.values()))) if faults else YES


# --- Two who write at once (R4).


PLANNED_WORDS = (
    *("how_much", "by_when", "for_whom", "change", "prediction"),
    *("scale", "safety_check", "owner", "begins", "ends"),
)
STUDIED_WORDS = ("result", "compared", "surprised")


def mark_of_plan(test_cycle: TestCycle) -> str:
    """Answer a mark of a plan as it stands, by which whoever changes it says what she had read."""
    words = [getattr(test_cycle, name) for name in PLANNED_WORDS if name != "owner"]
    return _mark(*words, test_cycle.owner_id, *sorted(str(one.id) for one in test_cycle.measures))


def mark_of_study(test_cycle: TestCycle) -> str:
    """Answer a mark of a study as it stands, by which whoever writes it says what she had read."""
    return _mark(*(getattr(test_cycle, name) for name in STUDIED_WORDS))


def _mark(*said: Any) -> str:
    return sha256(json.dumps([str(one or "") for one in said]).encode()).hexdigest()


def planned_beside(test_cycle: TestCycle, typed: Mapping[str, Any], chosen: Iterable[Indicator]) -> dict[str, str]:
    """Say what the plan says now, wherever something else was typed, by the name of the box."""
    found = _said_beside(test_cycle, PLANNED_WORDS, typed)
    same = {one.id for one in test_cycle.measures} == {one.id for one in chosen}
    return found if same else found | {"measures": "; ".join(one.name for one in test_cycle.measures)}


def studied_beside(test_cycle: TestCycle, typed: Mapping[str, Any]) -> dict[str, str]:
    """Say what the study says now, wherever something else was typed, by the name of the box."""
    return _said_beside(test_cycle, STUDIED_WORDS, typed)


def _said_beside(test_cycle: TestCycle, names: Iterable[str], typed: Mapping[str, Any]) -> dict[str, str]:
    said = {name: getattr(test_cycle, name) for name in names}
    return {name: _in_words(now) for name, now in said.items() if now != typed[name]}


def _in_words(said: Any) -> str:
    if isinstance(said, date):
        return long_date(said)
    return said.alias if isinstance(said, Person) else str(said)


# --- Numbers on the way, and how it was.


def number_faults(
    test_cycle: TestCycle, indicator: Indicator | None, value: float | None, denominator: int | None
) -> dict[str, str]:
    """List what is wrong with a number of today, by its field; it belongs to a measure the test cycle watches."""
    if indicator is None or indicator not in test_cycle.measures:
        return {"measure": "Choose which measure it is."}
    if value is None:
        return {"value": "Write the number."}
    return outcomes.reading_faults(indicator.unit, value, denominator)


def may_say(test_cycle: TestCycle) -> Answer:
    """Whoever is shown a test cycle may say how it was, once it was done."""
    return YES if test_cycle.state in HEARD else no("First the test is done.")


def may_take_back(person: Person, feedback: Feedback) -> Answer:
    """Whoever typed the words, and the owner of the pilot, may take them back."""
    if person.id in (feedback.by_id, feedback.test_cycle.pilot.owner_id):
        return YES
    return no("Only who wrote this, or the pilot's owner, can take it back.")
