"""F13: random legal and illegal moves by random people, beside a plain model of the papers: never a difference.

Two thousand walks of forty steps on each database, through votes, recommendations, meetings, decisions, replies,
contests, actions, pilots and membership; after each step everything that is stored is laid beside the model.
"""

import os
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as some
from sqlalchemy.exc import SAWarning

from bench.prove import Figure
from bench.prove.f13_faults import FAULTS, Fault
from bench.prove.stage import KINDS, installation
from tests.walk.stage import Stage
from tests.walk.walking import NAMES, WALK, draws_of, walk

MANY, LOOKED_FOR = 2_000, 300
"""Walks on each database, and how many at most a fault is looked for in."""
PARTS = 4
"""In how many parts the walks on each database and the faults are handed out, to whichever worker is free."""
DRAWS = some.integers(0, WALK - 1).map(draws_of)
"""One number a walk: of lists of numbers Hypothesis repeats most, and nine of ten steps would be steps of before."""


@dataclass
class Counted:
    """What came of many walks."""

    walks: int = 0
    steps: int = 0
    allowed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    difference: str = ""

    def add(self, other: "Counted") -> None:
        """Count another part of the walks as well."""
        self.walks, self.steps = self.walks + other.walks, self.steps + other.steps
        self.allowed.update(other.allowed)
        self.refused.update(other.refused)
        self.difference = self.difference or other.difference

    @property
    def untried(self) -> list[str]:
        """List the deeds that were never allowed, or never refused: of these nothing is shown."""
        return [name for name in NAMES if not self.allowed[name] or not self.refused[name]]

    def told(self) -> dict[str, object]:
        """Say it in numbers."""
        counts = {"walks": self.walks, "steps": self.steps}
        counts |= {"allowed": self.allowed.total(), "refused": self.refused.total()}
        return counts | {"untried": self.untried, "difference": self.difference}


def measure(seed: int, many: int = MANY, looked_for: int = LOOKED_FOR) -> Figure:
    """Walk on both databases at once, the slower first; then look for each planted fault."""
    faults = [list(FAULTS)[start::PARTS] for start in range(PARTS)]
    with ProcessPoolExecutor(min(len(KINDS), os.cpu_count() or 1), get_context("spawn")) as workers:
        parts = [
            (kind, workers.submit(_walked, kind, seed + part, many // PARTS))
            for kind in reversed(KINDS)
            for part in range(PARTS)
        ]
        looks = [workers.submit(_looked_for, some_of_them, seed, looked_for) for some_of_them in faults]
        walked = {kind: Counted() for kind in KINDS}
        for kind, part in parts:
            walked[kind].add(part.result())
        found = {name: walks for look in looks for name, walks in look.result().items()}
    missed = [name for name, walks in found.items() if walks is None]
    counts: dict[str, object] = {kind: one.told() for kind, one in walked.items()}
    counts |= {"planted": len(FAULTS), "missed": missed, "walks to find it": found}
    holds = all(one.walks == many and not one.difference and not one.untried for one in walked.values())
    return Figure("F13", holds, not missed, counts, seed)


def _walked(kind: str, seed: int, many: int) -> Counted:
    """Walk so often on this kind of database; where the two differ, tell the shortest way there."""
    warnings.simplefilter("ignore", SAWarning)
    counted = Counted()
    with installation(kind) as app:
        stage = Stage(app)

        def one(draws: list[int]) -> None:
            gone = walk(stage, draws)
            counted.add(Counted(1, len(gone.steps), gone.allowed, gone.refused))
            if gone.difference:
                shortest = walk(stage, shortened(stage, draws))
                counted.difference = "; ".join([*shortest.steps, str(shortest.difference)])
            assert not gone.difference

        quiet = settings(
            max_examples=many,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        with suppress(AssertionError):
            seeded(seed)(quiet(given(DRAWS)(one)))()
    return counted


def shortened(stage: Stage, draws: list[int]) -> list[int]:
    """Leave out, one after the other, each step without which the two still differ."""
    for place in reversed(range(len(draws))):
        fewer = draws[:place] + draws[place + 1 :]
        if walk(stage, fewer).difference:
            draws = fewer
    return draws


def _looked_for(faults: list[Fault], seed: int, looked_for: int) -> dict[str, int | None]:
    """Answer after how many walks each fault is seen, or nothing where it is not."""
    warnings.simplefilter("ignore", SAWarning)
    with installation("sqlite") as app:
        stage = Stage(app)
        return {fault.__name__: seen_after(stage, fault, seed, looked_for) for fault in faults}


def seen_after(stage: Stage, fault: Fault, seed: int, looked_for: int) -> int | None:
    """Plant one fault, and walk until the two differ just where it has to show."""
    sought = FAULTS[fault]
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        for number in range(1, looked_for + 1):
            found = walk(stage, draws_of(f"{seed}/{number}"), sought.names, sought.legal).difference
            if found and sought.is_shown_by(found):
                return number
    return None
