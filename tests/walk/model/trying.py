"""Pilots and their test cycles, and the recommendation that follows them (domain section 3 and 6, PDSA)."""

from datetime import date

from tests.walk.model.meetings import PILOT, build_all, latest_on, settle_open
from tests.walk.model.world import STEERING, STREAM, Cycle, Pilot, World, chairs, sits

FINISHED = ("adopt", "adapt", "abandon")
PILOT_MOVES = {
    "funded": (("proposed",), "funded"),
    "not funded": (("proposed",), "not funded"),
    "set up": (("funded",), "set-up"),
    "baseline begun": (("set-up",), "baseline"),
    "testing begun": (("baseline", "adapted"), "cycling"),
    "reviewed": (("cycling",), "reviewed"),
    "adopted": (("reviewed",), "adopted"),
    "adapted": (("reviewed",), "adapted"),
    "abandoned": (("reviewed",), "abandoned"),
}
FOLLOWS = {
    "funded": (("replied",), "in pilot"),
    "adopted": (("in pilot", "adapted"), "adopted"),
    "adapted": (("in pilot", "adapted"), "adapted"),
    "abandoned": (("in pilot", "adapted"), "abandoned"),
}
OWNERS = ("set up", "baseline begun", "testing begun", "reviewed")


def may_propose(world: World, by: str, key: str, owner: str, ends: date) -> bool:
    decision = world.decisions.get(latest_on(world, key))
    accepted = decision is not None and decision.verdict in ("accept", "accept with changes")
    known = sits(world, owner, STREAM) or sits(world, owner, STEERING)
    free = key not in world.pilots
    return chairs(world, by) and accepted and world.asked[key].state == "replied" and free and known


def propose(world: World, by: str, key: str, owner: str, ends: date) -> None:
    world.pilots[key] = Pilot(owner, ends)


def may_move(world: World, by: str, key: str, name: str, words: str) -> bool:
    pilot = world.pilots[key]
    rightly = pilot.owner == by if name in OWNERS else chairs(world, by)
    follows = name not in FOLLOWS or world.asked[key].state in FOLLOWS[name][0]
    return rightly and pilot.state in PILOT_MOVES[name][0] and follows and _has_what_it_needs(pilot, name, words)


def _has_what_it_needs(pilot: Pilot, name: str, words: str) -> bool:
    if name == "reviewed":
        return all(cycle.state not in ("doing", "studying") for cycle in pilot.cycles)
    if name == "adopted":
        twice = sum(cycle.state in FINISHED for cycle in pilot.cycles) >= 2
        return twice or words == "override_reason"
    return name != "abandoned" or words == "learning"


def move(world: World, by: str, key: str, name: str, words: str) -> None:
    pilot = world.pilots[key]
    was, pilot.state = pilot.state, PILOT_MOVES[name][1]
    if name in FOLLOWS:
        world.asked[key].state = FOLLOWS[name][1]
    if was == "reviewed":
        settle_open(world, PILOT, key)
    if "reviewed" in (was, pilot.state):
        build_all(world)


def may_plan(world: World, by: str, key: str) -> bool:
    pilot = world.pilots[key]
    free = all(cycle.state in FINISHED for cycle in pilot.cycles)
    return pilot.owner == by and pilot.state == "cycling" and free


def plan(world: World, by: str, key: str) -> None:
    world.pilots[key].cycles.append(Cycle())


def may_begin(world: World, by: str, key: str) -> bool:
    pilot = world.pilots[key]
    return pilot.owner == by and pilot.cycles[-1].state == "planned" and pilot.state == "cycling"


def begin(world: World, by: str, key: str) -> None:
    world.pilots[key].cycles[-1].state = "doing"


def may_finish(world: World, by: str, key: str) -> bool:
    return world.pilots[key].owner == by and world.pilots[key].cycles[-1].state == "doing"


def finish(world: World, by: str, key: str) -> None:
    world.pilots[key].cycles[-1].state = "studying"


def may_study(world: World, by: str, key: str, compared: bool) -> bool:
    """A study without the result beside the prediction is none."""
    return world.pilots[key].owner == by and world.pilots[key].cycles[-1].state == "studying" and compared


def study(world: World, by: str, key: str, compared: bool) -> None:
    world.pilots[key].cycles[-1].studied = True


def may_act(world: World, by: str, key: str, name: str, learned: bool) -> bool:
    cycle = world.pilots[key].cycles[-1]
    able = world.pilots[key].owner == by and cycle.state == "studying" and cycle.studied
    return able and (name != "abandoned" or learned)


def act(world: World, by: str, key: str, name: str, learned: bool) -> None:
    pilot = world.pilots[key]
    pilot.cycles[-1].state = {"adopted": "adopt", "adapted": "adapt", "abandoned": "abandon"}[name]
    if name == "adapted":
        pilot.cycles.append(Cycle())
