"""The shapes of the control chart: what a point is called, and whether that is better."""

from collections.abc import Callable

from coprod.drawings.chart_facts import LineChartFacts, Meaning, Sign
from coprod.drawings.chart_scale import Scale
from coprod.drawings.shapes import Path, Point, Shape, short


def _square(at: Point, size: float) -> str:
    side = short(12 * size)
    return f"M{short(at[0] - 6 * size)} {short(at[1] - 6 * size)}h{side}v{side}h-{side}Z"


def _triangle(at: Point, size: float) -> str:
    wide, high = short(7.5 * size), short(13 * size)
    return f"M{short(at[0])} {short(at[1] - 8 * size)}l{wide} {high}h-{short(15 * size)}Z"


def _diamond(at: Point, size: float) -> str:
    half = short(8.5 * size)
    return f"M{short(at[0])} {short(at[1] - 8.5 * size)}l{half} {half}-{half} {half}-{half}-{half}Z"


def _round(at: Point, radius: float) -> str:
    r, across = short(radius), short(2 * radius)
    return f"M{short(at[0] - radius)} {short(at[1])}a{r} {r} 0 1 0 {across} 0 {r} {r} 0 1 0-{across} 0"


def _disc(at: Point, size: float) -> str:
    return _round(at, 7 * size)


SHAPES: dict[Sign, Callable[[Point, float], str]] = {
    Sign.SHIFT: _square,
    Sign.TREND: _triangle,
    Sign.TWO_OF_THREE: _diamond,
    Sign.OUTSIDE: _disc,
}


def draw_signs(facts: LineChartFacts, scale: Scale) -> list[tuple[str, list[Shape]]]:
    """Draw shapes over the points that are signs, by what they mean; a ring round those outside.

    Those of one meaning are one path, so that a chart full of signs stays light.
    """
    drawn: dict[str, list[str]] = {"chart-ring": []}
    drawn |= {f"chart-sign chart-{meaning}": [] for meaning in Meaning}
    size = scale.signs
    for index, reading in enumerate(facts.readings):
        if reading.value is None or reading.sign is Sign.ORDINARY:
            continue
        at = (scale.x(index), scale.y(reading.value))
        drawn[f"chart-sign chart-{reading.meaning}"].append(SHAPES[reading.sign](at, size))
        if reading.sign is Sign.OUTSIDE:
            drawn["chart-ring"].append(_round(at, 11.5 * size))
    return [(css, [Path("".join(parts))] if parts else []) for css, parts in drawn.items()]
