"""Everything that changes a cycle, its sessions and their agendas."""

from coprod.cycles.services.items import add_item, change_item, move_item, place_item, remove_item
from coprod.cycles.services.plans import move, plan
from coprod.cycles.services.sessions import cancel, hold, move_session, publish, tick

__all__ = [
    "add_item",
    "cancel",
    "change_item",
    "hold",
    "move",
    "move_item",
    "move_session",
    "place_item",
    "plan",
    "publish",
    "remove_item",
    "tick",
]
