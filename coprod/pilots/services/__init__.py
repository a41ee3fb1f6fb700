"""Everything that changes a pilot, its money and its test cycles."""

from coprod.pilots.services.money import ask, note_answer, spend
from coprod.pilots.services.pilot import add_step, finish_step, move, propose, to_look_at
from coprod.pilots.services.telling import NEWS, tell
from coprod.pilots.services.testing import (
    act,
    begin,
    finish_doing,
    note,
    note_number,
    override,
    plan,
    replan,
    say_how_it_was,
    study,
    take_back,
)

__all__ = [
    "NEWS",
    "act",
    "add_step",
    "ask",
    "begin",
    "finish_doing",
    "finish_step",
    "move",
    "note",
    "note_answer",
    "note_number",
    "override",
    "plan",
    "propose",
    "replan",
    "say_how_it_was",
    "spend",
    "study",
    "take_back",
    "tell",
    "to_look_at",
]
