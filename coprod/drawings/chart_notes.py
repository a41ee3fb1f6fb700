"""Notes on the line of a chart: a letter over each, a line down to its reading, and the words below the chart."""

from itertools import pairwise

from coprod.drawings.chart_facts import LineChartFacts
from coprod.drawings.chart_scale import Scale
from coprod.drawings.chart_words import letter
from coprod.drawings.shapes import Path, Shape, Word, short


def draw_notes(facts: LineChartFacts, scale: Scale) -> list[Shape]:
    """Draw a letter over every note, and a line from it to the foot; letters that lie close are moved apart."""
    words = [letter(place) for place in range(len(facts.notes))]
    drops = [scale.x(note.at) for note in facts.notes]
    top, floor = scale.frame.top, scale.floor
    lines = [f"M{short(x)} {short(top - 4)}V{short(floor)}" for x in drops]
    letters = [
        Word((round(x), round(top - 8)), text) for x, text in zip(_apart(drops, words, scale), words, strict=True)
    ]
    return [Path("".join(lines)), *letters] if lines else []


def _apart(drops: list[float], words: list[str], scale: Scale) -> list[float]:
    """Move letters to the right until each has room, then back inside the frame."""
    places, room = list(drops), max((scale.frame.room_for(text) for text in words), default=0) + 3
    for before, after in pairwise(range(len(places))):
        places[after] = max(places[after], places[before] + room)
    edge = scale.frame.width - room / 2
    for index in reversed(range(len(places))):
        places[index] = min(places[index], edge)
        edge = places[index] - room
    return places
