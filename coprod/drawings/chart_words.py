"""A chart in words: its key, its notes, its table, and its story for those who do not see it."""

from coprod.drawings.chart_facts import (
    ChartReading,
    KeyEntry,
    Kind,
    LineChartFacts,
    NoteLine,
    Sign,
    TableRow,
)
from coprod.drawings.shapes import value_words

SIGN_WORDS = {
    Sign.OUTSIDE: "Outside the limits",
    Sign.TREND: "Trend: 7 going one way",
    Sign.TWO_OF_THREE: "Two of three near a limit",
    Sign.SHIFT: "Shift: 7 on one side of the {centre}",
}


def letter(place: int) -> str:
    """Give the letter of a note, counted from 0: A to Z, then A2."""
    turn, index = divmod(place, 26)
    return chr(ord("A") + index) + (str(turn + 1) if turn else "")


def legend(facts: LineChartFacts) -> tuple[KeyEntry, ...]:
    """Say what each mark and each line of the chart means, in the order they are looked for."""
    tells = any(stretch.levels for stretch in facts.stretches)
    entries = [KeyEntry("ordinary", "Ordinary ups and downs" if tells else "One reading")]
    signs = {reading.sign for reading in facts.readings if reading.value is not None}
    centre = _centre(facts).lower()
    entries += [
        KeyEntry(sign.replace(" ", "-"), words.format(centre=centre))
        for sign, words in SIGN_WORDS.items()
        if sign in signs
    ]
    if facts.target is not None:
        entries.append(KeyEntry("target", f"Target {value_words(facts.target)}"))
    return (*entries, *_lines(facts))


def _centre(facts: LineChartFacts) -> str:
    return "Median" if facts.latest and facts.latest.kind is Kind.RUN_CHART else "Mean"


def _lines(facts: LineChartFacts) -> list[KeyEntry]:
    """Say what the lines that hold now are, and what they were made of."""
    now = facts.latest
    if now is None or now.levels is None:
        return []
    entries = [KeyEntry("mean", f"{_centre(facts)} {value_words(now.levels.centre)}")]
    if now.levels.limits:
        lower, upper = now.levels.limits
        name = "Trial limits" if now.is_trial else "Limits"
        entries.append(KeyEntry("limit", f"{name} {value_words(lower)} and {value_words(upper)}"))
    since = f"from {facts.readings[now.first].label}" if now.first else ""
    words = f"the first {now.baseline} {since}".strip()
    return [*entries, KeyEntry("baseline", f"Baseline: {words}")]


def note_lines(facts: LineChartFacts) -> tuple[NoteLine, ...]:
    """List the notes on the line, each with its letter and when it was."""
    return tuple(
        NoteLine(letter(place), note.when or facts.readings[note.at].label, note.words)
        for place, note in enumerate(facts.notes)
    )


def table_rows(facts: LineChartFacts) -> tuple[TableRow, ...]:
    """Put every reading into words: its value, what the rules call it, what began or happened then."""
    return tuple(
        TableRow(reading.label, _value(reading), ". ".join([*_sign(reading), *_happened(facts, index)]))
        for index, reading in enumerate(facts.readings)
    )


def _value(reading: ChartReading) -> str:
    return reading.instead if reading.value is None else value_words(reading.value)


def _sign(reading: ChartReading) -> list[str]:
    if reading.value is None or reading.sign is Sign.ORDINARY:
        return []
    return [f"{reading.sign.capitalize()}: {reading.meaning.words}"]


def _happened(facts: LineChartFacts, index: int) -> list[str]:
    cycles = [
        f"Cycle {span.number} begins: {span.words}" if span.words else f"Cycle {span.number} begins"
        for span in facts.cycles
        if span.first == index
    ]
    return [*cycles, *(note.words for note in facts.notes if note.at == index)]


def story(facts: LineChartFacts) -> str:
    """Tell the chart in words, for those who do not see it."""
    shown, readings = facts.shown, facts.readings
    parts = [facts.summary] if facts.summary else []
    parts.append(f"{len(readings)} readings, from {readings[0].label} to {readings[-1].label}.")
    parts.append(
        f"Lowest {value_words(min(shown))}, highest {value_words(max(shown))}, latest {value_words(shown[-1])}."
    )
    parts += [f"{words} {value_words(level)}." for _, words, level in facts.named_lines if words]
    if len(shown) < len(readings):
        parts.append(f"{len(readings) - len(shown)} not shown.")
    return " ".join(parts)


def after_the_word(facts: LineChartFacts) -> str:
    """Give the summary without the word it opens with, where that word stands over it."""
    openings = (f"{facts.word}: ", f"It got {facts.word.lower()}: ")
    rest = next((facts.summary.removeprefix(one) for one in openings if facts.summary.startswith(one)), facts.summary)
    return rest[:1].upper() + rest[1:]
