"""Builders of decisions, pilots and test cycles, straight through the models."""

from datetime import date, time
from typing import Any

from coprod.outcomes.models import MeasureKind, Unit
from coprod.people.models import Person
from coprod.pilots.models import Compared, Pilot, PilotState, TestCycle, TestCycleState
from coprod.recommendations.models import Recommendation
from coprod.steering.models import Decision, Meeting, Verdict
from tests.factories import keep
from tests.outcomes.builders import an_indicator

PROPOSAL = {
    "title": "One named midwife",
    "how_much": "60 in 100 know their midwife's name",
    "by_when": date(2025, 12, 31),
    "for_whom": "parents at two clinics",
    "site": "Two clinics",
    "begins": date(2025, 3, 1),
    "ends": date(2025, 12, 31),
}
KEPT = {"reason": "Parents know whom to ask", "scaled_to": "All six clinics", "scaled_by": date(2026, 3, 31)}
PLAN = {
    "how_much": "60 in 100 know her name",
    "by_when": date(2025, 12, 31),
    "for_whom": "parents at one clinic",
    "change": "A card with her name and face",
    "prediction": "55 in 100 will know it.",
    "scale": "One midwife, five families",
    "safety_check": "Ask each parent whether the card is welcome",
    "begins": date(2025, 3, 1),
    "ends": date(2025, 4, 30),
}


def a_decision(recommendation: Recommendation, verdict: Verdict = Verdict.ACCEPT, number: int = 1) -> Decision:
    """What the steering group decided, with a reason."""
    on = date(2025, 9, number)
    meeting = Meeting(workstream=recommendation.steering, on=on, starts_at=time(10))
    needed = {
        "changes": "Start with one clinic",
        "would_change": "Money",
        "question": "What does it cost?",
        "until": on,
    }
    made = Decision(
        recommendation=recommendation, meeting=meeting, number=number, verdict=verdict, reason="It is right."
    )
    made.on, made.members, made.members_present, made.lived_present = on, 8, 6, 3
    made.recorded_by_id = recommendation.steering.memberships[0].person_id
    for name, value in needed.items():
        setattr(made, name, value)
    keep(made)
    return made


def the_measures(recommendation: Recommendation) -> list[Any]:
    """An outcome and a balancing measure."""
    waiting = {"kind": MeasureKind.BALANCING, "unit": Unit.DAYS, "people": None}
    return [an_indicator(recommendation, "Knew her name"), an_indicator(recommendation, "Days to wait", **waiting)]


def a_pilot(
    recommendation: Recommendation, owner: Person, state: PilotState = PilotState.CYCLING, **fields: Any
) -> Pilot:
    """A pilot in a given state."""
    made = Pilot(recommendation=recommendation, owner=owner, state=state, **PROPOSAL | fields)
    keep(made)
    return made


def a_test_cycle(pilot: Pilot, state: TestCycleState = TestCycleState.PLANNED, **fields: Any) -> TestCycle:
    """The next test cycle of a pilot, in a given state, studied if it is finished."""
    number = len(pilot.test_cycles) + 1
    made = TestCycle(number=number, state=state, **{"owner": pilot.owner} | PLAN | fields)
    if state in (TestCycleState.ADOPT, TestCycleState.ADAPT, TestCycleState.ABANDON):
        made.result, made.compared, made.surprised = "52 in 100", Compared.WORSE, "Cards get lost"
        made.learning = "Cards alone are not enough"
    pilot.test_cycles.append(made)
    keep(pilot)
    return made
