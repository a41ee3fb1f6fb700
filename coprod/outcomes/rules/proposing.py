"""A second person looks at a reading before it counts, and at the putting right of one as well."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.outcomes.models import HowOften, Indicator, ProposalState, ProposedReading, Unit
from coprod.outcomes.rules.measuring import EARLIEST, MOST, is_sound, may_keep, reading_faults
from coprod.outcomes.rules.periods import NAMES, period_words
from coprod.people.models import Person

MOST_GROUPS = 12
TWO_POINTS = 2
WAITING = frozenset({ProposalState.WAITING})


def _is_a_second_person(person: Person, proposal: ProposedReading) -> Answer:
    keeps = may_keep(person, proposal.indicator)
    another = YES if person.id != proposal.by_id else no("Somebody else looks at what you proposed.")
    return keeps & another


def _proposed_it(person: Person, proposal: ProposedReading) -> Answer:
    keeps = may_keep(person, proposal.indicator)
    return keeps & (YES if person.id == proposal.by_id else no("Only who proposed it can take it back."))


LIFECYCLE = Lifecycle[ProposedReading](
    [
        Move("approved", WAITING, ProposalState.APPROVED, may=_is_a_second_person, button="Approve"),
        Move("sent back", WAITING, ProposalState.SENT_BACK, may=_is_a_second_person, button="Send back"),
        Move("taken back", WAITING, ProposalState.TAKEN_BACK, may=_proposed_it, button="Take back"),
    ]
)


def waiting(indicator: Indicator) -> list[ProposedReading]:
    """List what waits for a second person."""
    return [one for one in indicator.proposals if one.state == ProposalState.WAITING]


def period_fault(indicator: Indicator, starts: date, today: date) -> str:
    """Say why nothing new can be proposed for this period, or nothing where it can."""
    words, name = period_words(indicator.how_often, starts), NAMES.get(indicator.how_often, "month")
    if indicator.how_often == HowOften.TOLD:
        return "It is told without dates, so it has no readings. Measure it anew."
    if starts > today:
        return f"That {name} has not come yet."
    if starts < EARLIEST:
        return f"That {name} is too long ago."
    if any(reading.month == starts for reading in indicator.readings):
        return f"{words} has a reading already. Correct that one."
    if any(one.month == starts for one in waiting(indicator)):
        return f"{words} waits for a second person already."
    taken = len(indicator.readings) + sum(not one.why for one in waiting(indicator))
    if indicator.how_often == HowOften.ONCE and taken >= TWO_POINTS:
        return "It has its two points already. Correct one of them."
    return ""


def parts_fault(indicator: Indicator, parts: Sequence[int]) -> str:
    """Say what is wrong with the counts of the groups of a broken-down measure."""
    if len(parts) != len(indicator.groups or ()):
        return "Give a number for each group."
    return "Count whole people." if any(part < 0 or part > MOST for part in parts) else ""


def groups_fault(unit: Unit, groups: Sequence[str]) -> str:
    """Say why a measure cannot be broken down so."""
    if not groups:
        return ""
    if unit != Unit.COUNT:
        return "Only a number of people can be broken down."
    if len(groups) == 1 or len(groups) > MOST_GROUPS:
        return f"Name two groups at least, and {MOST_GROUPS} at most."
    if len({name.casefold() for name in groups}) < len(groups):
        return "Two groups have the same name."
    return ""


def may_correct(person: Person, indicator: Indicator, month: date) -> Answer:
    """Answer whether this person may propose to put a reading right: one proposal at a time."""
    free = not any(one.month == month for one in waiting(indicator))
    return may_keep(person, indicator) & (YES if free else no("A change of it waits for a second person already."))


def is_sound_reading(indicator: Indicator, numbers: dict[str, Any]) -> Answer:
    """Answer whether value, denominator and parts can be a reading of this measure."""
    value, denominator, parts = numbers["value"], numbers["denominator"], numbers["parts"]
    faults = [parts_fault(indicator, parts), *reading_faults(indicator.unit, value, denominator).values()]
    if parts and sum(parts) != value:
        faults.append("The whole is the sum of its groups.")
    return is_sound(faults)


def phase_fault(indicator: Indicator, starts: date) -> str:
    """Say why limits cannot begin afresh here: a phase begins at a reading, after the first, and once."""
    if starts not in [reading.month for reading in indicator.readings[1:]]:
        return "Choose a reading after the first."
    if any(phase.starts == starts for phase in indicator.phases):
        return "The limits begin afresh there already."
    return ""
