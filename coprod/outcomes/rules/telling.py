"""A measure in words: its definition sheet, its readings with small numbers hidden, and two points as what they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coprod.drawings.chart_facts import Among
from coprod.outcomes.models import Direction, HowOften, Indicator, ProposedReading, Reading
from coprod.outcomes.rules.bringing import Row
from coprod.outcomes.rules.charting import charts_together, verdict_words
from coprod.outcomes.rules.measuring import baseline_words, instead_of, said, target_words, with_unit
from coprod.outcomes.rules.periods import NAMES, period_words
from coprod.outcomes.rules.small_numbers import broken_down
from coprod.outcomes.rules.verdict import Word

ONLY_TWO_POINTS = "Two points show a difference. They are never a trend."
NO_DATES = "Nobody knows the dates. It is a difference, and never a trend."
WHOLE = "All"
ORDER = tuple(word.capitalize() for word in Word)


def when(indicator: Indicator, one: Reading | ProposedReading | Row) -> str:
    """Say the period something is of."""
    return period_words(indicator.how_often, one.month)


def words_of(indicator: Indicator) -> str:
    """Say what its chart shows and what it does not; of two points, both."""
    if indicator.how_often == HowOften.TOLD:
        return only_told(indicator)
    return two_points(indicator) if indicator.how_often == HowOften.ONCE else verdict_words(indicator)


def only_told(indicator: Indicator) -> str:
    """Say what a source says has changed, whose it is, and that it is no trend."""
    return f"{_ended(indicator.told)} Source: {_ended(indicator.source)} {NO_DATES}"


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def is_a_line(indicator: Indicator) -> bool:
    """Answer whether its readings are a series, which may be drawn: two points are none, nor is what is only told."""
    return indicator.how_often not in (HowOften.ONCE, HowOften.TOLD)


def two_points(indicator: Indicator) -> str:
    """Say a two-point comparison as what it is, and claim nothing more."""
    named = zip(("Before", "After"), indicator.readings, strict=False)
    points = [f"{name}, {when(indicator, one)}: {_mid(said(indicator.unit, one))}." for name, one in named]
    source = [f"Source: {_ended(indicator.source)}"] if indicator.source else []
    return " ".join([*(points or ["No reading yet."]), *([ONLY_TWO_POINTS] if len(points) == 2 else []), *source])


def side_by_side(indicators: Sequence[Indicator]) -> tuple[tuple[Among, ...], int]:
    """Give many measures to be drawn small over the same months; two points with their own words, and no line."""
    charts, months = charts_together(indicators)
    pairs = zip(indicators, charts, strict=True)
    return tuple(among if is_a_line(one) else _with_own_words(one, among) for one, among in pairs), months


def _with_own_words(indicator: Indicator, among: Among) -> Among:
    return replace(among, facts=replace(among.facts, summary=words_of(indicator)))


def across_words(words: Sequence[str]) -> str:
    """Say of how many measures the latest readings tell which word."""
    count = Counter(words)
    of_each = ", ".join(f"{told.lower()} {count[told]}" for told in ORDER if count[told])
    return f"{'1 measure' if len(words) == 1 else f'{len(words)} measures'}: {of_each}." if words else ""


def _mid(words: str) -> str:
    return words[0].lower() + words[1:]


def sheet_of(
    indicator: Indicator, often: Mapping[HowOften, str], ways: Mapping[Direction, str]
) -> list[tuple[str, str | None]]:
    """Give the lines of the definition sheet; none for what was left empty."""
    given = [
        ("Kind", indicator.kind.value.capitalize()),
        ("What is counted", indicator.numerator),
        ("Out of what", indicator.denominator),
        ("Who is counted", indicator.who_is_counted),
        ("Broken down by", ", ".join(indicator.groups)),
        ("Where the numbers come from", indicator.source),
        ("How often", often[indicator.how_often]),
        ("Which way is better", ways[indicator.better]),
        ("Baseline", baseline_words(indicator)),
        ("Target", target_words(indicator)),
    ]
    return [(name, words or None) for name, words in given]


def readings_of(indicator: Indicator) -> list[tuple[Reading, str, str]]:
    """List its readings, each with when and what in words."""
    return [(one, when(indicator, one), said(indicator.unit, one)) for one in indicator.readings]


def groups_of(indicator: Indicator) -> list[list[str]]:
    """Give the rows of the table of a broken-down measure: when, each group, and all of them together."""
    broken = [one for one in indicator.readings if one.parts]
    return [[when(indicator, one), *broken_down(one.parts).words] for one in reversed(broken)]


def table_of(indicator: Indicator) -> tuple[list[str], list[list[str]]]:
    """Give the head and the rows of what may be handed out: what the page shows, in the same words."""
    head = [NAMES[indicator.how_often].capitalize(), *indicator.groups, WHOLE if indicator.groups else "Reading"]
    if not indicator.groups:
        return head, [[words, what] for _, words, what in readings_of(indicator)]
    return head, [[when(indicator, one), *broken_down(one.parts).words] for one in indicator.readings]


def columns_of(indicator: Indicator) -> list[str]:
    """Name the columns that are brought from a spreadsheet, in their order."""
    values = list(indicator.groups) or [f"The reading ({indicator.unit.value})", "Out of how many people, if you know"]
    return [NAMES[indicator.how_often].capitalize(), *values]


def waiting_words(indicator: Indicator, one: ProposedReading) -> str:
    """Say what waits for a second person; where a reading is to be put right, what it is until then as well."""
    words = proposed_words(indicator, one)
    counts = [reading for reading in indicator.readings if one.why and reading.month == one.month]
    return f"{words} (now {_mid(said(indicator.unit, counts[0]))})" if counts else words


def proposed_words(indicator: Indicator, one: ProposedReading | Row) -> str:
    """Say what is proposed, or would come in: a small number is hidden here as well, before anybody has seen it."""
    if not indicator.groups:
        instead = instead_of(indicator.unit, one.value, one.denominator)
        return instead or with_unit(indicator.unit, one.value)
    words = broken_down(one.parts).words
    return "; ".join(f"{name}: {_mid(told)}" for name, told in zip((*indicator.groups, WHOLE), words, strict=True))
