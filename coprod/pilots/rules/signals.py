"""What the control charts say of a pilot's measures: harm elsewhere above all."""

from collections.abc import Iterable
from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.drawings.chart_facts import Meaning
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator, MeasureKind
from coprod.outcomes.rules.verdict import assurance_words

BALANCES = "A balancing measure shows a concern"


def variation(indicator: Indicator) -> str:
    """Say whether anything has changed that chance alone would not bring about."""
    return outcomes.verdict_of(indicator).sentence


def assurance(indicator: Indicator) -> str:
    """Say what the limits promise of the target."""
    if indicator.target is None:
        return "No target is set."
    told = assurance_words(outcomes.control_chart_of(indicator)) or "too early to tell"
    return f"Target {outcomes.target_words(indicator)}: {told}."


def concerns(indicator: Indicator, since: date) -> list[str]:
    """List the readings since a day that are a sign of harm, as "March 2025 (shift)"."""
    chart, first = outcomes.control_chart_of(indicator), since.replace(day=1)
    return [
        f"{outcomes.month_words(reading.month)} ({mark.sign})"
        for reading, mark in zip(indicator.readings, chart.marks, strict=True)
        if mark.meaning is Meaning.CONCERN and reading.month >= first
    ]


def concern_on_balancing(indicators: Iterable[Indicator], since: date) -> Answer:
    """Answer whether the balancing measures leave the way free: no sign of harm since the testing began."""
    for one in balancing(indicators):
        if found := concerns(one, since):
            return no(f"{BALANCES}. {one.name}: {found[-1]}.")
    return YES


def balancing(indicators: Iterable[Indicator]) -> list[Indicator]:
    """List the balancing measures among these, each once."""
    watched = {one.id: one for one in indicators}
    return [one for one in watched.values() if one.kind == MeasureKind.BALANCING]
