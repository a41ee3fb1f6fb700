"""One walk: legal and illegal deeds by random people, the model and the database compared after each."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy.exc import IntegrityError, NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.steering.services import build_agendas
from tests.walk.deeds import DEEDS, Args
from tests.walk.model.meetings import build_all
from tests.walk.model.trying import OWNERS
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
    "contest": "Robin",
    "second a contest": "Robin",
}
"""By whom it is done most days, so that what is refused is refused for other reasons too."""
A_DAY_PASSES, LEGAL, TRIES = 0.08, 0.75, 25
DAYS = "days go by"
ALLOWED, REFUSED, STORED = "allowed", "refused", "stored"


@dataclass(frozen=True)
class Step:
    """What somebody tries: the deed, by whom, and with what."""

    name: str
    by: str
    args: Args

    def __str__(self) -> str:
        return f"{self.by}: {self.name} {self.args}"


@dataclass(frozen=True)
class Difference:
    """Where the two first differ: at which deed, in which way, and told in full."""

    deed: str
    ways: frozenset[str]
    """What the application did that the model does not: allowed it, refused it, or broke; or the kinds of rows."""
    told: str

    def __str__(self) -> str:
        return self.told


@dataclass
class Walked:
    """How a walk went: what was tried, what of it was allowed and refused, and where the two first differ, if so."""

    steps: list[str] = field(default_factory=list)
    allowed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    difference: Difference | None = None


def walk(stage: Stage, draws: Sequence[int], names: Sequence[str] = NAMES, legal: float = LEGAL) -> Walked:
    """Walk so many steps from the beginning; each number draws one step, of these deeds alone if some are named."""
    gone = Walked()
    with stage.walk() as world:
        for draw in draws:
            gone.difference = _go(stage, world, Random(draw), names, legal, gone)
            if gone.difference:
                break
    return gone


def _go(
    stage: Stage, world: World, dice: Random, names: Sequence[str], legal: float, gone: Walked
) -> Difference | None:
    """Go one step: days pass, or somebody tries something."""
    if dice.random() < A_DAY_PASSES:
        _days_go_by(stage, world, dice.choice((0, 1, 1, 2, 7)))
        gone.steps.append(f"It is {world.today}")
        return _compare(stage, world, DAYS)
    step = choose(dice, world, names, legal)
    gone.steps.append(str(step))
    return _take(stage, world, step, gone) or _compare(stage, world, step.name)


def choose(dice: Random, world: World, names: Sequence[str] = NAMES, legal: float = LEGAL) -> Step:
    """Draw a step: most often one that the model allows, else whatever comes."""
    if dice.random() >= legal:
        return _any(dice, world, names)
    for name in dict.fromkeys(_names(dice, names, len(NAMES))):
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
    usual = _usual(world, name, args)
    return Step(name, usual if usual and dice.random() < 0.6 else dice.choice(PEOPLE), args)


def _usual(world: World, name: str, args: Args) -> str:
    """Answer who would try this, or nobody in particular."""
    if name == "move of a place":
        return str(args[1])
    if name == "move of a pilot":
        return "Kim" if args[1] in OWNERS else "Alex"
    if name == "agree it is done":
        action = world.actions[args[0]]
        return action.said_by if action.evident else action.owner
    return USUAL.get(name, "")


def _days_go_by(stage: Stage, world: World, days: int) -> None:
    """Let days pass, and let the clock bring every agenda up to date."""
    world.today += timedelta(days)
    stage.set_day(world.today)
    db.session.expire_all()
    build_agendas(stage.table(STEERING))
    build_all(world)


def _take(stage: Stage, world: World, step: Step, gone: Walked) -> Difference | None:
    """Try it in both; answer what differs."""
    deed = DEEDS[step.name]
    allowed = deed.may(world, step.by, *step.args)
    way, said = _try(stage, step)
    if way != (ALLOWED if allowed else REFUSED):
        says = f"the model says {'yes' if allowed else 'no'}, the application says {said}"
        return Difference(step.name, frozenset({way}), f"{step}: {says}")
    if allowed:
        deed.do(world, step.by, *step.args)
    (gone.allowed if allowed else gone.refused)[step.name] += 1
    return None


def _try(stage: Stage, step: Step) -> tuple[str, str]:
    """Do it; a refusal leaves nothing behind, as at the end of a request. Answer what came of it, and why."""
    db.session.expire_all()
    before = db.session.begin_nested()
    try:
        DEEDS[step.name].act(stage, stage.person(step.by), *step.args)
        before.commit()
    except (Refused, NoResultFound) as refused:
        before.rollback()
        return REFUSED, f"no: {refused}"
    except IntegrityError as broken:
        before.rollback()
        return _fence(broken), f"broke: {broken}"
    except Exception as broken:
        before.rollback()
        return type(broken).__name__, f"broke: {type(broken).__name__} {broken}"
    return ALLOWED, "yes"


def _fence(broken: IntegrityError) -> str:
    """Answer by name which of the database's own checks refused it."""
    found = re.search(r"\bck_\w+", str(broken.orig))
    return found.group() if found else "IntegrityError"


def _compare(stage: Stage, world: World, deed: str) -> Difference | None:
    """Answer what differs between the two."""
    stored, said = stage.rows(), said_by(world)
    if stored == said:
        return None
    more, less = sorted(stored - said), sorted(said - stored)
    kinds = frozenset(f"{STORED} {row[0]}" for row in (*more, *less))
    return Difference(deed, kinds, f"after {deed}: only stored: {more}; only in the model: {less}")


def draws_of(seed: Any, steps: int = STEPS) -> list[int]:
    """Draw the numbers of one walk from a seed."""
    dice = Random(seed)
    return [dice.randrange(WALK) for _ in range(steps)]
