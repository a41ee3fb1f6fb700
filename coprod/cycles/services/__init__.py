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
from coprod.cycles.services.plans import move, plan
from coprod.cycles.services.sessions import cancel, hold, move_session, publish, say_how_to_dial_in, tick, wrap_up
from coprod.cycles.services.suggestions import put_off, suggest, take, take_back

__all__ = [
    "add_item",
    "cancel",
    "carry_over",
    "change_item",
    "drop_item",
    "hold",
    "lay_out",
    "move",
    "move_item",
    "move_session",
    "place_item",
    "plan",
    "publish",
    "put_off",
    "remove_item",
    "say_how_to_dial_in",
    "suggest",
    "take",
    "take_back",
    "tick",
    "wrap_up",
]
