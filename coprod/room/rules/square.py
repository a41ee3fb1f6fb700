"""The square a phone reads to come to a page of ours, as geometry a template can draw."""

from dataclasses import dataclass

import segno

EDGE = 4


@dataclass(frozen=True)
class Square:
    """The side of the square in dots, and the path of its dark dots."""

    side: int
    path: str


def square(address: str) -> Square:
    """Lay out the square for this address, with its quiet edge; each run of dark dots is one stroke of the path."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=EDGE)]
    strokes = [
        f"M{start} {y}h{end - start}v1h{start - end}z" for y, row in enumerate(rows) for start, end in _runs(row)
    ]
    return Square(len(rows), "".join(strokes))


def _runs(row: list[int]) -> list[tuple[int, int]]:
    edges = [at for at in range(1, len(row)) if bool(row[at]) != bool(row[at - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))
