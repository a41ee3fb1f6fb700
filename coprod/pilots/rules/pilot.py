"""What may happen to a pilot, by whose hand: its money, its steps, and what becomes of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coprod.core import words
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots.models import BoardAnswer, Pilot, PilotState, PilotStep, StepKind, TestCycle, TestCycleState
from coprod.pilots.rules.signals import balancing, concern_on_balancing
from coprod.pilots.rules.who import does, is_chair, is_owner

FINISHED = frozenset({TestCycleState.ADOPT, TestCycleState.ADAPT, TestCycleState.ABANDON})
RUNNING = frozenset({TestCycleState.DOING, TestCycleState.STUDYING})
CYCLES_BEFORE_ADOPTING = 2


def finished(pilot: Pilot) -> list[TestCycle]:
    """List the test cycles that went all the way round."""
    return [one for one in pilot.test_cycles if one.state in FINISHED]


def balancing_of(pilot: Pilot) -> list[Indicator]:
    """List the balancing measures: those its test cycles watch, and any other of what was recommended; each once."""
    watched = [measure for one in pilot.test_cycles for measure in one.measures]
    return balancing([*watched, *pilot.measures])


def tested_since(pilot: Pilot) -> date:
    """Answer since when it is tested: what a measure showed before is not its doing."""
    return min((one.begins for one in pilot.test_cycles), default=pilot.begins)


def enough_cycles(pilot: Pilot) -> Answer:
    """Answer whether it went round twice."""
    so_far = len(finished(pilot))
    return YES if so_far >= CYCLES_BEFORE_ADOPTING else no(f"Two finished test cycles are needed. So far: {so_far}.")


def no_harm_elsewhere(pilot: Pilot) -> Answer:
    """Answer whether no balancing measure shows a concern since it is tested."""
    return concern_on_balancing(balancing_of(pilot), tested_since(pilot))


def no_test_runs(pilot: Pilot) -> Answer:
    """Answer whether every test cycle that was begun is finished."""
    running = next((one for one in pilot.test_cycles if one.state in RUNNING), None)
    return no(f"First finish test cycle {running.number}.") if running else YES


def has_earned_adoption(pilot: Pilot) -> Answer:
    """Answer whether it can be adopted as it stands, without an override."""
    return enough_cycles(pilot) & no_harm_elsewhere(pilot)


def may_decide(person: Person, pilot: Pilot) -> Answer:
    """The chair may say what becomes of a pilot, once its owner has said that the testing is done."""
    reviewed = YES if pilot.state == PilotState.REVIEWED else no("First its owner says that the testing is done.")
    return is_chair(person, pilot) & reviewed


def to_do_with(pilot: Pilot) -> str:
    """Answer in words what a steering group does with a pilot that waits for it."""
    return "adopt, adapt or stop" if pilot.state == PilotState.REVIEWED else "its time is over"


def has_a_yes(pilot: Pilot) -> Answer:
    """Answer whether a board said yes, where one was asked."""
    granted = any(one.answer in (BoardAnswer.ALL, BoardAnswer.PART) for one in pilot.asks)
    return YES if granted or not pilot.asks else no("No board has said yes yet. First note what it answered.")


def is_ready(pilot: Pilot, kind: StepKind) -> Answer:
    """Answer whether every step of this kind is done."""
    waits = next((step for step in pilot.steps if step.kind == kind and not step.done_on), None)
    return no(f"First finish this {kind}: {waits.what}.") if waits else YES


def _chair_with_money(person: Person, pilot: Pilot) -> Answer:
    return is_chair(person, pilot) and has_a_yes(pilot)


def _owner_when_set_up(person: Person, pilot: Pilot) -> Answer:
    return is_owner(person, pilot) and is_ready(pilot, StepKind.SET_UP)


def _owner_when_safe(person: Person, pilot: Pilot) -> Answer:
    return is_owner(person, pilot) and is_ready(pilot, StepKind.SAFETY)


def _owner_when_no_test_runs(person: Person, pilot: Pilot) -> Answer:
    return is_owner(person, pilot) & no_test_runs(pilot)


def _chair_when_earned_or_overridden(person: Person, pilot: Pilot) -> Answer:
    return is_chair(person, pilot) and (YES if pilot.override_reason else has_earned_adoption(pilot))


def _chair_with_a_note(person: Person, pilot: Pilot) -> Answer:
    return is_chair(person, pilot) & (YES if pilot.learning else no("Say what was learned."))


def _pilot_moves() -> list[Move[Pilot]]:
    state, only = PilotState, frozenset
    tested = only({state.BASELINE, state.ADAPTED})
    reviewed = only({state.REVIEWED})
    return [
        Move("funded", only({state.PROPOSED}), state.FUNDED, _chair_with_money, "It is funded"),
        Move("not funded", only({state.PROPOSED}), state.NOT_FUNDED, is_chair, "It is not funded"),
        Move("set up", only({state.FUNDED}), state.SET_UP, is_owner, "Begin the set-up"),
        Move("baseline begun", only({state.SET_UP}), state.BASELINE, _owner_when_set_up, "Begin the baseline"),
        Move("testing begun", tested, state.CYCLING, _owner_when_safe, "Begin testing"),
        Move("reviewed", only({state.CYCLING}), state.REVIEWED, _owner_when_no_test_runs, "Testing is done: review it"),
        Move("adopted", reviewed, state.ADOPTED, _chair_when_earned_or_overridden, "Adopt"),
        Move("adapted", reviewed, state.ADAPTED, is_chair, "Adapt"),
        Move("abandoned", reviewed, state.ABANDONED, _chair_with_a_note, "Stop"),
    ]


LIFECYCLE = Lifecycle[Pilot](_pilot_moves())
RUNNING_IT = ("set up", "baseline begun", "testing begun", "reviewed")
"""The owner's moves; the others are the chair's: money, and what becomes of it."""


WORDS_OF = {
    "funded": ("granted",),
    "adopted": ("override_reason", "reason", "scaled_to", "scaled_by"),
    "adapted": ("reason",),
    "abandoned": ("reason", "learning"),
}
"""The words that some moves take with them."""
DECISION_NEEDS = {
    "adopted": {
        "reason": "Say why.",
        "scaled_to": "Say where it goes, or who gets it.",
        "scaled_by": "Say by when.",
    },
    "adapted": {"reason": "Say why."},
    "abandoned": {"reason": "Say why.", "learning": "Say what was learned."},
}
MOST_WORDS_OF_A_REASON = 60


def decision_faults(name: str, said: Mapping[str, Any], today: date) -> dict[str, str]:
    """List what a decision still has to say, by its field: its reason in few words, and where an adopted one goes."""
    faults = {field: sentence for field, sentence in DECISION_NEEDS.get(name, {}).items() if not said.get(field)}
    count, by_when = words.count(said.get("reason") or ""), said.get("scaled_by")
    if count > MOST_WORDS_OF_A_REASON:
        faults["reason"] = f"Use {MOST_WORDS_OF_A_REASON} words at most. This has {count}."
    if by_when and by_when < today:
        faults["scaled_by"] = "That day is over."
    return faults


def is_open(pilot: Pilot) -> bool:
    """Answer whether anything can still become of it."""
    return any(pilot.state in move.sources for move in LIFECYCLE.moves.values())


# --- Its steps.


def still_open(pilot: Pilot) -> Answer:
    """Answer whether it still goes on."""
    return YES if is_open(pilot) else no(f"The pilot is at: {pilot.state}. Nothing is added to it now.")


def may_add_step(person: Person, pilot: Pilot) -> Answer:
    """The owner may say what has to be done, by whom and by when."""
    return is_owner(person, pilot) & still_open(pilot)


def may_finish_step(person: Person, step: PilotStep) -> Answer:
    """Whoever does a step may say that it is done, once."""
    return does(person, step) & (no("This is done already.") if step.done_on else YES)


def found_fault(step: PilotStep, found: str) -> str:
    """Say what a finished safety check still lacks, or nothing."""
    return "Say what the check found." if step.kind == StepKind.SAFETY and not found else ""


def step_words(step: PilotStep, today: date) -> str:
    """Say in a word how far a step is."""
    if step.done_on:
        return "done"
    return "late" if step.due < today else "open"
