"""Who may measure, which small numbers are never shown, and how an indicator is said in words."""

from collections.abc import Iterable
from datetime import date
from math import isfinite

from coprod.core.answers import YES, Answer, no
from coprod.drawings.shapes import value_words
from coprod.outcomes.models import Correction, Indicator, Keeper, Reading, Unit
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.rules import is_chair, is_facilitator

FEWER = "Fewer than 5"
TOO_FEW = "Too few to show"
SMALLEST_COUNT = 5
LEAST_FOR_A_PERCENTAGE = 10
MOST = 1_000_000
EARLIEST = date(2000, 1, 1)


def may_measure(person: Person, recommendation: Recommendation, keepers: Iterable[Keeper]) -> Answer:
    """The stream's facilitator, the steering group's chair and the owner of the pilot may."""
    keeps = any(keeper.person_id == person.id for keeper in keepers)
    leads = is_facilitator(person, recommendation.workstream) or is_chair(person, recommendation.steering)
    return YES if keeps or leads else no("Only the facilitator, the chair or the pilot's owner can do this.")


def may_keep(person: Person, indicator: Indicator) -> Answer:
    """Answer whether this person may add and put right its readings."""
    return may_measure(person, indicator.recommendation, indicator.keepers)


# --- What a reading must be.


def reading_faults(unit: Unit, value: float, denominator: int | None) -> dict[str, str]:
    """List what is wrong with a reading's numbers, by the field it stands in."""
    found = {"value": _value_fault(unit, value), "denominator": _denominator_fault(unit, denominator)}
    if not any(found.values()) and unit == Unit.COUNT and denominator is not None and value > denominator:
        found["value"] = "This is more people than there were. Look at both numbers again."
    return {name: sentence for name, sentence in found.items() if sentence}


def level_faults(unit: Unit, levels: dict[str, float]) -> dict[str, str]:
    """List which of these levels, a baseline or a target, could never be a reading, and why."""
    found = {name: _value_fault(unit, level) for name, level in levels.items()}
    return {name: sentence for name, sentence in found.items() if sentence}


def _value_fault(unit: Unit, value: float) -> str:
    if not isfinite(value) or abs(value) > MOST:
        return "Write a smaller number."
    if unit == Unit.PERCENT and not 0 <= value <= 100:
        return "A percentage lies between 0 and 100."
    if unit in (Unit.COUNT, Unit.DAYS) and value < 0:
        return "This cannot be less than 0."
    if unit == Unit.COUNT and value != int(value):
        return "Count whole people."
    return ""


def _denominator_fault(unit: Unit, denominator: int | None) -> str:
    if denominator is None:
        return "Say out of how many people." if unit == Unit.PERCENT else ""
    if denominator > MOST:
        return "Write a smaller number."
    return "" if denominator > 0 else "Where nobody was counted there is no reading: leave the month out."


def is_sound(faults: Iterable[str]) -> Answer:
    """Answer no, with the first fault that is one."""
    return next((no(sentence) for sentence in faults if sentence), YES)


# --- Small numbers.


def instead_of(unit: Unit, value: float, denominator: int | None) -> str:
    """Say what stands in a small number's place; nothing where the number itself may be shown.

    No page shows a denominator or a total, so nothing hidden can be worked out by subtraction.
    """
    if unit == Unit.COUNT and 0 < value < SMALLEST_COUNT:
        return FEWER
    if unit == Unit.PERCENT and (denominator or 0) < LEAST_FOR_A_PERCENTAGE:
        return TOO_FEW
    if unit in (Unit.DAYS, Unit.SCORE) and denominator is not None and denominator < SMALLEST_COUNT:
        return TOO_FEW
    return ""


def said(unit: Unit, reading: Reading | Correction) -> str:
    """Say a reading, or what it was before, with its unit; or what stands in a small number's place."""
    return instead_of(unit, reading.value, reading.denominator) or with_unit(unit, reading.value)


def with_unit(unit: Unit, value: float) -> str:
    """Say a value with its unit: 62%, 12 people, 10 days, 7.5."""
    words = value_words(value)
    if unit == Unit.PERCENT:
        return f"{words}%"
    if unit == Unit.SCORE:
        return words
    one = {Unit.COUNT: "person", Unit.DAYS: "day"}[unit]
    return f"{words} {one if value == 1 else unit.value}"


# --- An indicator in words.


def latest_words(indicator: Indicator) -> str:
    """Say the latest reading, or that there is none."""
    if not indicator.readings:
        return "No reading yet"
    return said(indicator.unit, indicator.readings[-1])


def baseline_words(indicator: Indicator) -> str:
    """Say where it stood before; a small count is not said here either."""
    if indicator.baseline is None:
        return ""
    small = indicator.unit == Unit.COUNT and 0 < indicator.baseline < SMALLEST_COUNT
    return FEWER if small else with_unit(indicator.unit, indicator.baseline)


def target_words(indicator: Indicator) -> str:
    """Say where it is to get to."""
    return "" if indicator.target is None else with_unit(indicator.unit, indicator.target)
