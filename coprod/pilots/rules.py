"""What may happen to a pilot and its test cycles, by whose hand, and what a plan and a study must say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.drawings.chart_facts import CycleSpan
from coprod.drawings.ramp import RampFacts, RampStep
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator, MeasureKind
from coprod.people.models import Person
from coprod.pilots.models import Pilot, PilotState, TestCycle, TestCycleState
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Verdict
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Membership, Role

ACCEPTED = frozenset({Verdict.ACCEPT, Verdict.ACCEPT_WITH_CHANGES})
FINISHED = frozenset({TestCycleState.ADOPT, TestCycleState.ADAPT, TestCycleState.ABANDON})
RUNNING = frozenset({TestCycleState.DOING, TestCycleState.STUDYING})
CYCLES_BEFORE_ADOPTING = 2


# --- Who.


def is_chair(person: Person, pilot: Pilot) -> Answer:
    """The chair of the steering group may: money, and whether to adopt, adapt or stop."""
    return workstreams.is_chair(person, pilot.recommendation.steering)


def is_owner(person: Person, pilot: Pilot) -> Answer:
    """The pilot's owner may: its running."""
    return YES if pilot.owner_id == person.id else no("Only the pilot's owner can do this.")


def runs(person: Person, test_cycle: TestCycle) -> Answer:
    """The owner of the test cycle, and of its pilot, may."""
    if person.id in (test_cycle.owner_id, test_cycle.pilot.owner_id):
        return YES
    return no("Only the owner of the test cycle or of the pilot can do this.")


def may_propose(person: Person, recommendation: Recommendation, verdict: Verdict | None) -> Answer:
    """The chair may, once a recommendation was accepted and its group has had the reply."""
    accepted = YES if verdict in ACCEPTED else no("Only what was accepted can be put into a pilot.")
    replied = YES if recommendation.state == State.REPLIED else no("First send the group its reply.")
    return workstreams.is_chair(person, recommendation.steering) & accepted & replied


def may_own(recommendation: Recommendation) -> list[Person]:
    """List who can own its pilot or a test cycle: everybody at its two tables, by name."""
    seats = workstreams.seated(recommendation.workstream) + workstreams.seated(recommendation.steering)
    people = {seat.person.id: seat.person for seat in seats}
    return sorted(people.values(), key=lambda person: (person.alias, str(person.id)))


def owners_known_to(person: Person, recommendation: Recommendation, pilot: Pilot | None = None) -> list[Person]:
    """List whom of these somebody is shown: who sits with them, who runs the other table, who owns a part now (P2)."""
    tables = recommendation.workstream, recommendation.steering
    seats = [seat for table in tables for seat in workstreams.seated(table) if _is_known(person, seat)]
    known = {seat.person_id for seat in seats} | (_owning(pilot) if pilot else set())
    return [one for one in may_own(recommendation) if one.id in known]


def _is_known(person: Person, seat: Membership) -> bool:
    return seat.role == Role.FACILITATOR or bool(workstreams.is_member(person, seat.workstream))


def _owning(pilot: Pilot) -> set[UUID]:
    return {pilot.owner_id, *(one.owner_id for one in pilot.test_cycles)}


# --- The pilot.


def finished(pilot: Pilot) -> list[TestCycle]:
    """List the test cycles that went all the way round."""
    return [one for one in pilot.test_cycles if one.state in FINISHED]


def balancing_of(pilot: Pilot) -> list[Indicator]:
    """List the balancing measures its test cycles watch, each once."""
    watched = {measure.id: measure for one in pilot.test_cycles for measure in one.measures}
    return [measure for measure in watched.values() if measure.kind == MeasureKind.BALANCING]


def enough_cycles(pilot: Pilot) -> Answer:
    """Answer whether it went round twice."""
    so_far = len(finished(pilot))
    return YES if so_far >= CYCLES_BEFORE_ADOPTING else no(f"Two finished test cycles are needed. So far: {so_far}.")


def concern_on_balancing(indicators: Iterable[Indicator]) -> Answer:
    """Answer whether the balancing measures leave the way free; this is the place of the control chart's signal rules.

    Without those rules nothing is called a signal, so nothing here can be a concern yet. The page says so, and
    shows the measures for people to judge.
    """
    return YES


def no_test_runs(pilot: Pilot) -> Answer:
    """Answer whether every test cycle that was begun is finished."""
    running = next((one for one in pilot.test_cycles if one.state in RUNNING), None)
    return no(f"First finish test cycle {running.number}.") if running else YES


def has_earned_adoption(pilot: Pilot) -> Answer:
    """Answer whether it can be adopted as it stands, without an override."""
    return enough_cycles(pilot) & concern_on_balancing(balancing_of(pilot))


def may_decide(person: Person, pilot: Pilot) -> Answer:
    """The chair may say what becomes of a pilot, once its owner has said that the testing is done."""
    reviewed = YES if pilot.state == PilotState.REVIEWED else no("First its owner says that the testing is done.")
    return is_chair(person, pilot) & reviewed


def to_do_with(pilot: Pilot) -> str:
    """Answer in words what a steering group does with a pilot that waits for it."""
    return "adopt, adapt or stop" if pilot.state == PilotState.REVIEWED else "its time is over"


def _owner_when_no_test_runs(person: Person, pilot: Pilot) -> Answer:
    return is_owner(person, pilot) & no_test_runs(pilot)


def _chair_when_earned_or_overridden(person: Person, pilot: Pilot) -> Answer:
    return is_chair(person, pilot) & (YES if pilot.override_reason else has_earned_adoption(pilot))


def _chair_with_a_note(person: Person, pilot: Pilot) -> Answer:
    return is_chair(person, pilot) & (YES if pilot.learning else no("Say what was learned."))


def _pilot_moves() -> list[Move[Pilot]]:
    state, only = PilotState, frozenset
    tested = only({state.BASELINE, state.ADAPTED})
    reviewed = only({state.REVIEWED})
    return [
        Move("funded", only({state.PROPOSED}), state.FUNDED, is_chair, "It is funded"),
        Move("not funded", only({state.PROPOSED}), state.NOT_FUNDED, is_chair, "It is not funded"),
        Move("set up", only({state.FUNDED}), state.SET_UP, is_owner, "Begin the set-up"),
        Move("baseline begun", only({state.SET_UP}), state.BASELINE, is_owner, "Begin the baseline"),
        Move("testing begun", tested, state.CYCLING, is_owner, "Begin testing"),
        Move("reviewed", only({state.CYCLING}), state.REVIEWED, _owner_when_no_test_runs, "Testing is done: review it"),
        Move("adopted", reviewed, state.ADOPTED, _chair_when_earned_or_overridden, "Adopt"),
        Move("adapted", reviewed, state.ADAPTED, is_chair, "Adapt"),
        Move("abandoned", reviewed, state.ABANDONED, _chair_with_a_note, "Stop"),
    ]


LIFECYCLE = Lifecycle[Pilot](_pilot_moves())
RUNNING_IT = ("set up", "baseline begun", "testing begun", "reviewed")
"""The owner's moves; the others are the chair's: money, and what becomes of it."""


def is_open(pilot: Pilot) -> bool:
    """Answer whether anything can still become of it."""
    return any(pilot.state in move.sources for move in LIFECYCLE.moves.values())


# --- Its test cycles.


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


def _runs_it_and_learned(person: Person, test_cycle: TestCycle) -> Answer:
    noted = YES if test_cycle.learning else no("Say what was learned.")
    return _runs_it_and_studied(person, test_cycle) & noted


def _test_cycle_moves() -> list[Move[TestCycle]]:
    state, only = TestCycleState, frozenset
    studying = only({state.STUDYING})
    return [
        Move("begun", only({state.PLANNED}), state.DOING, _runs_it_while_testing, "Begin"),
        Move("done", only({state.DOING}), state.STUDYING, runs, "It is done: study it"),
        Move("adopted", studying, state.ADOPT, _runs_it_and_studied, "Adopt"),
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


def is_sound(faults: Mapping[str, str]) -> Answer:
    """Answer no, with the first thing to mend."""
    return no(next(iter(faults.values()))) if faults else YES


# --- On the chart.


def spans(pilot: Pilot, months: Sequence[date]) -> list[CycleSpan]:
    """Find the readings each test cycle lies over: those of the months it ran in."""
    found = []
    for one in pilot.test_cycles:
        first = one.begins.replace(day=1)
        under = [place for place, month in enumerate(months) if first <= month <= one.ends]
        if under:
            found.append(CycleSpan(one.number, one.change, under[0], under[-1]))
    return found


# --- In words.


def headline(indicators: Sequence[Indicator]) -> list[tuple[str, str]]:
    """Say the answer first: how the first measure stands, where it is to get to, and how harm elsewhere stands."""
    if not indicators:
        return []
    first = indicators[0]
    balancing = [one for one in indicators if one.kind == MeasureKind.BALANCING]
    harm = [f"{one.name}: {outcomes.latest_words(one)}." for one in balancing] or ["No balancing measure yet."]
    return [
        (f"Latest: {outcomes.latest_words(first)}", first.name),
        (
            f"Target: {outcomes.target_words(first) or 'none set'}",
            f"Baseline: {outcomes.baseline_words(first) or 'not known'}",
        ),
        ("Harm elsewhere", " ".join(harm)),
    ]


def stage_words(pilot: Pilot) -> str:
    """Say where it has got to, and at which test cycle."""
    latest = pilot.test_cycles[-1] if pilot.test_cycles else None
    return (
        f"{pilot.state.value}: cycle {latest.number}" if pilot.state == PilotState.CYCLING and latest else pilot.state
    )


def outcome_words(test_cycle: TestCycle) -> str:
    """Say what became of a test cycle beside what was predicted."""
    predicted = f"Predicted: {test_cycle.prediction}"
    return f"{predicted} Came out: {test_cycle.result} ({test_cycle.compared})" if test_cycle.result else predicted


def ramp_of(pilot: Pilot) -> RampFacts:
    """Give its test cycles to be drawn as loops that climb."""
    steps = tuple(RampStep(one.number, one.change, one.state in FINISHED) for one in pilot.test_cycles)
    return RampFacts(pilot.id.hex[:8], steps)
