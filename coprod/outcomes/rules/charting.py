"""An indicator as a chart: what may be shown of it, with what the rules of the control chart say, in words too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coprod.drawings.chart_facts import Among, Better, ChartReading, CycleSpan, LineChartFacts, Note
from coprod.outcomes.models import Direction, HowOften, Indicator, Reading
from coprod.outcomes.rules.control_chart import ControlChart, Phase, Point, control_chart
from coprod.outcomes.rules.measuring import baseline_words, instead_of, latest_words, target_words
from coprod.outcomes.rules.verdict import Verdict, assurance_words, verdict

BETTER = {Direction.UP: Better.INCREASE, Direction.DOWN: Better.DECREASE, Direction.NEITHER: Better.NEUTRAL}
DAYS_OF_A_MONTH = 31
OVER_TIME = (HowOften.WEEK, HowOften.MONTH, HowOften.QUARTER)
EACH = {HowOften.WEEK: " each week", HowOften.QUARTER: " each quarter", HowOften.ONCE: ""}


def control_chart_of(indicator: Indicator, phases: Sequence[Phase] | None = None) -> ControlChart:
    """Ask the rules of the control chart about what may be shown of an indicator; its own phases, unless others."""
    points = [Point(_label(indicator, one.month), _shown(indicator, one)) for one in indicator.readings]
    known = _phases(indicator) if phases is None else phases
    return control_chart(points, BETTER[indicator.better], target=indicator.target, phases=known)


def verdict_of(indicator: Indicator) -> Verdict:
    """Say better, worse or no telling, and why."""
    return verdict(control_chart_of(indicator), baseline_words(indicator))


def verdict_words(indicator: Indicator) -> str:
    """Say what the chart shows and what it does not, and then the three numbers side by side."""
    return _summary(indicator, control_chart_of(indicator))


def chart_of(indicator: Indicator, spans: Sequence[CycleSpan] = ()) -> LineChartFacts:
    """Give what may be shown of an indicator to be drawn: never a small number, nor what would tell it.

    The charts as they were before each re-basing are kept beside it.
    """
    phases = _phases(indicator)
    facts = _drawn(indicator, phases, spans)
    earlier = [_drawn(indicator, phases[:count], spans) for count in reversed(range(len(phases)))]
    kept = [replace(one, key=f"{one.key}-{place}") for place, one in enumerate(earlier, start=1)]
    return replace(facts, kept=tuple(kept))


def charts_together(indicators: Sequence[Indicator]) -> tuple[tuple[Among, ...], int]:
    """Give many indicators to be drawn small side by side, each reading at its time among the months of all."""
    when = [one.month for indicator in indicators for one in indicator.readings]
    first, last = (min(when), max(when)) if when else (date.min, date.min)
    charts = [_drawn(one, _phases(one), ()) for one in indicators]
    places = [tuple(_months_after(first, one.month) for one in indicator.readings) for indicator in indicators]
    return tuple(map(Among, charts, places)), int(_months_after(first, last)) + 1


def _months_after(first: date, day: date) -> float:
    """Count the months from one day's to another, a week's as a part of one."""
    return (day.year - first.year) * 12 + day.month - first.month + (day.day - 1) / DAYS_OF_A_MONTH


def _drawn(indicator: Indicator, phases: Sequence[Phase], spans: Sequence[CycleSpan]) -> LineChartFacts:
    chart = control_chart_of(indicator, phases)
    return LineChartFacts(
        key=indicator.id.hex[:8],
        title=indicator.name,
        unit=_each_time(indicator),
        readings=tuple(
            ChartReading(point.label, point.value, _instead(indicator, one), mark.sign, mark.meaning)
            for one, point, mark in zip(indicator.readings, chart.points, chart.marks, strict=True)
        ),
        better=BETTER[indicator.better],
        target=indicator.target,
        cycles=tuple(spans),
        stretches=chart.stretches,
        events=_events(indicator),
        summary=_summary(indicator, chart),
        word=verdict(chart).word.capitalize(),
        joined=indicator.how_often in (None, *OVER_TIME),
    )


def _instead(indicator: Indicator, reading: Reading) -> str:
    return instead_of(indicator.unit, reading.value, reading.denominator)


def _shown(indicator: Indicator, reading: Reading) -> float | None:
    return None if _instead(indicator, reading) else reading.value


def _phases(indicator: Indicator) -> tuple[Phase, ...]:
    """Find at which reading each re-basing begins; one that no reading has reached yet does not count yet."""
    months = [reading.month for reading in indicator.readings]
    found = {sum(month < one.starts for month in months): one.why for one in indicator.phases}
    return tuple(Phase(start, why) for start, why in sorted(found.items()) if 0 < start < len(months))


def _events(indicator: Indicator) -> tuple[Note, ...]:
    """Put each event at the reading of its time; what was before the first reading is not on the line."""
    months = [reading.month for reading in indicator.readings]
    placed = [(sum(month <= event.day for month in months) - 1, event) for event in indicator.events]
    return tuple(Note(at, event.words, f"{event.day.day} {event.day:%b %Y}") for at, event in placed if at >= 0)


# --- In words.


def _summary(indicator: Indicator, chart: ControlChart) -> str:
    baseline, target = baseline_words(indicator), target_words(indicator)
    sentences = [verdict(chart, baseline).sentence]
    named = (("Latest", latest_words(indicator) if indicator.readings else ""), ("Baseline", baseline))
    sentences += [f"{name} {_mid(words)}." for name, words in named if words]
    if target:
        promised = assurance_words(chart)
        sentences.append(f"Target {_mid(target)}{f': {promised}' if promised else ''}.")
    return " ".join(sentences)


def _mid(words: str) -> str:
    """Put words inside a sentence."""
    return words[0].lower() + words[1:]


def _label(indicator: Indicator, first: date) -> str:
    """Say shortly which week, quarter or month a reading is of."""
    if indicator.how_often == HowOften.WEEK:
        return f"{first.day} {first:%b %Y}"
    if indicator.how_often == HowOften.QUARTER:
        return f"{first:%b}–{first.replace(month=min(12, first.month + 2)):%b %Y}"
    return f"{first:%b %Y}"


def _each_time(indicator: Indicator) -> str:
    each = EACH.get(indicator.how_often, " each month")
    counted = f": {indicator.who_is_counted}" if indicator.who_is_counted else ""
    return f"{indicator.unit.value.capitalize()}{each}{counted}"
