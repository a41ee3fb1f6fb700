"""Where everything stands in the panorama: stations, stitches and loops."""

from coprod.drawings.shapes import height_on_curve
from coprod.drawings.thread import Place, Stitch, ThreadFacts

WIDTH, HEIGHT, AXIS = 1128.0, 312.0, 172.0
BEYOND = 2000.0
APART, CLOSE = 96.0, 12.0
NARROWING = (64.0, 430.0)
CENTRE = {
    Place.PRIORITY: 32.0,
    Place.EVIDENCE: 119.0,
    Place.SESSIONS: 300.0,
    Place.VERSIONS: 441.0,
    Place.VOTE: 557.0,
    Place.DECISION: 656.0,
    Place.ACTIONS: 780.0,
    Place.PILOT: 917.0,
    Place.OUTCOME: 1065.0,
}
END = {
    Place.PRIORITY: 84.0,
    Place.EVIDENCE: 180.0,
    Place.SESSIONS: 405.0,
    Place.VERSIONS: 498.0,
    Place.VOTE: 622.0,
    Place.DECISION: 700.0,
    Place.ACTIONS: 826.0,
    Place.PILOT: 1000.0,
    Place.OUTCOME: 1128.0,
}
ROOM_FOR_ACTIONS, ROOM_FOR_LOOPS, ROOM_FOR_PAGES, ROOM_FOR_FRAMES = 4, 5, 3, 3
UNJOINED = "Sent without an agreed result"


def half_gap(facts: ThreadFacts, x: float) -> float:
    """Say how far each strand is from the middle at x: sessions draw them together."""
    if not facts.sessions:
        return APART
    return height_on_curve((NARROWING[0], APART), (NARROWING[1], CLOSE), x)


def stitch_places(sessions: tuple[Stitch, ...]) -> tuple[float, ...]:
    """Place each week along the strands; a skipped week leaves its room empty."""
    pitch = min(17.0, 176.0 / max(1, len(sessions) - 1))
    return tuple(218 + index * pitch for index in range(len(sessions)))


def loop_places(count: int) -> tuple[tuple[float, float, float], ...]:
    """Place the loops of the pilot (x, y where the thread passes, radius), each larger and higher."""
    if not count:
        return ()
    growth = 5.0 if count <= 3 else 3.0
    radii = [16 + growth * index for index in range(count)]
    squeeze = min(1.0, 158 / sum(2 * radius + 10 for radius in radii))
    found, x = [], END[Place.ACTIONS] + 14
    for index, radius in enumerate(radii):
        size = radius * squeeze
        x += size + 5 * squeeze
        found.append((x, AXIS - 8 - 26 * index / max(2, count - 1) * 0.8, size))
        x += size + 5 * squeeze
    return tuple(found)
