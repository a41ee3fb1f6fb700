"""F13: random legal and illegal moves by random people, beside a plain model of the papers: never a difference.

Two thousand walks of forty steps on each database, through votes, recommendations, meetings, decisions, replies,
contests, actions, pilots and membership; after each step everything that is stored is laid beside the model.
"""

import os
import warnings
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as some
from sqlalchemy.exc import SAWarning

from bench.prove import Figure
from bench.prove.f13_faults import FAULTS, Fault
from bench.prove.stage import KINDS, installation
from tests.walk.stage import Stage
from tests.walk.walking import NAMES, STEPS, WALK, draws_of, walk

MANY, LOOKED_FOR = 2_000, 600
"""Walks on each database, and how many at most a fault is looked for in."""
HALF_LEGAL = 0.5
"""A fault in who may is seen where somebody tries who may not."""
DRAWS = some.lists(some.integers(0, WALK - 1), min_size=STEPS, max_size=STEPS)


def measure(seed: int, many: int = MANY, looked_for: int = LOOKED_FOR) -> Figure:
    """Walk on both databases at once; then look for each planted fault."""
    with ProcessPoolExecutor(min(len(KINDS), os.cpu_count() or 1), get_context("spawn")) as workers:
        walked = list(workers.map(partial(_walked, seed=seed, many=many), KINDS))
        halves = [list(FAULTS)[start::2] for start in (0, 1)]
        found = {}
        for part in workers.map(partial(_looked_for, seed=seed, looked_for=looked_for), halves):
            found |= part
    counts: dict[str, object] = dict(zip(KINDS, walked, strict=True))
    missed = [name for name, walks in found.items() if walks is None]
    counts |= {"planted": len(FAULTS), "missed": missed, "walks to find it": found}
    return Figure("F13", not any(one["difference"] for one in walked), not missed, counts, seed)


def _walked(kind: str, seed: int, many: int) -> dict[str, Any]:
    """Walk so often on this kind of database; where the two differ, tell the shortest way there."""
    warnings.simplefilter("ignore", SAWarning)
    counts = {"walks": 0, "steps": 0, "allowed": 0, "difference": ""}
    with installation(kind) as app:
        stage = Stage(app)

        def one(draws: list[int]) -> None:
            gone = walk(stage, draws)
            counts["walks"] += 1
            counts["steps"] += len(gone.steps)
            counts["allowed"] += gone.allowed
            if gone.difference:
                counts["difference"] = "; ".join([*gone.steps, gone.difference])
            assert not gone.difference

        quiet = settings(
            max_examples=many,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        with suppress(AssertionError):
            seeded(seed)(quiet(given(DRAWS)(one)))()
    return counts


def _looked_for(faults: list[Fault], seed: int, looked_for: int) -> dict[str, int | None]:
    """Answer after how many walks each fault is seen, or nothing where it is not."""
    warnings.simplefilter("ignore", SAWarning)
    with installation("sqlite") as app:
        stage = Stage(app)
        return {fault.__name__: seen_after(stage, fault, seed, looked_for) for fault in faults}


def seen_after(stage: Stage, fault: Fault, seed: int, looked_for: int) -> int | None:
    """Plant one fault, and walk until the two differ."""
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        for number in range(1, looked_for + 1):
            names = FAULTS[fault] if number % 2 else NAMES
            if walk(stage, draws_of(f"{seed}/{number}"), names, HALF_LEGAL).difference:
                return number
    return None
