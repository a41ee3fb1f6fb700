"""What may be changed in a definition sheet, and how it was put before."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from coprod.core.answers import YES, Answer, no
from coprod.outcomes.models import HowOften, Indicator, Unit
from coprod.outcomes.rules.measuring import FEWER, SMALLEST_COUNT, is_sound, level_faults, may_keep, with_unit
from coprod.outcomes.rules.periods import period_of
from coprod.outcomes.rules.proposing import groups_fault, waiting
from coprod.people.models import Person

LINES = {
    "name": "Name",
    "kind": "Kind",
    "unit": "What a reading is",
    "numerator": "What is counted",
    "denominator": "Out of what",
    "who_is_counted": "Who is counted",
    "groups": "Broken down by",
    "source": "Where the numbers come from",
    "how_often": "How often",
    "told": "What is told",
    "better": "Which way is better",
    "baseline": "Baseline",
    "target": "Target",
}
"""The lines of a definition sheet, by what they are kept as."""
LEVELS = ("baseline", "target")
MEANING = ("kind", "unit", "better", "how_often", "groups")
"""What readings that are there already would mean something else by."""
FIXED = "There are readings already, and they would mean something else. Measure it anew, under another name."
A_SMALL_COUNT = re.compile(r"(?<![\d.,/-])[1-4](?![\d.,/%-])")
NO_SMALL_COUNT = "Counts of 1 to 4 are never told. Write fewer than 5."


def is_read(indicator: Indicator) -> bool:
    """Answer whether anything was read, or waits to count: then its meaning stays as it is."""
    return bool(indicator.readings or waiting(indicator))


def may_define(person: Person, indicator: Indicator, given: Mapping[str, Any]) -> Answer:
    """Answer whether this person may put the sheet so: who keeps it may, but not give what was read another meaning."""
    turned = any(name in MEANING for name in was(indicator, given))
    return may_keep(person, indicator) & (no(FIXED) if turned and is_read(indicator) else YES)


def is_sound_sheet(given: Mapping[str, Any]) -> Answer:
    """Answer whether all these lines together can be a definition sheet."""
    levels = {name: given[name] for name in LEVELS if given[name] is not None}
    told = told_faults(given["how_often"], given["unit"], given["told"], given["source"])
    faults = [*level_faults(given["unit"], levels).values(), groups_fault(given["unit"], given["groups"])]
    return is_sound([*faults, *told.values()])


def told_faults(how_often: HowOften, unit: Unit, told: str, source: str) -> dict[str, str]:
    """List what is missing where a difference is only told, by the line it is missing in."""
    if how_often != HowOften.TOLD:
        return {}
    found = {"told": "" if told else "Say what is told, such as: down by 6%."}
    found["source"] = "" if source else "Say whose words these are."
    if unit == Unit.COUNT and A_SMALL_COUNT.search(told):
        found["told"] = NO_SMALL_COUNT
    return {name: sentence for name, sentence in found.items() if sentence}


def was(indicator: Indicator, given: Mapping[str, Any]) -> dict[str, str]:
    """Give each line that is another now, as it stood."""
    return {name: _kept(getattr(indicator, name)) for name in LINES if getattr(indicator, name) != given[name]}


def _kept(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, list) else str(value)


def next_period(indicator: Indicator) -> date | None:
    """Answer the first period that no reading has reached; none before the first reading."""
    if not indicator.readings:
        return None
    last, further = indicator.readings[-1].month, {HowOften.WEEK: 7, HowOften.QUARTER: 93}
    return period_of(indicator.how_often, date.fromordinal(last.toordinal() + further.get(indicator.how_often, 31)))


def hides_baseline(indicator: Indicator) -> bool:
    """Answer whether the baseline is a count too small to be told, even to who may change it."""
    return indicator.baseline is not None and _is_hidden(indicator.unit, "baseline", indicator.baseline)


def former_words(indicator: Indicator) -> list[tuple[date, str, list[str]]]:
    """Tell each change of the sheet, the latest first: when, why, and how each line was put; small counts hidden."""
    unit, told = indicator.unit, []
    for one in reversed(indicator.former):
        unit = Unit(one.was.get("unit", unit))
        told.append((one.on, one.why, [f"{LINES[name]}: {_said(unit, name, was)}" for name, was in one.was.items()]))
    return told


def _said(unit: Unit, name: str, kept: str) -> str:
    if not kept:
        return "nothing"
    if name not in LEVELS:
        return kept
    level = float(kept)
    return FEWER if _is_hidden(unit, name, level) else with_unit(unit, level)


def _is_hidden(unit: Unit, name: str, level: float) -> bool:
    return name == "baseline" and unit == Unit.COUNT and 0 < level < SMALLEST_COUNT
