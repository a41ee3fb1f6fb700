"""Membership: invited, thinking, joined, paused, left; nobody sits down before both checks (domain rules 2 and 3)."""

from tests.walk.model.world import LIVED, PROFESSIONAL, World, role

COMING = ("invited", "thinking")
HERE = ("joined", "paused")
FROM = {
    "thinking": ("invited",),
    "paused": ("joined",),
    "left": ("invited", "thinking", "joined", "paused"),
    "invited again": ("left",),
    "taken back": COMING,
}


def keeps(world: World, who: str, table: str) -> bool:
    return who == world.admin or role(world, who, table) == "facilitator"


def may_move(world: World, by: str, table: str, who: str, name: str) -> bool:
    place = world.places[table, who]
    if name == "joined":
        return by == who and place.state in (*COMING, "paused")
    rightly = keeps(world, by, table) if name in ("invited again", "taken back") else by == who
    return rightly and place.state in FROM[name]


def move(world: World, by: str, table: str, who: str, name: str) -> None:
    place = world.places[table, who]
    if name == "joined":
        _say_yes(world, table, who)
        return
    place.state = {"invited again": "invited", "taken back": "left"}.get(name, name)
    if name in ("thinking", "left", "taken back"):
        place.said_yes = False
    if name in ("left", "taken back", "invited again"):
        place.looked_at = False
    if name == "invited again":
        known = {one for at, one in world.places if at == table}
        world.checked -= {pair for pair in world.checked if who in pair and set(pair) <= known}


def _say_yes(world: World, table: str, who: str) -> None:
    place = world.places[table, who]
    if place.said_yes:
        return
    if is_checked(world, table, who) and (place.state == "paused" or place.looked_at):
        place.state = "joined"
    else:
        place.said_yes = True


def is_checked(world: World, table: str, who: str) -> bool:
    """Own-case: a professional against every parent here or coming, a parent against every professional here."""
    side = world.places[table, who].side
    across = HERE if side == LIVED else (*COMING, *HERE)
    others = [one for (at, one), place in world.places.items() if at == table and _meets(place, side, across)]
    pairs = {(one, who) if side == LIVED else (who, one) for one in others}
    return pairs <= world.checked


def _meets(place, side: str, across: tuple[str, ...]) -> bool:
    other = PROFESSIONAL if side == LIVED else LIVED
    return place.side == other and place.state in across
