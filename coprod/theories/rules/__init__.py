"""Who writes a theory of change and who agrees to it, what fits together, and what the latest data say of a part."""

from coprod.theories.rules.arrows import MOST_ARROWS, can_join, how_sure
from coprod.theories.rules.kinds import DRIVERS, HEADINGS, KINDS, column_of
from coprod.theories.rules.life import LIFECYCLE, has_parts, is_whole
from coprod.theories.rules.overtaking import kept, mark_of, mark_of_all
from coprod.theories.rules.parts import MOST_LETTERS, MOST_PARTS, can_be, has_room, lines_of, loose, steps_of
from coprod.theories.rules.pictures import BEADS, TONES, Driver, driver_list, drivers_of, picture_of
from coprod.theories.rules.telling import Telling, Told, telling_of
from coprod.theories.rules.versions import ANSWERED, OPEN, WRITTEN, in_hand, shown
from coprod.theories.rules.who import may_draw, may_run, may_say_yes, may_start, may_write, sits_there

__all__ = [
    "ANSWERED",
    "BEADS",
    "DRIVERS",
    "HEADINGS",
    "KINDS",
    "LIFECYCLE",
    "MOST_ARROWS",
    "MOST_LETTERS",
    "MOST_PARTS",
    "OPEN",
    "TONES",
    "WRITTEN",
    "Driver",
    "Telling",
    "Told",
    "can_be",
    "can_join",
    "column_of",
    "driver_list",
    "drivers_of",
    "has_parts",
    "has_room",
    "how_sure",
    "in_hand",
    "is_whole",
    "kept",
    "lines_of",
    "loose",
    "mark_of",
    "mark_of_all",
    "may_draw",
    "may_run",
    "may_say_yes",
    "may_start",
    "may_write",
    "picture_of",
    "shown",
    "sits_there",
    "steps_of",
    "telling_of",
]
