"""What the group says to its answer: content, a question, or once, by two people, that it be looked at again."""

from tests.walk.model.meetings import build_all, latest_on
from tests.walk.model.world import STREAM, World, chairs, sits


def _may_say(world: World, by: str, number: int) -> bool:
    decision = world.decisions[number]
    last = latest_on(world, decision.asked) == number
    return sits(world, by, STREAM) and decision.state != "reversed" and decision.replied and last


def _goes_on(world: World, number: int) -> bool:
    return any(state != "taken back" for state, _ in world.decisions[number].contests)


def _may_be_contested(world: World, number: int) -> bool:
    asked = world.asked[world.decisions[number].asked]
    return asked.state == "replied" and not asked.contested


def may_accept(world: World, by: str, number: int) -> bool:
    return _may_say(world, by, number) and not world.decisions[number].accepted and not _goes_on(world, number)


def accept(world: World, by: str, number: int) -> None:
    world.decisions[number].accepted = True


def may_ask(world: World, by: str, number: int) -> bool:
    return _may_say(world, by, number)


def ask(world: World, by: str, number: int) -> None:
    world.decisions[number].questions.append(False)


def may_answer(world: World, by: str, number: int, place: int) -> bool:
    return chairs(world, by) and not world.decisions[number].questions[place]


def answer(world: World, by: str, number: int, place: int) -> None:
    world.decisions[number].questions[place] = True


def may_contest(world: World, by: str, number: int) -> bool:
    return _may_say(world, by, number) and _may_be_contested(world, number) and not _goes_on(world, number)


def contest(world: World, by: str, number: int) -> None:
    world.decisions[number].contests.append(["raised", by])


def may_second(world: World, by: str, number: int, place: int) -> bool:
    state, raised_by = world.decisions[number].contests[place]
    two = state == "raised" and raised_by != by
    return _may_say(world, by, number) and two and _may_be_contested(world, number)


def second(world: World, by: str, number: int, place: int) -> None:
    world.decisions[number].contests[place][0] = "sent"
    asked = world.asked[world.decisions[number].asked]
    asked.state, asked.contested = "contested", True
    build_all(world)


def may_take_back(world: World, by: str, number: int, place: int) -> bool:
    state, raised_by = world.decisions[number].contests[place]
    theirs = raised_by == by or not sits(world, raised_by, STREAM)
    return sits(world, by, STREAM) and state == "raised" and theirs


def take_back(world: World, by: str, number: int, place: int) -> None:
    world.decisions[number].contests[place][0] = "taken back"
