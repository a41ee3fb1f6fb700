"""One walk: legal and illegal deeds by random people, the model and the database compared after each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.steering.services import build_agendas
from tests.walk.deeds import DEEDS, Args
from tests.walk.model.meetings import build_all
from tests.walk.model.world import STEERING, World
from tests.walk.stage import Stage, said_by

STEPS = 40
WALK = 2**32
PEOPLE = (
    *("Sam", "Sam", "Sam", "Robin", "Ria", "Ron", "Mo", "Meg", "Ida", "Ivo"),
    *("Alex", "Alex", "Alex", "Alex", "Fay", "Dee", "Eve", "Lou", "Max", "Kim", "Kim", "Ada", "Zoe"),
)
EVERYBODY = tuple(dict.fromkeys(PEOPLE))
NAMES = tuple(DEEDS)
USUAL = {
    **dict.fromkeys(("open a vote", "count", "ask the room", "give up a vote", "settle a worry", "send"), "Sam"),
    **dict.fromkeys(("open a meeting", "decide", "correct", "close a meeting", "approve minutes"), "Alex"),
    **dict.fromkeys(("settle an item", "reply", "look at a decision again", "answer a question"), "Alex"),
    **dict.fromkeys(("plan a test", "begin a test", "finish a test", "study a test", "act on a test"), "Kim"),
    "move of a pilot": "Kim",
    "contest": "Robin",
    "second a contest": "Robin",
}
"""By whom it is done most days, so that what is refused is refused for other reasons too."""
A_DAY_PASSES, LEGAL, TRIES = 0.08, 0.75, 25


@dataclass(frozen=True)
class Step:
    """What somebody tries: the deed, by whom, and with what."""

    name: str
    by: str
    args: Args

    def __str__(self) -> str:
        return f"{self.by}: {self.name} {self.args}"


@dataclass
class Walked:
    """How a walk went: what was tried, what of it was allowed, and where the two first differed, if anywhere."""

    steps: list[str]
    allowed: int = 0
    difference: str = ""


def walk(stage: Stage, draws: Sequence[int], names: Sequence[str] = NAMES, legal: float = LEGAL) -> Walked:
    """Walk so many steps from the beginning; each number draws one step, of these deeds alone if some are named."""
    gone = Walked([])
    with stage.walk() as world:
        for draw in draws:
            dice = Random(draw)
            if dice.random() < A_DAY_PASSES:
                _days_go_by(stage, world, dice.choice((0, 1, 1, 2, 7)))
                gone.steps.append(f"It is {world.today}")
            else:
                step = choose(dice, world, names, legal)
                gone.steps.append(str(step))
                gone.difference = _take(stage, world, step, gone)
            gone.difference = gone.difference or _compare(stage, world)
            if gone.difference:
                break
    return gone


def choose(dice: Random, world: World, names: Sequence[str] = NAMES, legal: float = LEGAL) -> Step:
    """Draw a step: most often one that the model allows, else whatever comes."""
    if dice.random() >= legal:
        return _any(dice, world, names)
    for name in _names(dice, names, len(NAMES)):
        for _ in range(TRIES):
            allowed = _allowed(dice, world, name)
            if allowed:
                return dice.choice(allowed)
    return _any(dice, world, names)


def _allowed(dice: Random, world: World, name: str) -> list[Step]:
    """Draw what it is done with, and list by whom it may be done."""
    args = DEEDS[name].draw(dice, world)
    if args is None:
        return []
    return [Step(name, by, args) for by in EVERYBODY if DEEDS[name].may(world, by, *args)]


def _names(dice: Random, names: Sequence[str], count: int) -> list[str]:
    return dice.choices(names, [DEEDS[name].weight for name in names], k=count)


def _any(dice: Random, world: World, names: Sequence[str]) -> Step:
    step = None
    while step is None:
        step = _draw(dice, world, _names(dice, names, 1)[0])
    return step


def _draw(dice: Random, world: World, name: str) -> Step | None:
    args = DEEDS[name].draw(dice, world)
    if args is None:
        return None
    usual = args[1] if name == "move of a place" else USUAL.get(name, "")
    return Step(name, usual if usual and dice.random() < 0.6 else dice.choice(PEOPLE), args)


def _days_go_by(stage: Stage, world: World, days: int) -> None:
    """Let days pass, and let the clock bring every agenda up to date."""
    world.today += timedelta(days)
    stage.set_day(world.today)
    db.session.expire_all()
    build_agendas(stage.table(STEERING))
    build_all(world)


def _take(stage: Stage, world: World, step: Step, gone: Walked) -> str:
    """Try it in both; answer what differs."""
    deed = DEEDS[step.name]
    allowed = deed.may(world, step.by, *step.args)
    said = _try(stage, step)
    if allowed != (said == "") or said.startswith("broke"):
        return f"{step}: the model says {'yes' if allowed else 'no'}, the application says {said or 'yes'}"
    if allowed:
        deed.do(world, step.by, *step.args)
        gone.allowed += 1
    return ""


def _try(stage: Stage, step: Step) -> str:
    """Do it; a refusal leaves nothing behind, as at the end of a request. Answer why not."""
    db.session.expire_all()
    before = db.session.begin_nested()
    try:
        DEEDS[step.name].act(stage, stage.person(step.by), *step.args)
        before.commit()
    except (Refused, NoResultFound) as refused:
        before.rollback()
        return f"no: {refused}"
    except Exception as broken:
        before.rollback()
        return f"broke: {type(broken).__name__} {broken}"
    return ""


def _compare(stage: Stage, world: World) -> str:
    """Answer what differs between the two."""
    stored, said = stage.rows(), said_by(world)
    return "" if stored == said else f"only stored: {sorted(stored - said)}; only in the model: {sorted(said - stored)}"


def draws_of(seed: Any, steps: int = STEPS) -> list[int]:
    """Draw the numbers of one walk from a seed."""
    dice = Random(seed)
    return [dice.randrange(WALK) for _ in range(steps)]
