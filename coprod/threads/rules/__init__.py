"""The golden thread of one recommendation, gathered and told: as facts for the drawing, and as beads for members."""

from coprod.threads.rules.bead import Bead, Deed, beads
from coprod.threads.rules.drawn import facts
from coprod.threads.rules.sequel import next_words
from coprod.threads.rules.shapes import rounds_of
from coprod.threads.rules.station import stations
from coprod.threads.rules.story import Story, latest_news, to_tell_first
from coprod.threads.rules.world import out_in_the_world

__all__ = [
    "Bead",
    "Deed",
    "Story",
    "beads",
    "facts",
    "latest_news",
    "next_words",
    "out_in_the_world",
    "rounds_of",
    "stations",
    "to_tell_first",
]
