"""The pieces of the thread, each drawn round a point: the same in the night panorama and on the rail."""

from coprod.drawings.shapes import Box, Cased, Circle, Path, Point, Shape, Word, filled, polyline, short
from coprod.drawings.shapes import Layer as Layer
from coprod.drawings.thread import Decided, Evidence

Marks = tuple[Layer, ...]


def ring_to_come(at: Point, radius: float = 11) -> Marks:
    """Draw a station not reached yet: a dotted ring."""
    return filled([("thread-ground", [Circle(at, radius)]), ("thread-tocome", [Circle(at, radius)])])


def diamond(at: Point, number: int, size: float) -> Marks:
    """Draw the priority with its number."""
    x, y = at
    path = Path(f"M{short(x)} {short(y - size)}l{short(size)} {short(size)}l{short(-size)} {short(size)}")
    path = Path(f"{path.d}l{short(-size)} {short(-size)}Z")
    return filled([("thread-priority", [path]), ("thread-number", [Word((x, y), str(number))])])


def evidence(kinds: tuple[Evidence, ...], at: Point, size: float, pitch: float) -> Marks:
    """Draw the kinds of evidence from top to bottom: square, triangle, circle, each kind once."""
    shown = [kind for kind in Evidence if kind in kinds]
    x, y = at
    top = y - pitch * (len(shown) - 1) / 2
    shapes = [_evidence(kind, (x, top + index * pitch), size) for index, kind in enumerate(shown)]
    return filled([("thread-evidence", shapes)])


def _evidence(kind: Evidence, at: Point, half: float) -> Shape:
    x, y = at
    if kind is Evidence.DATA:
        return Box((x - half, y - half), 2 * half, 2 * half)
    if kind is Evidence.STORIES:
        return Circle(at, half)
    side = short(half * 1.15)
    return Path(f"M{short(x)} {short(y - half)}L{short(x + half * 1.15)} {short(y + half)}h-{short(2 * float(side))}Z")


def page(at: Point, number: int, width: float, height: float) -> Marks:
    """Draw one version as a page with a folded corner."""
    x, y = at
    fold = short(width * 0.3)
    left, top = short(x - width / 2), short(y - height / 2)
    d = f"M{left} {top}h{short(width * 0.7)}l{fold} {fold}v{short(height - width * 0.3)}h-{short(width)}Z"
    return filled([("thread-page", [Path(d)]), ("thread-page-number", [Word((x, y), str(number))])])


def cloth(at: Point, cells: int, pitch: float) -> Marks:
    """Weave both strands together: a round of the vote they agreed on."""
    start = (cells - 1) / 2
    long, thin = pitch * 1.18, pitch * 0.76
    lived: list[Shape] = []
    professional: list[Shape] = []
    for row in range(cells):
        for column in range(cells):
            x, y = at[0] + (column - start) * pitch, at[1] + (row - start) * pitch
            lies = (row + column) % 2 == 0
            wide, high = (long, thin) if lies else (thin, long)
            box = Box((x - wide / 2, y - high / 2), wide, high, pitch * 0.18)
            (lived if lies else professional).append(box)
    return filled([("thread-cloth-professional", professional), ("thread-cloth-lived", lived)])


def frame(at: Point, size: float, *, bar: bool) -> Marks:
    """Draw a round not agreed (dashed, with a bar) or still open (dashed)."""
    x, y = at
    half = size / 2
    shapes: list[Shape] = [Box((x - half, y - half), size, size, 4)]
    lines: list[Shape] = [Path(f"M{short(x - half * 0.55)} {short(y)}h{short(half * 1.1)}")] if bar else []
    return filled([("thread-ground", shapes), ("thread-frame", shapes), ("thread-bar", lines)])


def decision(kind: Decided, at: Point, radius: float) -> Marks:
    """Draw what was decided: a tick for yes, a clock for not now, an arrow for back to the group, a hem for no."""
    if kind is Decided.NO:
        return hem(at, radius * 1.4)
    signs = {Decided.NOT_NOW: _clock, Decided.REFERRED_BACK: _back}
    sign = signs.get(kind, _tick)(at, radius / 30)
    return filled([("thread-disc", [Circle(at, radius)]), ("thread-sign", [sign])])


def _tick(at: Point, scale: float) -> Path:
    x, y = at
    return Path(
        polyline([(x - 14 * scale, y + scale), (x - 4 * scale, y + 11 * scale), (x + 15 * scale, y - 10 * scale)])
    )


def _clock(at: Point, scale: float) -> Path:
    x, y = at
    return Path(polyline([(x, y - 16 * scale), (x, y + scale), (x + 10 * scale, y + 8 * scale)]))


def _back(at: Point, scale: float) -> Path:
    x, y = at
    shaft = polyline([(x + 14 * scale, y), (x - 14 * scale, y)])
    return Path(
        shaft + polyline([(x - 3 * scale, y - 11 * scale), (x - 14 * scale, y), (x - 3 * scale, y + 11 * scale)])
    )


def hem(at: Point, height: float) -> Marks:
    """Draw a finished edge: two bars. Nothing is cut."""
    x, y = at
    top = short(y - height / 2)
    bars = "".join(f"M{short(x + offset)} {top}v{short(height)}" for offset in (-5, 5))
    return filled([("thread-hem", [Path(bars)])])


def action_box(at: Point, size: float, *, done: bool) -> Marks:
    """Draw one action: filled with a tick when done, an empty square while open."""
    x, y = at
    box = Box((x - size / 2, y - size / 2), size, size, size * 0.22)
    tick = polyline([(x - size * 0.25, y), (x - size * 0.07, y + size * 0.19), (x + size * 0.27, y - size * 0.2)])
    if done:
        return filled([("thread-done", [box]), ("thread-done-tick", [Path(tick)])])
    return filled([("thread-ground", [box]), ("thread-open", [box])])


def loop(key: str, at: Point, radius: float, number: int | None, *, closed: bool) -> Marks:
    """Draw one test cycle: a loop, dotted while it runs."""
    x, y = at
    circle = f"M{short(x - radius)} {short(y)}a{short(radius)} {short(radius)} 0 1 1 0 .1Z"
    words = [Word(at, str(number))] if number is not None else []
    if closed:
        return filled([("thread-loop", [Cased(key, circle, "thread-gold")]), ("thread-number", words)])
    return filled(
        [("thread-ground", [Circle(at, radius)]), ("thread-loop-open", [Circle(at, radius)]), ("thread-number", words)]
    )
