"""A pilot and its test cycles in words, on the chart and on the ramp."""

from collections.abc import Sequence

from coprod.core.words import long_date
from coprod.drawings.chart_facts import CycleSpan
from coprod.drawings.ramp import RampFacts, RampStep
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator, MeasureKind
from coprod.outcomes.rules.periods import period_of
from coprod.people.models import Side
from coprod.pilots.models import CycleNumber, Feedback, FundingAsk, Pilot, PilotState, TestCycle, TestCycleState
from coprod.pilots.rules.money import answer_words
from coprod.pilots.rules.pilot import FINISHED
from coprod.pilots.rules.signals import shown_first
from coprod.workstreams.rules import on_side, seated

TOLD = {
    "funded": "There is money for it.",
    "not funded": "There is no money for it.",
    "set up": "It is being set up.",
    "baseline begun": "We count how things are before it begins.",
    "testing begun": "It is being tried now.",
    "reviewed": "The trying is over. The steering group will say what becomes of it.",
    "adopted": "It stays for good.",
    "adapted": "It will be changed and tried again.",
    "abandoned": "It was stopped.",
}
"""What the people who asked for a pilot are told of each of its moves."""
ENDED = {
    TestCycleState.ADOPT: "We keep it.",
    TestCycleState.ADAPT: "We change it and test again.",
    TestCycleState.ABANDON: "We stop it.",
}


# --- What those who asked are told.


def told_of_move(pilot: Pilot, name: str) -> str:
    """Say to those who asked what has happened to the pilot, why, and where it goes from here."""
    why, learned = ("Why", pilot.reason), ("What we learned", pilot.learning)
    more = {
        "funded": [("Granted", pilot.granted)],
        "adopted": [why, ("It goes to", scale_words(pilot))],
        "adapted": [why],
        "abandoned": [why, learned],
    }
    return " ".join([TOLD[name], *(f"{label}: {_full(said)}" for label, said in more.get(name, ()) if said)])


def scale_words(pilot: Pilot) -> str:
    """Say where an adopted pilot goes, and by when; nothing of one that was adopted before this was asked."""
    return f"{pilot.scaled_to}, by {long_date(pilot.scaled_by)}" if pilot.scaled_by else ""


def told_of_test(test_cycle: TestCycle) -> str:
    """Say to those who asked how a small test ended."""
    came = f"{_full(test_cycle.result)} That was {test_cycle.compared}."
    return f"Test {test_cycle.number} is over: {_full(test_cycle.change)} {came} {ENDED[test_cycle.state]}"


def told_of_answer(ask: FundingAsk) -> str:
    """Say to those who asked what a board answered."""
    return f"{ask.board} was asked for money. It said: {answer_words(ask)}"


def _full(words: str) -> str:
    """End words with a full stop."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def number_words(one: CycleNumber) -> str:
    """Say a number that was written down on the way; a small one is not said (B13, domain rule on small numbers)."""
    unit = one.indicator.unit
    shown = outcomes.instead_of(unit, one.value, one.denominator) or outcomes.with_unit(unit, one.value)
    return f"{one.indicator.name}: {shown[0].lower()}{shown[1:]}"


FEWEST = 5
"""Of a side with fewer people than this, its name beside words would say whose they are (B13)."""


def quoted(said: Feedback) -> str:
    """Say what somebody it touched said, and of which side she is only where both have five people or more (B13)."""
    seats = seated(said.test_cycle.pilot.recommendation.workstream)
    known = all(len(on_side(seats, side)) >= FEWEST for side in (Side.LIVED, Side.PROFESSIONAL))
    return f"“{said.words}” ({said.whose})" if known else f"“{said.words}”"


def parents_say(pilot: Pilot) -> list[tuple[TestCycle, list[str]]]:
    """List what those it touched said, by test cycle: the latest first."""
    heard = [(one, [quoted(said) for said in one.feedback]) for one in pilot.test_cycles]
    return [(one, words) for one, words in reversed(heard) if words]


# --- On the chart.


def spans(pilot: Pilot, indicator: Indicator) -> list[CycleSpan]:
    """Find the readings each test cycle lies over: those of the weeks, months or quarters it ran in."""
    found, starts = [], [reading.month for reading in indicator.readings]
    for one in pilot.test_cycles:
        first = period_of(indicator.how_often, one.begins)
        under = [place for place, start in enumerate(starts) if first <= start <= one.ends]
        if under:
            found.append(CycleSpan(one.number, one.change, under[0], under[-1]))
    return found


# --- In words.


def headline(indicators: Sequence[Indicator]) -> list[tuple[str, str]]:
    """Say the answer first: how the first measure stands, where it is to get to, and how harm elsewhere stands."""
    first = shown_first(indicators)
    if first is None:
        return []
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
