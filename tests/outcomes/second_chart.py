"""The rules of the control chart once more, written from the domain guide alone and in another way.

Everything is multiplied through and compared in whole tenths; runs are found by patterns in a line of letters.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

BASELINE = 12


def labels(values: Sequence[int | None], starts: Sequence[int] = ()) -> list[tuple[str, int]]:
    """Name every point: what the rules call it, and which way it points; values are in whole tenths."""
    edges = [0, *starts, len(values)]
    return [label for first, after in pairwise(edges) for label in _phase(values[first:after])]


def _phase(values: Sequence[int | None]) -> list[tuple[str, int]]:
    named = [("ordinary", 0)] * len(values)
    letters = _letters(values)
    if letters is None:
        return named
    sides = letters.upper().replace("V", "U").replace("C", "D").replace("W", "U").replace("B", "D")
    # The last rule first, so that each stronger one writes over it.
    for run in re.finditer(r"U{7,}|D{7,}", sides):
        _name(named, "shift", range(*run.span()), 1 if run[0][0] == "U" else -1)
    for start in range(len(values) - 2):
        near = [place for place in range(start, start + 3) if letters[place] in "VC"]
        if sides[start : start + 3] in ("UUU", "DDD") and len(near) >= 2:
            _name(named, "two of three", near, 1 if sides[start] == "U" else -1)
    # Backwards, so that a turning point stays with the trend it ends.
    for run in reversed(list(re.finditer(r"\+{6,}|-{6,}", _steps(values)))):
        _name(named, "trend", range(run.start(), run.end() + 1), 1 if run[0][0] == "+" else -1)
    for place, letter in enumerate(letters):
        if letter in "WB":
            _name(named, "outside", [place], 1 if letter == "W" else -1)
    return named


def _name(named: list[tuple[str, int]], label: str, places: Sequence[int], way: int) -> None:
    for place in places:
        named[place] = (label, way)


def _steps(values: Sequence[int | None]) -> str:
    return "".join(
        "." if before is None or after is None else "+" if after > before else "-" if after < before else "="
        for before, after in pairwise(values)
    )


def _letters(values: Sequence[int | None]) -> str | None:
    """Write each point as where it lies: up, very near the upper limit, way out; down, close to the lower, below."""
    places = [place for place, value in enumerate(values) if value is not None][:BASELINE]
    if len(places) < BASELINE:
        return None
    base = [values[place] for place in places]
    moves = [abs(values[b] - values[a]) for a, b in pairwise(places) if b - a == 1]
    hidden = sum(value is None for value in values)
    if sum(moves) == 0 or 4 * hidden > len(values):
        ranked = sorted(base)
        twice = ranked[5] + ranked[6]
        return "".join("." if one is None else "uM"[2 * one == twice] if 2 * one >= twice else "d" for one in values)
    return "".join(_letter(one, sum(base), sum(moves), len(moves)) for one in values)


def _letter(value: int | None, total: int, moved: int, moves: int) -> str:
    if value is None:
        return "."
    off = (BASELINE * value - total) * moves * 300
    limit = 3 * 266 * moved * BASELINE
    how_far = (abs(off) > 0) + (3 * abs(off) > 2 * limit) + (abs(off) > limit)
    return "MuVW"[how_far] if off > 0 else "MdCB"[how_far]
