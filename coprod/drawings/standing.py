"""Where things stand: a row for each place they can have got to, a mark with its number for each thing there."""

from dataclasses import dataclass

from coprod.drawings.shapes import Box, Circle, Layer, Path, Picture, Shape, Word, filled, short

WIDTH, LEFT, STEP, ROW, REACH = 1128.0, 300.0, 52.0, 56.0, 17.0
IN_A_ROW = int((WIDTH - LEFT) // STEP)
ROUND = frozenset({"waiting", "later", "yes", "done"})


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One place: its name, the kind of mark that stands there, and the numbers of what has got there.

    Kinds: waiting, back, no, later, yes, done, tried, kept, stopped.
    """

    kind: str
    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """Every place in its order, with what is there."""

    key: str
    title: str
    rows: tuple[StandingRow, ...]


def draw_standing(facts: StandingFacts) -> Picture:
    """Draw the places one below the other; each has its own shape, so that no colour is needed to read it."""
    y, words, counts, rules = 0.0, list[Word](), list[Word](), list[Path]()
    layers = list[Layer]()
    for row in facts.rows:
        height = ROW * max(1, -(-len(row.numbers) // IN_A_ROW))
        words.append(Word((0, y + ROW / 2 + 6), row.label))
        counts.append(Word((LEFT - 36, y + ROW / 2 + 6), str(len(row.numbers)), "end"))
        layers.extend(_marks(row, y))
        y += height
        rules.append(Path(f"M0 {short(y)}H{short(WIDTH)}"))
    ground = filled([("standing-rule", rules[:-1]), ("standing-place", words), ("standing-count", counts)])
    return Picture(f"standing-{facts.key}", "standing", WIDTH, y, facts.title, story(facts), (*ground, *layers))


def story(facts: StandingFacts) -> str:
    """Say in words what the picture shows."""
    told = (f"{row.label}: {', '.join(map(str, row.numbers)) or 'none'}." for row in facts.rows)
    return " ".join(told)


def _marks(row: StandingRow, top: float) -> tuple[Layer, ...]:
    shapes, bars, numbers = list[Shape](), list[Shape](), list[Word]()
    for place, number in enumerate(row.numbers):
        x = LEFT + STEP * (place % IN_A_ROW) + STEP / 2
        y = top + ROW * (place // IN_A_ROW) + ROW / 2
        shapes.append(_shape(row.kind, x, y))
        bars.extend(_bars(row.kind, x, y))
        numbers.append(Word((x, y + 5.5), str(number), "middle"))
    kind = f"standing-mark standing-{row.kind}"
    return filled([(kind, shapes), (f"standing-bar standing-{row.kind}", bars), ("standing-number", numbers)])


def _shape(kind: str, x: float, y: float) -> Shape:
    if kind in ROUND:
        return Circle((x, y), REACH)
    if kind in ("kept", "stopped"):
        d = REACH + 4
        return Path(f"M{short(x)} {short(y - d)}l{short(d)} {short(d)}l{short(-d)} {short(d)}l{short(-d)} {short(-d)}Z")
    if kind == "tried":
        return Box((x - REACH, y - REACH), 2 * REACH, 2 * REACH, 9)
    return Box((x - REACH, y - REACH), 2 * REACH, 2 * REACH)


def _bars(kind: str, x: float, y: float) -> list[Shape]:
    """Finish with two bars what has an end: a no, or something stopped; ring what is done."""
    if kind in ("no", "stopped"):
        right = x + REACH + 5
        return [Path(f"M{short(right + gap)} {short(y - REACH)}v{short(2 * REACH)}") for gap in (0, 5)]
    return [Circle((x, y), REACH + 4)] if kind == "done" else []
