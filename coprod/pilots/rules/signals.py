"""What the control charts say of a pilot's measures: harm elsewhere above all."""

from collections.abc import Iterable, Sequence
from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.drawings.chart_facts import Meaning
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import HowOften, Indicator, MeasureKind
from coprod.outcomes.rules import telling
from coprod.outcomes.rules.periods import period_of
from coprod.outcomes.rules.verdict import assurance_words

AGAIN_AND_AGAIN = frozenset({None, HowOften.WEEK, HowOften.MONTH, HowOften.QUARTER})
BALANCES = "A balancing measure shows a concern"


def is_a_line(indicator: Indicator) -> bool:
    """Answer whether it is read again and again; what has two points, or is only told, is no line and no trend."""
    return indicator.how_often in AGAIN_AND_AGAIN


def shown_first(indicators: Sequence[Indicator]) -> Indicator | None:
    """Find the measure a pilot is judged by at a glance: the first that is read again and again, or else the first."""
    return next(filter(is_a_line, indicators), None) or next(iter(indicators), None)


def variation(indicator: Indicator) -> str:
    """Say whether anything has changed that chance alone would not bring about; of two points, both, and no more."""
    return outcomes.verdict_of(indicator).sentence if is_a_line(indicator) else telling.words_of(indicator)


def assurance(indicator: Indicator) -> str:
    """Say what the limits promise of the target."""
    if indicator.target is None:
        return "No target is set."
    if not is_a_line(indicator):
        return f"Target {outcomes.target_words(indicator)}."
    told = assurance_words(outcomes.control_chart_of(indicator)) or "too early to tell"
    return f"Target {outcomes.target_words(indicator)}: {told}."


def concerns(indicator: Indicator, since: date) -> list[str]:
    """List the readings since a day that are a sign of harm, as "March 2025 (shift)"."""
    chart, first = outcomes.control_chart_of(indicator), period_of(indicator.how_often, since)
    return [
        f"{telling.when(indicator, reading)} ({mark.sign})"
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
