"""Everything that changes a cycle, its sessions and their agendas."""

from coprod.cycles.services.items import (
    add_item,
    carry_over,
    change_item,
    drop_item,
    lay_out,
    move_item,
    place_item,
    remove_item,
)
from coprod.cycles.services.plans import keep_evening, keep_plan, move, plan
from coprod.cycles.services.sessions import cancel, hold, publish, say_how_to_dial_in, tick, wrap_up
from coprod.cycles.services.shifting import move_session, shift
from coprod.cycles.services.steps import add_step, change_step, do_step, place_step, remove_step, undo_step
from coprod.cycles.services.suggestions import put_off, suggest, take, take_back

__all__ = [
    "add_item",
    "add_step",
    "cancel",
    "carry_over",
    "change_item",
    "change_step",
    "do_step",
    "drop_item",
    "hold",
    "keep_evening",
    "keep_plan",
    "lay_out",
    "move",
    "move_item",
    "move_session",
    "place_item",
    "place_step",
    "plan",
    "publish",
    "put_off",
    "remove_item",
    "remove_step",
    "say_how_to_dial_in",
    "shift",
    "suggest",
    "take",
    "take_back",
    "tick",
    "undo_step",
    "wrap_up",
]
