"""F22: every address, as everybody, with one's own thing, another's, one that is not there, and a neighbour's.

What may not be seen answers, byte for byte, as what does not exist. The planted faults: each check taken away in turn,
on each database; the table has to turn red for every one of them.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.prove import Figure
from bench.prove.stage import KINDS
from tests import postgres
from tests.access.mutants import escaped, mutants
from tests.access.neighbours import two_partnerships
from tests.access.walk import ROLES, Walk, endpoints, read_table

LEAST_MUTANTS = 30


def measure(seed: int) -> Figure:
    """Walk the whole table on both databases; then take the checks away."""
    counts: dict[str, object] = {"roles": len(ROLES), "mutants": len(mutants())}
    holds, control = True, len(mutants()) >= LEAST_MUTANTS
    for kind in KINDS:
        with walk_on(kind) as walk:
            counted = _walked(walk)
            missed = escaped(walk, read_table(), mutants())
        holds = holds and not (counted["faults"] or counted["not in the table"])
        control = control and not missed
        counts[kind] = counted | {"mutants caught": len(mutants()) - len(missed), "mutants missed": missed}
    return Figure("F22", holds, control, counts, seed)


def _walked(walk: Walk) -> dict[str, object]:
    lines = read_table()
    unknown = sorted(set(endpoints(walk.app)) ^ {line.endpoint for line in lines})
    faults = walk.faults([line for line in lines if line.endpoint not in unknown], whole=True)
    return {
        "addresses": len(endpoints(walk.app)),
        "not in the table": unknown,
        "requests": walk.asked,
        "faults": faults[:20],
    }


@contextmanager
def walk_on(kind: str) -> Iterator[Walk]:
    """Lend a walk over a new world on this kind of database, with a neighbour of the same kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases = [f"sqlite:///{folder / name}.db" for name in ("ours", "neighbours")]
        if kind == "postgresql":
            server = stack.enter_context(postgres.server())
            databases = [stack.enter_context(postgres.fresh_database(server)) for _ in databases]
        walk = stack.enter_context(two_partnerships(folder, *databases))
        walk.app.logger.disabled = True
        yield walk
